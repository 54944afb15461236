// Where in a document: the words for its pages and slides.

import { text } from "./texts.js";

const KEYS = { page: "place-page", slide: "place-slide", notes: "place-notes" };

/** @param {{kind: string, number: number} | null} place */
export function placeWords(place) {
  const key = place && KEYS[/** @type {keyof typeof KEYS} */ (place.kind)];
  return key ? text(key, { number: String(place.number) }) : "";
}

/** Write the words into a document's marks of pages and slides, which come empty. @param {Element} content */
export function namePlaces(content) {
  for (const mark of content.querySelectorAll(".place")) {
    const { kind, number } = /** @type {HTMLElement} */ (mark).dataset;
    mark.textContent = placeWords({ kind: kind ?? "", number: Number(number) });
  }
}
