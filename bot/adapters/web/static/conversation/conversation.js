// The conversation on the page: its turns, the question that is asked, the answer that runs.

import { ApiError, get, post, put } from "../api.js";
import { announce } from "../announce.js";
import { byId, element, fill } from "../dom.js";
import { signInAddress } from "../signing_in.js";
import { text } from "../texts.js";
import { nameWindow } from "./address.js";
import { keepDraft } from "./drafts.js";
import { newId } from "./identifiers.js";
import { loadingView, problemView } from "./states.js";
import { TurnView } from "./turn_view.js";
import { welcomeView } from "./welcome.js";

/**
 * @typedef {{id: string, title: string, asked_at: string}} Thread
 * @typedef {Thread & {turns: any[]}} ThreadWithTurns
 * @typedef {{question: string, from: string | null, thread: string, turn: string}} Sending
 * @typedef {{
 *   asked: (thread: Thread, here: boolean) => void,
 *   open: import("./sources.js").Open,
 *   newQuestion: () => void,
 * }} ConversationDeeds
 */

/** Shows one conversation at a time, and asks in it. */
export class Conversation {
  #views = /** @type {TurnView[]} */ ([]);
  #unsent = /** @type {Sending | null} */ (null);
  #sent = /** @type {Promise<any>} */ (Promise.resolve());

  /** @param {import("./composer.js").Composer} composer @param {ConversationDeeds} deeds */
  constructor(composer, deeds) {
    this.composer = composer;
    this.deeds = deeds;
    this.log = byId("log");
    this.thread = /** @type {string | null} */ (null);
  }

  /**
   * Show a conversation as the server gave it, or the page for a new one.
   *
   * @param {ThreadWithTurns | null} thread
   */
  show(thread) {
    this.#turnTo(thread?.id ?? null);
    nameWindow(thread?.title);
    if (!thread) return fill(this.log, welcomeView((question) => this.ask(question)));
    fill(this.log, this.#heading(thread.title));
    const views = thread.turns.map((turn) => this.#add(turn));
    this.#running?.follow();
    return views.at(-1)?.node.scrollIntoView({ block: "start" });
  }

  /** Show that there is no such conversation, or none for this reader. */
  showMissing() {
    // What is asked here begins a new one.
    this.#turnTo(null);
    const words = [text("thread-missing"), text("thread-missing-advice"), text("new-question")];
    fill(this.log, problemView(words, this.deeds.newQuestion));
  }

  /** Get a conversation from the server, and show it. @param {string} thread */
  async load(thread) {
    this.#turnTo(thread);
    fill(this.log, loadingView());
    const found = await get(`/api/threads/${thread}`).catch((error) => error);
    if (this.thread !== thread) return;
    if (!(found instanceof Error)) this.show(found.thread);
    else this.#explain(thread, found);
    this.log.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** Ask, with a first sign of it at once. @param {string} question */
  async ask(question) {
    if (this.#running) return this.composer.giveBack(question, text("still-answering"));
    const ids = this.#idsFor(question);
    const view = this.#add({ id: ids.turn, question, state: "running", reply: null, feedback: null });
    this.#begin(view);
    const path = `/api/threads/${ids.thread}/turns/${ids.turn}`;
    this.#sent = put(path, { text: question }).catch((error) => error);
    const sent = await this.#sent;
    if (sent instanceof Error) return this.#takeBack(view, ids, sent);
    return this.#accepted(view, sent.thread);
  }

  /** Stop the answer that runs. */
  async stop() {
    const running = this.#running;
    // The server can stop only what it has been given.
    await this.#sent;
    if (!running || running !== this.#running) return;
    post(`/api/turns/${running.turn.id}/stop`).catch((error) => this.composer.explain(error.message));
  }

  /** @returns {TurnView | undefined} */
  get #running() {
    return this.#views.find((view) => view.turn.state === "running");
  }

  /** @param {string} thread @param {Error} error */
  #explain(thread, error) {
    if (error instanceof ApiError && error.status === 404) return this.showMissing();
    const words = [text("thread-failed"), error.message, text("try-again")];
    return fill(this.log, problemView(words, () => this.load(thread)));
  }

  /** @param {string | null} thread */
  #turnTo(thread) {
    for (const view of this.#views) view.leave();
    this.#views = [];
    this.thread = thread;
    this.composer.turnTo(thread);
    this.composer.showRunning(false);
  }

  /** @param {string} title */
  #heading(title) {
    return element("h1", { class: "visually-hidden", tabindex: -1 }, title);
  }

  /** @param {any} turn */
  #add(turn) {
    const view = new TurnView(turn, {
      ask: (question) => this.ask(question),
      open: this.deeds.open,
      ended: () => this.composer.showRunning(Boolean(this.#running)),
      lookAgain: () => this.#lookAgain(view),
    });
    this.#views.push(view);
    this.log.append(view.node);
    this.composer.showRunning(Boolean(this.#running));
    return view;
  }

  /** @param {TurnView} view */
  #begin(view) {
    if (!this.thread && this.#views.length === 1) fill(this.log, this.#heading(view.turn.question), view.node);
    for (const earlier of this.#views) earlier.node.classList.toggle("fresh", earlier === view);
    view.node.scrollIntoView({ block: "start" });
    announce(text("reading-question"));
  }

  /**
   * A question that may have arrived all the same keeps its ids: sent again, it is not asked twice.
   *
   * @param {string} question
   * @returns {Sending}
   */
  #idsFor(question) {
    const before = this.#unsent;
    if (before?.question === question && before.from === this.thread) return before;
    return { question, from: this.thread, thread: this.thread ?? newId(), turn: newId() };
  }

  /** @param {TurnView} view @param {Thread} thread */
  #accepted(view, thread) {
    this.#unsent = null;
    const here = this.#views.includes(view);
    this.deeds.asked(thread, here);
    if (!here) return;
    if (!this.thread) this.#settle(thread);
    view.follow();
  }

  /** A new conversation has its id from now on. @param {Thread} thread */
  #settle(thread) {
    this.thread = thread.id;
    this.composer.moveTo(thread.id);
    nameWindow(thread.title);
    const heading = this.log.querySelector("h1");
    if (heading) heading.textContent = thread.title;
  }

  /** @param {TurnView} view @param {Sending} ids @param {Error & {status?: number}} error */
  #takeBack(view, ids, error) {
    this.#unsent = ids;
    if (!this.#views.includes(view)) return keepDraft(ids.from, ids.question);
    this.#views = this.#views.filter((other) => other !== view);
    view.node.remove();
    if (!this.#views.length) this.show(null);
    this.composer.showRunning(false);
    this.composer.giveBack(ids.question, error.message);
    // Signed out meanwhile: the question is a draft now, and there after signing in again.
    if (error.status === 401) location.assign(signInAddress());
  }

  /** The server does not let us follow: see what became of the turn. @param {TurnView} view */
  async #lookAgain(view) {
    const found = await get(`/api/threads/${this.thread}`).catch((error) => error);
    if (!this.#views.includes(view)) return;
    if (found instanceof ApiError && found.status === 404) this.showMissing();
    const turn = found.thread?.turns.find((/** @type {any} */ other) => other.id === view.turn.id);
    if (!turn || turn.state === "running") return;
    view.leave();
    view.show(turn);
    this.composer.showRunning(Boolean(this.#running));
  }
}
