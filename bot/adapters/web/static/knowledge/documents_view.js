// @ts-check
// The documents of one source, to be filtered, searched and opened.

import { element, fill } from "../dom.js";
import { text } from "../texts.js";
import { addressOf, rememberPlace } from "./address.js";
import { DocumentList } from "./document_list.js";
import { createFilters } from "./filters.js";
import { breadcrumb, viewHeading } from "./view_heading.js";

/** @typedef {import("./address.js").Place} Place */

export function createDocumentsView() {
  const node = element("section", { class: "view" });
  let list = /** @type {DocumentList | null} */ (null);
  return {
    node,
    /** Show a place; one that is shown already stays as it is, with all that was loaded. @param {Place} place */
    show(place) {
      if (!list || addressOf(list.place) !== addressOf(place)) list = render(node, place);
      return place.source;
    },
    /** A sync has ended; `source` is whose, "" where that is not known. @param {string} source */
    refresh(source) {
      if (list && (!source || source === list.place.source)) list.refresh();
    },
  };
}

/** @param {HTMLElement} node @param {Place} place */
function render(node, place) {
  const list = new DocumentList(place);
  const filters = createFilters(place, (change) => {
    const changed = { ...list.place, ...change };
    rememberPlace(changed);
    list.show(changed);
  });
  fill(node, breadcrumb([[text("knowledge-page"), {}]], place.source), viewHeading(place.source), filters, list.node);
  list.show(place);
  return list;
}
