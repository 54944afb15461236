// @ts-check
// Which documents of a source are shown: by state and by words in their id or title.

import { segments } from "../controls.js";
import { element } from "../dom.js";
import { text } from "../texts.js";
import { onTyped } from "../typing.js";

/** @typedef {import("./address.js").Place} Place */

/** @param {Place} place @param {(change: Partial<Place>) => void} choose @returns {HTMLElement} */
export function createFilters(place, choose) {
  const parts = [states(place.state, choose), search(place.search, choose)];
  return element("div", { class: "filters", role: "search" }, parts);
}

/** @param {string} chosen @param {(change: Partial<Place>) => void} choose */
function states(chosen, choose) {
  const choices = /** @type {[string, string][]} */ ([
    ["all", text("knowledge-filter-all")],
    ["stale", text("knowledge-filter-stale")],
    ["unreadable", text("knowledge-filter-unreadable")],
  ]);
  const pick = (/** @type {any} */ state) => choose({ state });
  return segments({ name: "state", title: text("knowledge-filter"), chosen }, choices, pick);
}

/** @param {string} words @param {(change: Partial<Place>) => void} choose */
function search(words, choose) {
  const label = text("knowledge-search");
  const attributes = { type: "search", class: "input", "aria-label": label, placeholder: label, maxlength: 200 };
  const input = element("input", attributes);
  input.value = words;
  onTyped(input, () => choose({ search: input.value.trim() }));
  return input;
}
