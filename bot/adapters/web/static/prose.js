// Texts that the server made HTML of: what the bot says, and documents.

import { notice } from "./controls.js";
import { element } from "./dom.js";
import { setSafeHtml } from "./html.js";
import { namePlaces } from "./places.js";
import { language, text } from "./texts.js";

/** @param {string} html of the server @param {string} [spoken] its language @returns {HTMLElement} */
export function prose(html, spoken) {
  const node = element("div", { class: "prose", lang: spoken && spoken !== language ? spoken : null });
  setSafeHtml(node, html);
  return node;
}

/** @param {Element} content */
function cutNotice(content) {
  const words = content.querySelector(".passage") ? text("cut-passage") : text("cut-beginning");
  return notice("", "document", words, { role: "status" });
}

/**
 * Return a document as its readers see it, and before it what is to be said where it is not all there.
 *
 * @param {{html: string, cut: boolean, language: string}} shown
 * @returns {(HTMLElement | false)[]}
 */
export function documentText({ html, cut, language: spoken }) {
  const content = prose(html, spoken);
  content.classList.add("document-text");
  content.dir = "auto";
  namePlaces(content);
  return [cut && cutNotice(content), content];
}
