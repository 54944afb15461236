// What is known of a document, at the top of the panel.

import { actionButton, externalLink } from "../controls.js";
import { element, icon } from "../dom.js";
import { placeWords } from "../places.js";
import { text } from "../texts.js";
import { copyText } from "./copying.js";
import { ageElement, staleElement } from "./provenance.js";

/** @param {string} address */
function copyButton(address) {
  const words = element("span", {}, text("copy-address"));
  const copy = async () => (words.textContent = text((await copyText(address)) ? "copied" : "not-copied"));
  return actionButton(words, copy, "copy");
}

/** @param {string} url */
function openLink(url) {
  return externalLink(url, { class: "button" }, icon("external", "small"), text("open-original"));
}

/** @param {{url: string | null, address: string}} document */
function way(document) {
  if (document.url) return element("p", {}, openLink(document.url));
  if (!document.address) return null;
  return element("p", { class: "address" }, element("code", {}, document.address), copyButton(document.address));
}

/** Return the lines under the title. @param {any} document */
export function documentFacts(document) {
  const said = [placeWords(document.place), document.source, document.owner].filter(Boolean);
  const facts = said.map((fact) => element("span", {}, fact));
  const line = element("p", { class: "facts" }, facts, ageElement(document.updated_at));
  return [line, staleElement(document.stale_since), way(document)];
}
