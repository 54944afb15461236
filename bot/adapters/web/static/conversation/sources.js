// The sources under an answer: a card for each citation, and the documents that may help.

import { externalLink, unseen } from "../controls.js";
import { element, icon } from "../dom.js";
import { placeWords } from "../places.js";
import { text } from "../texts.js";
import { ageElement, staleElement } from "./provenance.js";

/**
 * Shows a document, and gives the focus back to its opener.
 * @typedef {(path: string, opener: HTMLElement) => void} Open
 */

/**
 * Return where the document that a citation comes from is asked for.
 *
 * @param {string} turn
 * @param {string | number} number
 */
export function citationPath(turn, number) {
  return `/api/turns/${turn}/citations/${number}`;
}

/** The button covers its card, so that all of it opens the document. @param {any} document @param {() => void} open */
function title(document, open) {
  if (!document.opens) return element("span", { class: "source-title" }, document.title);
  return element("button", { type: "button", class: "source-title opens", onclick: open }, document.title);
}

/** @param {string | null} url */
function originalLink(url) {
  if (!url) return null;
  return externalLink(url, { class: "original" }, text("open-original"), icon("external", "small"));
}

/** @param {any} citation */
function details(citation) {
  const place = placeWords(citation.place);
  const facts = [place && element("span", {}, place), ageElement(citation.updated_at)];
  const owner = citation.owner && element("span", {}, citation.owner);
  return element("p", { class: "facts" }, ...facts, owner, originalLink(citation.url));
}

/** @param {any} link @param {string} path @param {Open} open */
function otherDocument(link, path, open) {
  if (!link.opens) return element("span", {}, link.title);
  const attributes = { type: "button", class: "other-document", onclick: () => open(path, opener) };
  const opener = element("button", attributes, link.title);
  return opener;
}

/** Return what leads to the newest version of an older one. @param {any} citation @param {string} path @param {Open} open */
function newerVersion(citation, path, open) {
  const link = citation.superseded_by;
  if (!link) return null;
  const said = element("span", {}, text("superseded"), " ", otherDocument(link, `${path}/newer`, open));
  return element("p", { class: "stale" }, icon("warning", "small"), said);
}

/** Return where else the same text stands. @param {any} citation @param {string} path @param {Open} open */
function otherPlaces(citation, path, open) {
  if (!citation.also_at.length) return null;
  const item = (/** @type {any} */ link) => otherDocument(link, `${path}/also/${link.number}`, open);
  return element("p", { class: "facts" }, element("span", {}, text("also-at")), citation.also_at.map(item));
}

/** @param {any} citation @param {string} turn @param {Open} open */
function card(citation, turn, open) {
  const section = citation.section === citation.title ? "" : citation.section;
  const number = element("span", { class: "source-number", "aria-hidden": "true" }, String(citation.number));
  const path = citationPath(turn, citation.number);
  const heading = title(citation, () => open(path, heading));
  const said = unseen(text("source-number", { number: String(citation.number) }));
  const name = element("div", { class: "source-name" }, said, heading);
  if (section) name.append(element("span", { class: "source-section" }, section));
  const others = [newerVersion(citation, path, open), otherPlaces(citation, path, open)];
  const body = element("div", {}, name, details(citation), staleElement(citation.stale_since), others);
  return element("li", { class: "card source", "data-number": citation.number }, number, body);
}

/** @param {any} reply @param {string} turn @param {Open} open */
export function sourceCards(reply, turn, open) {
  if (!reply.citations.length) return null;
  const cards = reply.citations.map((/** @type {any} */ citation) => card(citation, turn, open));
  const heading = element("h4", {}, text("sources"));
  const list = element("ol", { role: "list", class: "source-list" }, cards);
  return element("section", { class: "sources" }, heading, list);
}

/** @param {any} link @param {string} turn @param {Open} open */
function nearestItem(link, turn, open) {
  const opener = title(link, () => open(`/api/turns/${turn}/nearest/${link.number}`, opener));
  return element("li", {}, icon("document", "small"), opener, originalLink(link.url));
}

/**
 * Return the documents that come near, or more of the same.
 *
 * @param {any} reply
 * @param {string} turn
 * @param {Open} open
 */
export function nearestDocuments(reply, turn, open) {
  if (!reply.nearest.length) return null;
  const heading = reply.citations.length ? text("see-also") : text("nearest-documents");
  const items = reply.nearest.map((/** @type {any} */ link) => nearestItem(link, turn, open));
  return element("section", { class: "nearest" }, element("h4", {}, heading), element("ul", { role: "list" }, items));
}
