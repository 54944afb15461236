// What people read, from the catalogue that came with the page.

import { pageData } from "./page_data.js";

/** The page's language, ISO 639-1. */
export const language = document.documentElement.lang || "en";

const number = new Intl.NumberFormat(language);

/** @param {string | number} value */
function written(value) {
  return typeof value === "number" ? number.format(value) : value;
}

/** @param {string | [string, string]} message @param {Record<string, string | number>} values */
function chosen(message, values) {
  if (typeof message === "string") return message;
  return message[values.count === 1 ? 0 : 1];
}

/**
 * Return the text under `key`, with `values` filled in: %(name)s by its value, %% by %.
 *
 * `count` chooses between one and other. A key that the catalogue lacks comes back itself: a slip that shows, and
 * leaves the page working.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function text(key, values = {}) {
  const message = pageData.texts?.[key];
  if (message === undefined) return key;
  return chosen(message, values).replace(/%(?:%|\((\w+)\)s)/g, (_, name) => (name ? written(values[name]) : "%"));
}

/** Return a number as the page's language writes it. @param {number} value */
export function count(value) {
  return number.format(value);
}
