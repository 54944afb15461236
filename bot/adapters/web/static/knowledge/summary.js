// @ts-check
// The top of the page: whether all is well, in a sentence, and how much there is.

import { element, icon } from "../dom.js";
import { count as number, text } from "../texts.js";
import { healthOf, needingAttention } from "./health.js";
import { cardId } from "./source_card.js";

/** @typedef {import("./requests.js").Source} Source */

/** @param {Source[]} sources @returns {HTMLElement | null} */
export function wellbeing(sources) {
  const troubled = needingAttention(sources);
  const never = sources.filter((source) => healthOf(source) === "never");
  if (!sources.length) return null;
  const need = text("knowledge-need-attention", { count: troubled.length });
  if (troubled.length) return sentence("caution", "warning", need, troubled);
  if (never.length === sources.length) return sentence("", "help", text("knowledge-never-synced"), []);
  if (never.length) return sentence("", "help", text("knowledge-some-never-synced", { count: never.length }), never);
  return sentence("positive", "check", text("knowledge-all-well"), []);
}

/** @param {string} form @param {string} sign @param {string} words @param {Source[]} named */
function sentence(form, sign, words, named) {
  const links = named.map(({ name }) => element("a", { href: `#${cardId(name)}`, dir: "auto" }, name));
  const entries = links.map((link) => element("li", {}, link));
  const list = links.length > 1 && element("ul", { role: "list" }, entries);
  const content = element("div", {}, element("p", {}, words), list);
  return element("div", { class: `wellbeing ${form}` }, element("span", { class: "sign" }, icon(sign)), content);
}

/** @param {Source[]} sources @returns {HTMLElement | null} */
export function totals(sources) {
  if (!sources.length) return null;
  /** @param {"documents" | "chunks"} what */
  const sum = (what) => sources.reduce((total, source) => total + source[what], 0);
  return element(
    "dl",
    { class: "totals" },
    total(sum("documents"), text("knowledge-documents")),
    total(sum("chunks"), text("knowledge-chunks")),
    total(sources.length, text("knowledge-sources")),
  );
}

/** @param {number} count @param {string} name */
function total(count, name) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, number(count)));
}
