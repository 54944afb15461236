// The small parts that the pages are made of.

import { element, icon } from "./dom.js";

/** @param {string | Node} words @param {() => void} onclick @param {string} [sign] an icon's name */
export function actionButton(words, onclick, sign) {
  return element("button", { type: "button", class: "button", onclick }, sign && icon(sign, "small"), words);
}

/**
 * Return a button that shows an icon only; `label` is its name and its tip.
 *
 * @param {string} name of the icon
 * @param {string} label
 * @param {Record<string, any>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function iconButton(name, label, attributes = {}) {
  const own = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return element("button", { ...own, ...attributes }, icon(name));
}

/**
 * Return a link that leads out of the page, into a tab of its own.
 *
 * @param {string} url
 * @param {Record<string, any>} attributes
 * @param {...any} content
 * @returns {HTMLAnchorElement}
 */
export function externalLink(url, attributes, ...content) {
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...attributes }, ...content);
}

/**
 * Return a notice with its sign.
 *
 * @param {"" | "caution" | "danger"} form
 * @param {string} sign an icon's name
 * @param {string | Node} content
 * @param {Record<string, string>} [attributes]
 */
export function notice(form, sign, content, attributes = {}) {
  return element("div", { class: `notice ${form}`.trim(), ...attributes }, icon(sign), content);
}

/**
 * Return a choice of one from a few that stand side by side.
 *
 * @param {{name: string, title: string, chosen: string}} which its name in the form, and what is said of it
 * @param {[string, string][]} choices values with their words
 * @param {(value: string) => void} choose
 * @returns {HTMLElement}
 */
export function segments({ name, title, chosen }, choices, choose) {
  const labels = choices.map(([value, words]) => {
    const attributes = { type: "radio", name, value, checked: value === chosen, onchange: () => choose(value) };
    return element("label", {}, element("input", attributes), element("span", {}, words));
  });
  const legend = element("legend", { class: "visually-hidden" }, title);
  return element("fieldset", {}, legend, element("div", { class: "segments" }, labels));
}

/**
 * Return a badge with its sign.
 *
 * @param {"" | "accent" | "positive" | "caution" | "danger"} form
 * @param {string} sign an icon's name
 * @param {...any} words
 */
export function signBadge(form, sign, ...words) {
  return element("span", { class: `badge ${form}`.trim() }, icon(sign, "small"), ...words);
}

/** Return words that are heard and not seen. @param {string} words */
export function unseen(words) {
  return element("span", { class: "visually-hidden" }, words);
}

/** Whether a click is not the browser's own: one that opens a tab or a window. @param {MouseEvent} event */
export function isPlain(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}
