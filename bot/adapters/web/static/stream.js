// Follows a stream of the server's events, through lost connections, from where it was.

import { connectionFound, connectionLost } from "./connection.js";

/** How long (ms) to wait before asking again; a browser gives up by itself where the server answers with an error. */
const PAUSES = [1000, 2000, 4000, 8000, 15_000];

/** A stream of numbered events with JSON in them, followed until it is closed. */
export class Stream {
  #source = /** @type {EventSource | null} */ (null);
  #last = "";
  #failures = 0;
  #waiting = /** @type {number | undefined} */ (undefined);

  /**
   * `listeners` take the content of an event, by its name. `refused` is told when the server answers with an error,
   * each time; who knows a reason why it always will calls `close`.
   *
   * @param {string} path
   * @param {Record<string, (data: any) => void>} listeners
   * @param {() => void} [refused]
   */
  constructor(path, listeners, refused = () => {}) {
    this.path = path;
    this.listeners = listeners;
    this.refused = refused;
    this.retry = () => this.#open();
    addEventListener("online", this.retry);
    this.#open();
  }

  /** End it; nothing more is told. */
  close() {
    removeEventListener("online", this.retry);
    this.#drop();
    connectionFound(this);
  }

  #drop() {
    clearTimeout(this.#waiting);
    this.#source?.close();
  }

  #open() {
    this.#drop();
    const after = this.#last && `?after=${encodeURIComponent(this.#last)}`;
    const source = (this.#source = new EventSource(this.path + after));
    source.addEventListener("open", () => this.#opened());
    source.addEventListener("error", () => this.#failed(source));
    for (const name of Object.keys(this.listeners)) source.addEventListener(name, (event) => this.#take(name, event));
  }

  #opened() {
    this.#failures = 0;
    connectionFound(this);
  }

  /** @param {string} name @param {MessageEvent} event */
  #take(name, event) {
    this.#last = event.lastEventId;
    this.listeners[name](JSON.parse(event.data));
  }

  /** @param {EventSource} source */
  #failed(source) {
    connectionLost(this);
    if (source.readyState !== EventSource.CLOSED) return;
    this.#waiting = setTimeout(this.retry, PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]);
    this.refused();
  }
}
