// @ts-check
// The documents of one source, to be filtered, searched and opened.

import { announce } from "../announce.js";
import { element, fill } from "../dom.js";
import { text } from "../texts.js";
import { addressOf, rememberPlace } from "./address.js";
import { actionButton } from "./controls.js";
import { createTable } from "./document_rows.js";
import { createFilters } from "./filters.js";
import { emptyState, loadingLines, messageOf, showFailure } from "./notices.js";
import { fetchDocuments } from "./requests.js";
import { breadcrumb, viewHeading } from "./view_heading.js";

/** @typedef {import("./address.js").Place} Place */

export function createDocumentsView() {
  const node = element("section", { class: "view" });
  let shown = "";
  return {
    node,
    /** Show a place; one that is shown already stays as it is, with all that was loaded. @param {Place} place */
    show(place) {
      if (shown !== addressOf(place)) render(node, place, (now) => (shown = addressOf(now)));
      return place.source;
    },
  };
}

/** @param {HTMLElement} node @param {Place} start @param {(place: Place) => void} shows */
function render(node, start, shows) {
  const results = element("div", { class: "results" });
  let place = start;
  let newest = new AbortController();
  const load = () => {
    newest.abort();
    newest = new AbortController();
    shows(place);
    loadFirst(results, place, newest.signal);
  };
  const filters = createFilters(place, (change) => {
    place = { ...place, ...change };
    rememberPlace(place);
    load();
  });
  const heading = viewHeading(place.source);
  fill(node, breadcrumb([[text("knowledge-page"), addressOf({})]], place.source), heading, filters, results);
  load();
}

/** @param {HTMLElement} results @param {Place} place @param {AbortSignal} signal */
async function loadFirst(results, place, signal) {
  results.ariaBusy = "true";
  if (!results.childElementCount) fill(results, loadingLines(6));
  try {
    const found = await fetchDocuments(place.source, { state: place.state, search: place.search, after: "" });
    if (!signal.aborted) showFound(results, place, found);
  } catch (error) {
    if (!signal.aborted) showFailure(results, error, () => loadFirst(results, place, signal));
  }
  if (!signal.aborted) results.ariaBusy = null;
}

/** @param {HTMLElement} results @param {Place} place @param {{documents: any[], more: boolean}} found */
function showFound(results, place, found) {
  if (!found.documents.length) return showNothing(results, place);
  const table = createTable(text("knowledge-documents-of", { source: place.source }));
  const tally = element("p", { class: "tally quiet" });
  const footer = element("div", { class: "more" });
  fill(results, tally, table.node, footer);
  let total = 0;
  /** @param {{documents: any[], more: boolean}} page */
  const add = (page) => {
    const first = table.append(page.documents);
    total += page.documents.length;
    tally.textContent = tallyWords(total, page.more);
    announce(tally.textContent ?? "");
    const last = page.documents.at(-1)?.id ?? "";
    fill(footer, page.more && moreButton(place, last, footer, (next) => add(next)?.focus()));
    return first?.querySelector("a");
  };
  add(found);
}

/** @param {number} count @param {boolean} more */
function tallyWords(count, more) {
  return more ? text("knowledge-first-documents", { count }) : text("knowledge-found-documents", { count });
}

/** @param {HTMLElement} results @param {Place} place */
function showNothing(results, place) {
  const nothing = {
    all: text("knowledge-no-documents"),
    stale: text("knowledge-no-stale"),
    unreadable: text("knowledge-no-unreadable"),
  };
  const title = place.search ? text("knowledge-no-match", { search: place.search }) : nothing[place.state];
  fill(results, emptyState(title, place.search || place.state !== "all" ? "" : text("knowledge-no-documents-yet")));
  announce(title);
}

/** @param {Place} place @param {string} after @param {HTMLElement} footer @param {(page: any) => void} add */
function moreButton(place, after, footer, add) {
  const failure = element("p", { class: "problem-words" });
  const load = async () => {
    button.disabled = true;
    try {
      add(await fetchDocuments(place.source, { state: place.state, search: place.search, after }));
    } catch (error) {
      failure.textContent = messageOf(error);
      announce(failure.textContent);
      button.disabled = false;
    }
  };
  const button = actionButton(text("knowledge-more"), load, "down");
  return [button, failure];
}
