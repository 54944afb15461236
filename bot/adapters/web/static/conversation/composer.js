// The field in which questions are typed; its button sends, or stops the answer that runs.

import { byId, icon } from "../dom.js";
import { text } from "../texts.js";
import { draftOf, keepDraft } from "./drafts.js";

/** As many characters as the server takes in a question. */
const LONGEST = 4000;
/** From here on the count is shown. */
const NEAR = 3600;

/** @param {string} written */
function length(written) {
  // As the server counts: characters, not the halves that some are stored in.
  return [...written].length;
}

/** The field, its button, its count and the line that says why something was not sent. */
export class Composer {
  /** @param {{send: (question: string) => void, stop: () => void}} deeds */
  constructor(deeds) {
    this.deeds = deeds;
    this.field = /** @type {HTMLTextAreaElement} */ (byId("question"));
    this.button = byId("send");
    this.count = byId("question-count");
    this.problem = byId("question-problem");
    this.thread = /** @type {string | null} */ (null);
    this.running = false;
    this.#listen();
  }

  #listen() {
    byId("composer").addEventListener("submit", (/** @type {Event} */ event) => this.#submit(event));
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Turn to a conversation, with what was typed for it. @param {string | null} thread */
  turnTo(thread) {
    this.thread = thread;
    this.explain("");
    this.#write(draftOf(thread));
  }

  /** The new conversation has an id from now on; what is typed already is its draft. @param {string} thread */
  moveTo(thread) {
    keepDraft(this.thread, "");
    this.thread = thread;
    keepDraft(thread, this.field.value);
  }

  /**
   * Put a question that was not sent back, if nothing else was typed meanwhile.
   *
   * @param {string} question
   * @param {string} problem
   */
  giveBack(question, problem) {
    if (!this.field.value) this.#write(question);
    this.explain(problem);
    this.field.focus();
  }

  /** @param {string} problem "" where there is none */
  explain(problem) {
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
  }

  /** Be the button that stops, while an answer runs. @param {boolean} running */
  showRunning(running) {
    this.running = running;
    const label = text(running ? "stop" : "send");
    this.button.replaceChildren(icon(running ? "stop" : "send"));
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
  }

  focus() {
    this.field.focus();
  }

  /** @param {string} written */
  #write(written) {
    this.field.value = written;
    this.#typed();
  }

  #typed() {
    keepDraft(this.thread, this.field.value);
    this.#fit();
    this.#showCount(length(this.field.value));
  }

  #fit() {
    this.field.style.height = "auto";
    // The border is part of the height that is set, not of the one that is measured.
    this.field.style.height = `${this.field.scrollHeight + this.field.offsetHeight - this.field.clientHeight}px`;
  }

  /** @param {number} characters */
  #showCount(characters) {
    this.count.hidden = characters < NEAR;
    this.count.textContent = text("characters-used", { count: characters, most: LONGEST });
    this.count.classList.toggle("over", characters > LONGEST);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.running) this.deeds.stop();
    // An input method confirms a word with Enter.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.running) this.#send();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    if (this.running) this.deeds.stop();
    else this.#send();
  }

  #send() {
    const question = this.field.value.trim();
    if (!question) return this.field.focus();
    if (length(question) > LONGEST) return this.explain(text("question-too-long", { most: LONGEST }));
    this.explain("");
    this.#write("");
    this.deeds.send(question);
  }
}
