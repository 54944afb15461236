// @ts-check
// The way back and the name of what is shown.

import { element, icon } from "../dom.js";
import { text } from "../texts.js";
import { placeLink } from "./address.js";

/** @param {[string, Partial<import("./address.js").Place>][]} ways each step above @param {string} here */
export function breadcrumb(ways, here) {
  const links = ways.map(([name, place]) =>
    element("li", {}, placeLink(place, name, { dir: "auto" }), icon("right", "small")),
  );
  const last = element("li", { "aria-current": "page", dir: "auto" }, here);
  const list = element("ol", { role: "list" }, links, last);
  return element("nav", { class: "breadcrumb", "aria-label": text("knowledge-breadcrumb") }, list);
}

/** The heading that gets the focus when its view is shown. @param {string} words */
export function viewHeading(words) {
  return element("h1", { tabindex: "-1", dir: "auto" }, words);
}
