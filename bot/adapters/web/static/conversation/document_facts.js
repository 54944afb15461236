// What is known of a document, at the top of the panel.

import { announce } from "../announce.js";
import { element, icon } from "../dom.js";
import { text } from "../texts.js";
import { placeWords } from "./places.js";
import { ageElement, staleElement } from "./provenance.js";

/** @param {string} address */
async function copyAddress(address) {
  const copied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
  announce(text(copied ? "copied" : "not-copied"));
  return copied;
}

/** @param {string} address */
function copyButton(address) {
  const words = element("span", {}, text("copy-address"));
  const copy = async () => (words.textContent = text((await copyAddress(address)) ? "copied" : "not-copied"));
  return element("button", { type: "button", class: "button", onclick: copy }, icon("copy", "small"), words);
}

/** @param {string} url */
function openLink(url) {
  const attributes = { class: "button", href: url, target: "_blank", rel: "noopener noreferrer" };
  return element("a", attributes, icon("external", "small"), text("open-original"));
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
