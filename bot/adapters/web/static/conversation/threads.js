// The visitor's conversations in the left column, by how recent they are.

import { isPlain } from "../controls.js";
import { daysAgo } from "../dates.js";
import { byId, element, fill, icon } from "../dom.js";
import { text } from "../texts.js";
import { pathOf } from "./address.js";

/** @typedef {import("./conversation.js").Thread} Thread */

/** A group holds what is at most so many nights old and in none before. @type {[number, string][]} */
const GROUPS = [
  [0, "group-today"],
  [1, "group-yesterday"],
  [7, "group-week"],
  [30, "group-month"],
  [Infinity, "group-older"],
];

/** @param {Thread} thread */
function groupOf(thread) {
  const age = daysAgo(thread.asked_at);
  return GROUPS.find(([nights]) => age <= nights)?.[1] ?? "group-older";
}

/** The list of conversations: all, or those that a search found. */
export class ThreadList {
  #found = /** @type {Thread[] | null} */ (null);

  /**
   * @param {Thread[]} threads latest first
   * @param {{go: (thread: string) => void, remove: (thread: Thread) => void}} deeds
   */
  constructor(threads, deeds) {
    this.threads = threads;
    this.deeds = deeds;
    this.node = byId("thread-list");
    this.current = /** @type {string | null} */ (null);
  }

  /** @param {string | null} thread that is on the page */
  mark(thread) {
    this.current = thread;
    this.#show();
  }

  /** Put a conversation first, as the one that was asked in last; `mark` shows it. @param {Thread} thread */
  put(thread) {
    this.threads = [thread, ...this.threads.filter(({ id }) => id !== thread.id)];
  }

  /** @param {string} thread */
  drop(thread) {
    this.threads = this.threads.filter(({ id }) => id !== thread);
    this.#found = this.#found?.filter(({ id }) => id !== thread) ?? null;
    this.#show();
  }

  /** Show only what a search found; null shows all again. @param {Thread[] | null} found */
  showFound(found) {
    this.#found = found;
    this.#show();
  }

  #show() {
    const shown = this.#found ?? this.threads;
    const groups = Map.groupBy(shown, groupOf);
    const empty = element("p", { class: "no-threads" }, text(this.#found ? "no-threads-found" : "no-threads"));
    fill(this.node, shown.length ? [...groups].map(([key, threads]) => this.#group(key, threads)) : empty);
  }

  /** @param {string} key @param {Thread[]} threads */
  #group(key, threads) {
    const list = element("ul", { role: "list" }, threads.map((thread) => this.#item(thread)));
    return element("section", {}, element("h3", {}, text(key)), list);
  }

  /** @param {Thread} thread */
  #item(thread) {
    const current = thread.id === this.current ? "page" : null;
    const link = element("a", { href: pathOf(thread.id), "aria-current": current, title: thread.title }, thread.title);
    link.addEventListener("click", (/** @type {MouseEvent} */ event) => this.#follow(event, thread));
    return element("li", { class: "thread" }, link, this.#deleteButton(thread));
  }

  /** @param {Thread} thread */
  #deleteButton(thread) {
    const attributes = { type: "button", class: "icon-button small", onclick: () => this.deeds.remove(thread) };
    const name = { "aria-label": text("delete-thread", { title: thread.title }), title: text("delete") };
    return element("button", { ...attributes, ...name }, icon("trash", "small"));
  }

  /** @param {MouseEvent} event @param {Thread} thread */
  #follow(event, thread) {
    if (!isPlain(event)) return;
    event.preventDefault();
    this.deeds.go(thread.id);
  }
}
