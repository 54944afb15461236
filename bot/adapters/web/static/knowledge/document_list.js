// @ts-check
// The documents that a list has, as many as were asked for, kept as the index has them.

import { announce } from "../announce.js";
import { actionButton } from "../controls.js";
import { element, fill } from "../dom.js";
import { text } from "../texts.js";
import { createTable } from "./document_rows.js";
import { emptyState, loadingLines, messageOf, showFailure } from "./notices.js";
import { fetchDocuments } from "./requests.js";

/**
 * @typedef {import("./address.js").Place} Place
 * @typedef {import("./requests.js").Documents} Documents
 */

/** Shows the documents of one place at a time. */
export class DocumentList {
  #asking = new AbortController();
  #shown = /** @type {Documents} */ ({ documents: [], more: false });

  /** @param {Place} place */
  constructor(place) {
    this.place = place;
    this.node = element("div", { class: "results" });
    this.tally = element("p", { class: "tally quiet" });
    this.footer = element("div", { class: "more" });
    this.table = createTable("");
  }

  /** Show the first documents of a place. @param {Place} place */
  async show(place) {
    this.place = place;
    this.node.ariaBusy = "true";
    if (!this.node.childElementCount) fill(this.node, loadingLines(6));
    await this.#load(1, (found) => {
      this.#fill(found);
      announce(this.node.querySelector(".tally, .empty-title")?.textContent ?? "");
    });
  }

  /** Show what has become of the documents that are listed; where they are the same, nothing moves. */
  refresh() {
    return this.#load(this.#shown.documents.length, (found) => {
      if (JSON.stringify(found) !== JSON.stringify(this.#shown)) this.#refill(found);
    });
  }

  /** @param {number} least documents, if there are as many @param {(found: Documents) => void} take */
  async #load(least, take) {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    try {
      take(await this.#first(least, signal));
    } catch (error) {
      if (signal.aborted) return;
      showFailure(this.node, error, () => this.show(this.place));
    }
    this.node.ariaBusy = null;
  }

  /** @param {number} least @param {AbortSignal} signal @returns {Promise<Documents>} */
  async #first(least, signal) {
    const found = await fetchDocuments(this.place, "", signal);
    while (found.more && found.documents.length < least) {
      const next = await fetchDocuments(this.place, lastOf(found), signal);
      found.documents.push(...next.documents);
      found.more = next.more;
    }
    return found;
  }

  /** The link that has the focus has it afterwards too, if it is still there. @param {Documents} found */
  #refill(found) {
    const focused = this.node.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
    this.#fill(found);
    if (focused) this.node.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  /** @param {Documents} found */
  #fill(found) {
    this.#shown = { documents: [], more: false };
    if (!found.documents.length) return fill(this.node, nothing(this.place));
    this.table = createTable(text("knowledge-documents-of", { source: this.place.source }));
    fill(this.node, this.tally, this.table.node, this.footer);
    return this.#add(found);
  }

  /** Add the next documents, and return the first of their rows. @param {Documents} next */
  #add({ documents, more }) {
    this.#shown = { documents: [...this.#shown.documents, ...documents], more };
    const count = this.#shown.documents.length;
    this.tally.textContent = text(more ? "knowledge-first-documents" : "knowledge-found-documents", { count });
    fill(this.footer, more && this.#moreButton());
    return this.table.append(documents);
  }

  #moreButton() {
    const failure = element("p");
    const load = async () => {
      button.disabled = true;
      try {
        const next = await fetchDocuments(this.place, lastOf(this.#shown));
        // The list may have been filled anew meanwhile, with a button of its own.
        if (button.isConnected) this.#add(next)?.querySelector("a")?.focus();
        announce(this.tally.textContent ?? "");
      } catch (error) {
        failure.textContent = messageOf(error);
        announce(failure.textContent);
        button.disabled = false;
      }
    };
    const button = actionButton(text("knowledge-more"), load, "down");
    return [button, failure];
  }
}

/** @param {Documents} found */
function lastOf({ documents }) {
  return documents.at(-1)?.id ?? "";
}

/** What is said of a list that has nothing. @param {Place} place */
function nothing({ search, state }) {
  if (search) return emptyState(text("knowledge-no-match", { search }));
  if (state === "stale") return emptyState(text("knowledge-no-stale"));
  if (state === "unreadable") return emptyState(text("knowledge-no-unreadable"));
  return emptyState(text("knowledge-no-documents"), text("knowledge-no-documents-yet"));
}
