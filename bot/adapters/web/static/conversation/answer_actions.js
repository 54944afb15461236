// What one can do with an answer: copy it, ask again, say whether it helped.

import { iconButton } from "../controls.js";
import { element, icon } from "../dom.js";
import { text } from "../texts.js";
import { copyText, withSources } from "./copying.js";
import { FeedbackButtons } from "./feedback.js";

/** How long (ms) a button says that it has done what it was for. */
const DONE = 2500;

/** @param {HTMLElement} button @param {string} drawing @param {string} words */
function relabel(button, drawing, words) {
  button.replaceChildren(icon(drawing));
  button.title = words;
}

/** @param {HTMLElement} button @param {HTMLElement} said @param {any} reply */
async function copy(button, said, reply) {
  const copied = await copyText(withSources(reply));
  said.textContent = text(copied ? "copied" : "not-copied");
  if (!copied) return;
  relabel(button, "check", text("copied"));
  setTimeout(() => relabel(button, "copy", text("copy-answer")), DONE);
}

/**
 * @param {any} turn that has a reply
 * @param {() => void} askAgain
 */
export function answerActions(turn, askAgain) {
  const feedback = new FeedbackButtons(turn);
  const copyThis = () => copy(copyButton, feedback.said, turn.reply);
  const copyButton = iconButton("copy", text("copy-answer"), { onclick: copyThis });
  const again = iconButton("again", text("ask-again"), { onclick: askAgain });
  const row = element("div", { class: "answer-actions", role: "group", "aria-label": text("answer-actions") });
  row.append(copyButton, again, feedback.up, feedback.down, feedback.said);
  return [row, feedback.below];
}
