// @ts-check
// The pieces that a document is searched by.

import { element } from "../dom.js";
import { text } from "../texts.js";
import { placeName } from "./words.js";

/** @typedef {import("./requests.js").Chunk} Chunk */

/** @param {Chunk[]} chunks @param {string} language the document's */
export function chunkList(chunks, language) {
  return element("ol", { role: "list", class: "chunk-list" }, chunks.map((chunk) => entry(chunk, language)));
}

/** @param {Chunk} chunk @param {string} language */
function entry(chunk, language) {
  const section = element("p", { class: "chunk-section", lang: language || null, dir: "auto" }, chunk.section || "–");
  // By code points, as the settings count them.
  const length = text("knowledge-characters", { count: [...chunk.text].length });
  const size = element("p", { class: "quiet" }, chunk.place && `${placeName(chunk.place)} · `, length);
  const number = element("span", { class: "badge" }, String(chunk.number));
  const head = element("div", { class: "chunk-head" }, number, section, size);
  const words = element("pre", { class: "chunk-text", lang: language || null, dir: "auto" }, chunk.text);
  return element("li", { class: "chunk" }, head, words);
}
