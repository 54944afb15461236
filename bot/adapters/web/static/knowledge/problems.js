// @ts-check
// What is wrong with a source, the worst first, each with what can be done about it.

import { element, fill, icon } from "../dom.js";
import { text } from "../texts.js";
import { placeLink } from "./address.js";
import { createFailingList } from "./failing_list.js";
import { reasonAndRemedy } from "./reason.js";

/** @typedef {import("./requests.js").Source} Source */

/** @param {string} name the source's */
export function createProblems(name) {
  const failed = element("div", { class: "problem danger", hidden: true });
  const failing = createFailingList(name);
  const stale = element("div", { class: "problem caution", hidden: true });
  const unreadable = element("div", { class: "problem caution", hidden: true });
  return {
    node: element("div", {}, failed, failing.node, stale, unreadable),
    /** @param {Source} source */
    update(source) {
      showIf(failed, source.reason !== "", () => wholeFailure(source));
      failing.update(source.failing);
      showIf(stale, source.stale > 0, () => staleOnes(source));
      showIf(unreadable, source.unreadable > 0, () => unreadableOnes(source));
    },
  };
}

/** @param {HTMLElement} node @param {boolean} there @param {() => Node[]} content */
function showIf(node, there, content) {
  node.hidden = !there;
  fill(node, there && [icon("warning"), element("div", {}, content())]);
}

/** @param {Source} source */
function wholeFailure(source) {
  return [title(text("knowledge-sync-failed")), ...reasonAndRemedy(source)];
}

/** @param {Source} source */
function staleOnes(source) {
  const words = text("knowledge-stale-documents", { count: source.stale });
  const meaning = text("knowledge-stale-meaning");
  return [title(words), line(meaning), filtered(source.name, "stale")];
}

/** @param {Source} source */
function unreadableOnes(source) {
  const words = text("knowledge-unreadable-documents", { count: source.unreadable });
  const meaning = text("knowledge-unreadable-meaning");
  return [title(words), line(meaning), filtered(source.name, "unreadable")];
}

/** @param {string} words */
const title = (words) => element("p", { class: "problem-title" }, words);

/** @param {string} words */
const line = (words) => element("p", {}, words);

/** @param {string} source @param {"stale" | "unreadable"} state */
function filtered(source, state) {
  return element("p", {}, placeLink({ source, state }, text("knowledge-see-these")));
}
