// @ts-check
// Why something failed and what can be done about it.

import { element } from "../dom.js";
import { text } from "../texts.js";

/**
 * Reason and remedy as the sync reports them, which is in English whatever the page's language.
 * @param {{reason: string, remedy: string}} failure
 * @returns {HTMLElement[]}
 */
export function reasonAndRemedy({ reason, remedy }) {
  const why = element("p", { lang: "en", dir: "auto" }, sentence(reason));
  if (!remedy) return [why];
  const way = element("span", { lang: "en", dir: "auto" }, remedy);
  return [why, element("p", { class: "remedy" }, `${text("knowledge-remedy")} `, way)];
}

/** Reasons are made to stand after a colon, without a capital and a full stop. @param {string} words */
function sentence(words) {
  const [first = "", ...rest] = words;
  return first.toUpperCase() + rest.join("") + (/[.!?]$/.test(words) ? "" : ".");
}
