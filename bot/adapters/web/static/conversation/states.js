// What stands in the place of content: on its way, or not to be had.

import { unseen } from "../controls.js";
import { element } from "../dom.js";
import { text } from "../texts.js";

/** Widths of the lines of a text that is on its way, as classes. */
const LINES = ["wide", "wider", "widest", "wide", "wider"];

/** Return lines where a text will be. */
export function loadingView() {
  const lines = LINES.map((width) => element("div", { class: `skeleton line ${width}` }));
  return element("div", { class: "loading", role: "status" }, unseen(text("loading")), lines);
}

/**
 * Return what happened and what can be done.
 *
 * @param {string[]} words what happened, what to do, and the label of the button that does it
 * @param {() => void} act
 */
export function problemView([title, advice, label], act) {
  const button = element("button", { type: "button", class: "button primary", onclick: act }, label);
  return element("div", { class: "problem" }, element("h1", { tabindex: -1 }, title), element("p", {}, advice), button);
}
