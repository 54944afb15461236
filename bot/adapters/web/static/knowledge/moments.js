// @ts-check
// Times that go on being true while the page stays open.

import { fullDay, fullMoment, relativeDay, relativeMoment } from "../dates.js";
import { element } from "../dom.js";
import { text } from "../texts.js";

/** A minute is the smallest step of what is said. */
const REFRESH_MS = 60_000;

/** "5 minutes ago", with the moment itself as its tip. @param {string} iso */
export function timeElement(iso) {
  return element("time", { datetime: iso, title: fullMoment(iso), class: "moment" }, relativeMoment(iso));
}

/** "2 years ago" for a date of a document, with the date as its tip. @param {string} iso */
export function dayElement(iso) {
  return element("time", { datetime: iso, title: fullDay(iso) }, relativeDay(iso));
}

/** "since 3 March 2024". @param {string} iso */
export function sinceElement(iso) {
  const date = element("time", { datetime: iso }, fullDay(iso));
  return element("span", {}, `${text("knowledge-since")} `, date);
}

/** Keep all moments on the page up to date. */
export function keepMomentsTrue() {
  setInterval(() => {
    for (const node of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll("time.moment")))
      node.textContent = relativeMoment(node.dateTime);
  }, REFRESH_MS);
}
