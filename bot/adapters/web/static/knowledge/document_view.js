// @ts-check
// One document: its chunks as they are searched, beside the whole as readers see it.

import { announce } from "../announce.js";
import { externalLink, segments, signBadge, unseen } from "../controls.js";
import { element, fill, icon } from "../dom.js";
import { documentText } from "../prose.js";
import { text } from "../texts.js";
import { chunkList } from "./chunk_list.js";
import { dayElement, sinceElement } from "./moments.js";
import { loadingLines, showFailure } from "./notices.js";
import { readerBadges } from "./readers.js";
import { fetchDocument } from "./requests.js";
import { breadcrumb, viewHeading } from "./view_heading.js";
import { languageName } from "./words.js";

/**
 * @typedef {import("./requests.js").IndexedDocument} IndexedDocument
 * @typedef {{document: IndexedDocument, html: string, cut: boolean, chunks: import("./requests.js").Chunk[]}} Found
 */

export function createDocumentView() {
  const node = element("section", { class: "view document-view" });
  let shown = { id: "", title: "" };
  return {
    node,
    /** @param {import("./address.js").Place} place @param {(title: string) => void} named */
    show({ document: id }, named) {
      if (shown.id !== id) {
        const now = (shown = { id, title: id });
        const isShown = () => shown === now;
        load(node, id, isShown, (title) => named((now.title = title)));
      }
      return shown.title;
    },
  };
}

/**
 * @param {HTMLElement} node
 * @param {string} id
 * @param {() => boolean} isShown false once another document was opened
 * @param {(title: string) => void} named
 */
async function load(node, id, isShown, named) {
  const heading = viewHeading(id);
  const content = element("div", {}, loadingLines(8));
  fill(node, breadcrumb([[text("knowledge-page"), {}]], id), heading, content);
  try {
    const found = await fetchDocument(id);
    if (!isShown()) return;
    named(found.document.title || id);
    showFound(node, heading, found);
  } catch (error) {
    if (isShown()) showFailure(content, error, () => load(node, id, isShown, named));
  }
}

/**
 * The heading stays the same element: it may have the focus.
 *
 * @param {HTMLElement} node
 * @param {HTMLElement} heading
 * @param {Found} found
 */
function showFound(node, heading, found) {
  const { document, chunks } = found;
  heading.textContent = document.title || document.id;
  node.firstElementChild?.replaceWith(trail(document));
  node.lastElementChild?.replaceWith(facts(document), ...parts(found));
  announce(text("knowledge-document-loaded", { count: chunks.length }));
}

/** @param {IndexedDocument} document */
function trail(document) {
  const { source, title, id } = document;
  return breadcrumb([[text("knowledge-page"), {}], [source, { source }]], title || id);
}

/** @param {IndexedDocument} document */
function facts(document) {
  const given = /** @type {[string, string | Node][]} */ ([
    [text("knowledge-id"), element("code", { class: "id", dir: "ltr" }, document.id)],
    [text("knowledge-language"), document.language && languageName(document.language)],
    [text("knowledge-changed"), document.updated_at && dayElement(document.updated_at)],
    [text("knowledge-owner"), document.owner],
    [text("knowledge-stale"), document.stale_since && staleWords(document.stale_since)],
    [text("knowledge-readers"), readerBadges(document.readers)],
    [text("knowledge-address"), document.address && address(document)],
  ]).filter(([, value]) => value);
  const entries = given.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  return element("dl", { class: "facts document-facts" }, entries);
}

/** @param {string} since */
function staleWords(since) {
  return signBadge("caution", "warning", sinceElement(since));
}

/** A link that can be followed from a page of the web, else the address itself. @param {IndexedDocument} document */
function address({ url, address: written }) {
  if (!url) return element("code", { class: "id", dir: "ltr" }, written);
  return externalLink(url, { dir: "ltr" }, url, icon("external", "small"), unseen(` ${text("knowledge-new-window")}`));
}

/** @param {Found} found */
function parts({ document: { language }, html, cut, chunks }) {
  const tally = text("knowledge-chunk-count", { count: chunks.length });
  const left = part("chunks", tally, [chunkList(chunks, language)]);
  const right = part("whole", text("knowledge-whole-document"), documentText({ html, cut, language }));
  right.tabIndex = 0; // it scrolls by itself, also for those who have no mouse
  return [partSwitch(left, right), element("div", { class: "document-parts" }, left, right)];
}

/** @param {string} name @param {string} title @param {import("../dom.js").Child[]} content */
function part(name, title, content) {
  const heading = element("h2", { id: `${name}-title` }, title);
  return element("section", { class: `part ${name}`, "aria-labelledby": heading.id }, heading, content);
}

/** On narrow screens one part is shown at a time. @param {HTMLElement} left @param {HTMLElement} right */
function partSwitch(left, right) {
  /** @param {string} chosen */
  const show = (chosen) => {
    left.classList.toggle("unchosen", chosen !== "left");
    right.classList.toggle("unchosen", chosen !== "right");
  };
  const titleOf = (/** @type {HTMLElement} */ one) => one.querySelector("h2")?.textContent ?? "";
  const which = { name: "part", title: text("knowledge-shown-part"), chosen: "left" };
  const choice = segments(which, [["left", titleOf(left)], ["right", titleOf(right)]], show);
  choice.classList.add("part-switch");
  show(which.chosen);
  return choice;
}
