// @ts-check
// The small parts that most of the page is made of.

import { element, icon } from "../dom.js";
import { addressOf } from "./address.js";

/** @param {string} words @param {() => void} onclick @param {string} [sign] an icon's name */
export function actionButton(words, onclick, sign) {
  return element("button", { type: "button", class: "button", onclick }, sign && icon(sign, "small"), words);
}

/**
 * A link to another view of this page.
 *
 * @param {Partial<import("./address.js").Place>} place
 * @param {string} words
 * @param {Record<string, string>} [attributes]
 */
export function placeLink(place, words, attributes = {}) {
  return element("a", { href: addressOf(place), "data-place": "", ...attributes }, words);
}

/** A badge with its sign; `form` is one of base.css. @param {string} form @param {string} sign @param {...any} words */
export function signBadge(form, sign, ...words) {
  return element("span", { class: `badge ${form}` }, icon(sign, "small"), ...words);
}

/** Words that are heard and not seen. @param {string} words */
export function unseen(words) {
  return element("span", { class: "visually-hidden" }, words);
}
