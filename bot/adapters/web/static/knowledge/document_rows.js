// @ts-check
// The table of documents. On narrow screens its rows become blocks, and each value gets its column's name.

import { signBadge } from "../controls.js";
import { isOld } from "../dates.js";
import { element, icon } from "../dom.js";
import { count as number, text } from "../texts.js";
import { placeLink } from "./address.js";
import { dayElement, sinceElement } from "./moments.js";
import { readerBadges } from "./readers.js";
import { languageName } from "./words.js";

/** @typedef {import("./requests.js").DocumentRow} DocumentRow */

const columns = () => [
  text("knowledge-document"),
  text("knowledge-language"),
  text("knowledge-changed"),
  text("knowledge-chunks"),
  text("knowledge-readers"),
  text("knowledge-state"),
];

/**
 * The roles say again what the elements are: a table that is laid out as blocks is no table to some readers.
 * @param {string} caption
 */
export function createTable(caption) {
  const names = columns();
  const heads = names.map((name) => element("th", { scope: "col", role: "columnheader" }, name));
  const rows = element("tbody", { role: "rowgroup" });
  const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads));
  const title = element("caption", { class: "visually-hidden" }, caption);
  const node = element("table", { class: "documents", role: "table" }, title, head, rows);
  return {
    node,
    /** Add rows and return the first of them. @param {DocumentRow[]} documents */
    append(documents) {
      const added = documents.map((document) => row(document, names));
      rows.append(...added);
      return added[0];
    },
  };
}

/** @param {DocumentRow} document @param {string[]} names */
function row(document, names) {
  const values = [
    document.language ? languageName(document.language) : "",
    document.updated_at ? changed(document.updated_at) : "",
    number(document.chunks),
    readerBadges(document.readers),
    stateBadge(document),
  ];
  const cells = values.map((value, place) => cell(names[place + 1], value));
  return element("tr", { role: "row" }, element("th", { scope: "row", role: "rowheader" }, title(document)), cells);
}

/** @param {DocumentRow} document */
function title(document) {
  const link = placeLink({ document: document.id }, document.title || document.id, { dir: "auto" });
  const id = document.title && element("code", { class: "id", dir: "ltr" }, document.id);
  return element("div", { class: "title" }, link, id);
}

/** @param {string} name @param {string | Node} value */
function cell(name, value) {
  const label = element("span", { class: "cell-name", "aria-hidden": "true" }, name);
  return element("td", { role: "cell" }, label, element("div", { class: "cell-value" }, value || "–"));
}

/** @param {string} date */
function changed(date) {
  return element("span", { class: isOld(date) ? "old" : "" }, dayElement(date));
}

/** @param {DocumentRow} document */
function stateBadge(document) {
  const current = () => element("span", { class: "current" }, icon("check", "small"), text("knowledge-current"));
  if (!document.stale_since) return current();
  const badge = signBadge("caution", "warning", text("knowledge-stale"));
  return element("div", {}, badge, element("p", { class: "quiet" }, sinceElement(document.stale_since)));
}
