// Leads from one quoted place of a document to the next.

import { announce } from "../announce.js";
import { iconButton } from "../controls.js";
import { element, fill } from "../dom.js";
import { text } from "../texts.js";

/** Quoted sentences in the same of these are one place. */
const BLOCKS = "p, ul, ol, table, pre, blockquote, h3, h4, h5, h6";

/** @param {Element[]} marks @returns {Element[][]} */
function places(marks) {
  return [...Map.groupBy(marks, (mark) => mark.closest(BLOCKS) ?? mark).values()];
}

/** The buttons that go through the quoted places. */
export class PassageSteps {
  /** @param {Element} node */
  constructor(node) {
    this.node = node;
    this.words = element("span", {});
    this.places = /** @type {Element[][]} */ ([]);
    this.at = 0;
  }

  /** Take up the marks of a document, and go to the first. @param {Element[]} marks */
  show(marks) {
    this.places = places(marks);
    const before = iconButton("up", text("passage-before"), { onclick: () => this.#step(-1) });
    const after = iconButton("down", text("passage-after"), { onclick: () => this.#step(1) });
    fill(this.node, ...(this.places.length > 1 ? [this.words, before, after] : []));
    if (marks.length) this.#go(0);
  }

  /** @param {number} by */
  #step(by) {
    this.#go((this.at + by + this.places.length) % this.places.length);
    announce(this.words.textContent ?? "");
  }

  /** @param {number} place */
  #go(place) {
    this.places.flat().forEach((mark) => mark.classList.toggle("current", this.places[place].includes(mark)));
    this.at = place;
    this.words.textContent = text("passage-of", { number: place + 1, count: this.places.length });
    this.places[place][0].scrollIntoView({ block: "center" });
  }
}
