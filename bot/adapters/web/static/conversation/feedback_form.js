// The form that asks what was wrong with an answer.

import { element } from "../dom.js";
import { text } from "../texts.js";

/** As many characters as the server takes. */
const LONGEST_COMMENT = 1000;

/** The server's reasons with the texts that say them, in this order. */
const REASONS = {
  wrong: "reason-wrong",
  outdated: "reason-outdated",
  incomplete: "reason-incomplete",
  unclear: "reason-unclear",
  other: "reason-other",
};

/** @param {[string, string]} reason */
function choice([value, key]) {
  return element("label", { class: "choice" }, element("input", { type: "radio", name: "reason", value }), text(key));
}

function commentField() {
  const attributes = { class: "input", name: "comment", rows: 2, maxlength: LONGEST_COMMENT };
  return element("label", { class: "field" }, text("feedback-comment"), element("textarea", attributes));
}

/** @param {() => void} cancel */
function buttons(cancel) {
  const send = element("button", { class: "button primary", type: "submit" }, text("send"));
  const attributes = { class: "button quiet", type: "button", onclick: cancel };
  return element("div", { class: "actions" }, send, element("button", attributes, text("cancel")));
}

/**
 * @param {(reason: string, comment: string) => void} send
 * @param {() => void} cancel
 * @returns {HTMLFormElement}
 */
export function feedbackForm(send, cancel) {
  const reasons = Object.entries(REASONS).map(choice);
  const question = element("fieldset", { class: "field" }, element("legend", {}, text("feedback-question")), reasons);
  const form = element("form", { class: "card feedback-form" }, question, commentField(), buttons(cancel));
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const said = new FormData(form);
    send(String(said.get("reason") ?? ""), String(said.get("comment")).trim());
  });
  form.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && cancel());
  return form;
}
