// @ts-check
// One view at a time, as the address says. The others stay as they are, so that going back is where one left.

import { text } from "../texts.js";
import { currentPlace, onMove } from "./address.js";

/** @typedef {{node: HTMLElement, show: (place: any, named: (title: string) => void) => string}} View */

/**
 * @param {HTMLElement} main
 * @param {{overview: View, documents: View, document: View}} views
 */
export function startViews(main, views) {
  main.replaceChildren(...Object.values(views).map((view) => view.node));
  /** @type {Map<View, Element | null>} */
  const leftFrom = new Map();
  let current = show(views, currentPlace());
  onMove((place, way) => {
    leftFrom.set(current, document.activeElement);
    current = show(views, place);
    focusIn(current, way === "history" ? leftFrom.get(current) : null);
  });
}

/** @param {{overview: View, documents: View, document: View}} views @param {import("./address.js").Place} place */
function show(views, place) {
  const chosen = place.document ? views.document : place.source ? views.documents : views.overview;
  for (const view of Object.values(views)) view.node.hidden = view !== chosen;
  // A title that comes late is that of a view that may have been left since.
  const named = (/** @type {string} */ title) => !chosen.node.hidden && setTitle(title);
  setTitle(chosen.show(place, named));
  return chosen;
}

/** @param {string} name */
function setTitle(name) {
  document.title = [name, text("knowledge-page"), text("page-title")].filter(Boolean).join(" – ");
}

/**
 * Going back ends on the link that was followed, going on begins at the heading.
 * @param {View} view
 * @param {Element | null | undefined} last
 */
function focusIn(view, last) {
  if (last instanceof HTMLElement && view.node.contains(last)) return last.focus({ preventScroll: true });
  scrollTo(0, 0);
  view.node.querySelector("h1")?.focus({ preventScroll: true });
}
