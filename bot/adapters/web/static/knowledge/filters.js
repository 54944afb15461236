// @ts-check
// Which documents of a source are shown: by state and by words in their id or title.

import { element } from "../dom.js";
import { text } from "../texts.js";

/** From the last key to the search, so that a word being typed is one request. */
const PAUSE_MS = 250;

/** @typedef {import("./address.js").Place} Place */

/** @param {Place} place @param {(change: Partial<Place>) => void} choose @returns {HTMLElement} */
export function createFilters(place, choose) {
  const parts = [states(place.state, choose), search(place.search, choose)];
  return element("div", { class: "filters", role: "search" }, parts);
}

/** @param {string} chosen @param {(change: Partial<Place>) => void} choose */
function states(chosen, choose) {
  const names = {
    all: text("knowledge-filter-all"),
    stale: text("knowledge-filter-stale"),
    unreadable: text("knowledge-filter-unreadable"),
  };
  const choices = Object.entries(names).map(([state, name]) => {
    const pick = () => choose({ state: /** @type {Place["state"]} */ (state) });
    const attributes = { type: "radio", name: "state", value: state, checked: state === chosen };
    const input = element("input", { ...attributes, onchange: pick });
    return element("label", {}, input, element("span", {}, name));
  });
  const legend = element("legend", { class: "visually-hidden" }, text("knowledge-filter"));
  return element("fieldset", { class: "filter-states" }, legend, element("div", { class: "segments" }, choices));
}

/** @param {string} words @param {(change: Partial<Place>) => void} choose */
function search(words, choose) {
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => choose({ search: input.value.trim() }), PAUSE_MS);
  };
  const label = text("knowledge-search");
  const attributes = { type: "search", class: "input", "aria-label": label, placeholder: label, maxlength: 200 };
  const input = element("input", { ...attributes, oninput: later });
  input.value = words;
  return input;
}
