// One question with its answer, from the first sign of work to the end.

import { announce } from "../announce.js";
import { element, fill } from "../dom.js";
import { prose } from "../prose.js";
import { Stream } from "../stream.js";
import { text } from "../texts.js";
import { answerParts, interruptedParts } from "./answer.js";
import { watchMarkers } from "./markers.js";
import { questionParts } from "./question.js";
import { citationPath } from "./sources.js";

/** Roughly a sentence: what is read out of a finished answer; the rest is read at will. */
const HEARD = /^[\s\S]{1,160}?(?:[.!?…](?=\s|$)|$)|^[\s\S]{1,160}/;

/** @typedef {import("./answer.js").Deeds & {ended: (turn: any) => void, lookAgain: () => void}} TurnDeeds */

/** @param {string} status */
function statusLine(status) {
  const dots = element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
  return element("p", { class: "status" }, dots, element("span", {}, status));
}

/** A question on the page, with its message. */
export class TurnView {
  #stream = /** @type {Stream | null} */ (null);

  /** @param {any} turn @param {TurnDeeds} deeds */
  constructor(turn, deeds) {
    this.deeds = deeds;
    this.message = element("div", { class: "message" });
    this.node = element("article", { class: "turn" }, ...questionParts(turn.question), ...this.#answer());
    watchMarkers(this.message, (number, marker) => deeds.open(citationPath(turn.id, number), marker));
    this.show(turn);
  }

  #answer() {
    return [element("h3", { class: "visually-hidden" }, text("answer")), this.message];
  }

  /** Show how far the turn is. @param {any} turn */
  show(turn) {
    this.turn = turn;
    this.node.setAttribute("aria-busy", String(turn.state === "running"));
    if (turn.state === "running") fill(this.message, statusLine(text("reading-question")));
    else if (turn.reply) fill(this.message, ...answerParts(turn, this.deeds));
    else fill(this.message, ...interruptedParts(turn, this.deeds));
  }

  /** Show what the server makes of it, until it is done. */
  follow() {
    this.#stream = new Stream(
      `/api/turns/${this.turn.id}/events`,
      {
        status: (status) => fill(this.message, statusLine(status.text)),
        text: (piece) => this.#grow(piece.html),
        reply: (last) => this.#finish(last.turn),
      },
      this.deeds.lookAgain,
    );
  }

  /** Stop following; the answer goes on. */
  leave() {
    this.#stream?.close();
    this.#stream = null;
  }

  /** @param {string} html */
  #grow(html) {
    const growing = prose(html);
    growing.classList.add("growing");
    fill(this.message, growing);
  }

  /** @param {any} turn */
  #finish(turn) {
    this.leave();
    this.show(turn);
    announce(this.#heard(turn.reply?.citations.length));
    this.deeds.ended(turn);
  }

  /** @param {number | undefined} sources */
  #heard(sources) {
    const ready = text("answer-ready", { sentence: this.#firstSentence() });
    return sources ? `${ready} ${text("sources-found", { count: sources })}` : ready;
  }

  #firstSentence() {
    const said = this.message.querySelector(".prose")?.textContent?.replace(/\s*\[\d+\]/g, "").trim() ?? "";
    return HEARD.exec(said)?.[0] ?? "";
  }
}
