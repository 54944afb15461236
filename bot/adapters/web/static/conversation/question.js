// A question as its asker wrote it; a very long one is folded, so that its answer is in sight.

import { element } from "../dom.js";
import { text } from "../texts.js";

/** About the characters in ten lines of a bubble: what is longer is folded. */
const LONG = 600;
/** So are more lines than this. */
const MANY_LINES = 10;

/** @param {string} question */
function isLong(question) {
  return question.length > LONG || question.split("\n").length > MANY_LINES;
}

/** @param {HTMLElement} bubble */
function unfoldButton(bubble) {
  const attributes = { type: "button", class: "unfold", "aria-expanded": "false" };
  const button = element("button", attributes, text("whole-question"));
  button.addEventListener("click", () => {
    const folded = bubble.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = text(folded ? "whole-question" : "shorter-question");
  });
  return button;
}

/** @param {string} question @returns {HTMLElement[]} */
export function questionParts(question) {
  const heading = element("h2", { class: "visually-hidden" }, text("your-question"));
  const bubble = element("p", { class: "question", dir: "auto" }, question);
  if (!isLong(question)) return [heading, bubble];
  bubble.classList.add("folded");
  return [heading, bubble, unfoldButton(bubble)];
}
