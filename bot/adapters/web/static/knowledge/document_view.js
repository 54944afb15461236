// @ts-check
// One document: its chunks as they are searched, beside the whole as readers see it.

import { announce } from "../announce.js";
import { namePlaces } from "../conversation/places.js";
import { element, fill, icon } from "../dom.js";
import { setSafeHtml } from "../html.js";
import { text } from "../texts.js";
import { addressOf } from "./address.js";
import { chunkList } from "./chunk_list.js";
import { signBadge, unseen } from "./controls.js";
import { dayElement, sinceElement } from "./moments.js";
import { loadingLines, showFailure } from "./notices.js";
import { fetchDocument } from "./requests.js";
import { breadcrumb, viewHeading } from "./view_heading.js";
import { languageName } from "./words.js";

/**
 * @typedef {import("./requests.js").IndexedDocument} IndexedDocument
 * @typedef {import("./requests.js").Chunk} Chunk
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
  fill(node, breadcrumb([[text("knowledge-page"), addressOf({})]], id), heading, content);
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
 * @param {{document: IndexedDocument, html: string, chunks: Chunk[]}} found
 */
function showFound(node, heading, { document, html, chunks }) {
  heading.textContent = document.title || document.id;
  node.firstElementChild?.replaceWith(trail(document));
  node.lastElementChild?.replaceWith(facts(document), ...parts(chunks, html, document));
  announce(text("knowledge-document-loaded", { count: chunks.length }));
}

/** @param {IndexedDocument} document */
function trail(document) {
  const above = /** @type {[string, string][]} */ ([
    [text("knowledge-page"), addressOf({})],
    [document.source, addressOf({ source: document.source })],
  ]);
  return breadcrumb(above, document.title || document.id);
}

/** @param {IndexedDocument} document */
function facts(document) {
  const given = /** @type {[string, string | Node][]} */ ([
    [text("knowledge-id"), element("code", { class: "id", dir: "ltr" }, document.id)],
    [text("knowledge-language"), document.language && languageName(document.language)],
    [text("knowledge-changed"), document.updated_at && dayElement(document.updated_at)],
    [text("knowledge-owner"), document.owner],
    [text("knowledge-stale"), document.stale_since && staleWords(document.stale_since)],
    [text("knowledge-address"), document.url && address(document.url)],
  ]).filter(([, value]) => value);
  const entries = given.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  return element("dl", { class: "facts document-facts" }, entries);
}

/** @param {string} since */
function staleWords(since) {
  return signBadge("caution", "warning", sinceElement(since));
}

/** A link that can be followed from a page of the web, else the address itself. @param {string} url */
function address(url) {
  if (!/^https?:/i.test(url)) return element("code", { class: "id", dir: "ltr" }, url);
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer", dir: "ltr" };
  return element("a", attributes, url, icon("external", "small"), unseen(` ${text("knowledge-new-window")}`));
}

/** @param {Chunk[]} chunks @param {string} html @param {IndexedDocument} document */
function parts(chunks, html, document) {
  const whole = element("div", { class: "document-text prose", lang: document.language || null, dir: "auto" });
  setSafeHtml(whole, html);
  namePlaces(whole);
  const tally = text("knowledge-chunk-count", { count: chunks.length });
  const left = part("chunks", tally, chunkList(chunks, document.language));
  const right = part("whole", text("knowledge-whole-document"), whole);
  right.tabIndex = 0; // it scrolls by itself, also for those who have no mouse
  return [partSwitch(left, right), element("div", { class: "document-parts" }, left, right)];
}

/** @param {string} name @param {string} title @param {HTMLElement} content */
function part(name, title, content) {
  const heading = element("h2", { id: `${name}-title` }, title);
  return element("section", { class: `part ${name}`, "aria-labelledby": heading.id }, heading, content);
}

/** On narrow screens one part is shown at a time. @param {HTMLElement} left @param {HTMLElement} right */
function partSwitch(left, right) {
  /** @param {HTMLElement} chosen */
  const show = (chosen) => {
    for (const one of [left, right]) one.classList.toggle("unchosen", one !== chosen);
  };
  const choices = [left, right].map((one) => {
    const input = element("input", { type: "radio", name: "part", checked: one === left, onchange: () => show(one) });
    return element("label", {}, input, element("span", {}, one.querySelector("h2")?.textContent));
  });
  show(left);
  const legend = element("legend", { class: "visually-hidden" }, text("knowledge-shown-part"));
  return element("fieldset", { class: "part-switch" }, legend, element("div", { class: "segments" }, choices));
}
