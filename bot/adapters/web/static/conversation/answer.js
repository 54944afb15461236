// A finished answer: what it is, its text, its sources, and what to do with it.

import { actionButton, notice } from "../controls.js";
import { element, icon } from "../dom.js";
import { prose } from "../prose.js";
import { language, text } from "../texts.js";
import { answerActions } from "./answer_actions.js";
import { nearestDocuments, sourceCards } from "./sources.js";

/** How an outcome is labelled; an answer, a question back, a help text and one that was stopped speak for themselves. */
const LABELS = {
  closest: ["help", "outcome-closest", "caution"],
  not_found: ["search", "outcome-not-found", ""],
  failed: ["warning", "outcome-failed", "danger"],
  refused: ["warning", "outcome-refused", "danger"],
  interrupted: ["warning", "outcome-interrupted", "caution"],
};

/** Outcomes after which the same question may well be answered. */
const WORTH_REPEATING = new Set(["failed", "stopped", "interrupted"]);

/** Outcomes that were looked into: these can be copied and judged. */
const ANSWERS = new Set(["answered", "closest", "not_found"]);

/**
 * @typedef {{
 *   ask: (question: string) => void,
 *   open: import("./sources.js").Open,
 * }} Deeds what a message can have done
 */

/** @param {string} outcome */
function label(outcome) {
  const [drawing, key, tone] = LABELS[/** @type {keyof typeof LABELS} */ (outcome)] ?? [];
  return drawing ? element("p", { class: `badge ${tone} outcome` }, icon(drawing, "small"), text(key)) : null;
}

/** @param {string} outcome @param {() => void} askAgain */
function repeatButton(outcome, askAgain) {
  if (!WORTH_REPEATING.has(outcome)) return null;
  return actionButton(text("ask-again"), askAgain, "again");
}

/** @param {any} reply @param {Deeds} deeds */
function nextQuestions(reply, deeds) {
  if (!reply.suggested_prompts.length) return null;
  const chip = (/** @type {string} */ prompt) =>
    element("li", {}, element("button", { type: "button", class: "chip", onclick: () => deeds.ask(prompt) }, prompt));
  const key = reply.outcome === "clarification" ? "may-be-about" : reply.citations.length ? "ask-on" : "try-asking";
  const heading = element("h4", {}, text(key));
  const spoken = reply.language === language ? null : reply.language;
  const list = element("ul", { role: "list", class: "chips", lang: spoken }, reply.suggested_prompts.map(chip));
  return element("section", { class: "next-questions" }, heading, list);
}

/**
 * Return what stands in the place of an answer that the server could not finish.
 *
 * @param {any} turn
 * @param {Deeds} deeds
 */
export function interruptedParts(turn, deeds) {
  const again = repeatButton("interrupted", () => deeds.ask(turn.question));
  return [label("interrupted"), element("p", {}, text("interrupted")), again];
}

/** Return all of a reply, in the order in which it is read. @param {any} turn @param {Deeds} deeds */
export function answerParts(turn, deeds) {
  const { reply, id, question } = turn;
  const again = () => deeds.ask(question);
  return [
    label(reply.outcome),
    prose(reply.html, reply.language),
    ...reply.notices.map((/** @type {string} */ words) => notice("", "help", words)),
    repeatButton(reply.outcome, again),
    sourceCards(reply, id, deeds.open),
    nearestDocuments(reply, id, deeds.open),
    ...(ANSWERS.has(reply.outcome) ? answerActions(turn, again) : []),
    nextQuestions(reply, deeds),
  ];
}
