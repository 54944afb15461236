// Whether an answer helped: two thumbs, and after a "no" the question what was wrong.

import { put, remove } from "../api.js";
import { announce } from "../announce.js";
import { iconButton } from "../controls.js";
import { element } from "../dom.js";
import { text } from "../texts.js";
import { feedbackForm } from "./feedback_form.js";

/** @typedef {{helpful: boolean, reason: string, comment: string}} Feedback */

/** What people said of one answer, as they can say it, change it and take it back. */
export class FeedbackButtons {
  /** @param {any} turn */
  constructor(turn) {
    this.path = `/api/turns/${turn.id}/feedback`;
    this.feedback = /** @type {Feedback | null} */ (turn.feedback);
    this.up = iconButton("thumb-up", text("helpful"), { onclick: () => this.#press(true) });
    this.down = iconButton("thumb-down", text("not-helpful"), { onclick: () => this.#press(false) });
    this.said = element("span", { class: "said" });
    this.below = element("div", { class: "feedback-below" });
    this.#show();
  }

  #show() {
    this.up.setAttribute("aria-pressed", String(this.feedback?.helpful === true));
    this.down.setAttribute("aria-pressed", String(this.feedback?.helpful === false));
  }

  /** @param {boolean} helpful */
  #press(helpful) {
    this.below.replaceChildren();
    if (this.feedback?.helpful === helpful) return this.#withdraw();
    if (!helpful) this.below.append(this.#form());
    return this.#give({ helpful, reason: "", comment: "" }, text(helpful ? "thanks" : "feedback-noted"));
  }

  #form() {
    const form = feedbackForm((reason, comment) => this.#explain(reason, comment), () => this.#closeForm());
    requestAnimationFrame(() => (form.querySelector("input")?.focus(), form.scrollIntoView({ block: "nearest" })));
    return form;
  }

  #closeForm() {
    this.below.replaceChildren();
    this.down.focus();
  }

  /** @param {string} reason @param {string} comment */
  async #explain(reason, comment) {
    if (await this.#give({ helpful: false, reason, comment }, text("thanks"))) this.#closeForm();
  }

  /** @param {Feedback} feedback @param {string} words */
  #give(feedback, words) {
    return this.#change(put(this.path, feedback), feedback, words);
  }

  #withdraw() {
    return this.#change(remove(this.path), null, text("feedback-withdrawn"));
  }

  /** @param {Promise<any>} sent @param {Feedback | null} feedback @param {string} words */
  async #change(sent, feedback, words) {
    const error = await sent.then(() => null, (reason) => reason);
    if (!error) this.feedback = feedback;
    this.#show();
    this.#say(error ? error.message : words);
    return !error;
  }

  /** @param {string} words */
  #say(words) {
    this.said.textContent = words;
    announce(words);
  }
}
