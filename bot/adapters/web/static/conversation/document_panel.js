// The document that an answer quotes from, at the passage.

import { get } from "../api.js";
import { byId, element, fill, icon } from "../dom.js";
import { setSafeHtml } from "../html.js";
import { language, text } from "../texts.js";
import { showDocument } from "./columns.js";
import { documentFacts } from "./document_facts.js";
import { PassageSteps } from "./passages.js";
import { namePlaces } from "./places.js";
import { loadingView } from "./states.js";

/** The panel; one document at a time. */
export class DocumentPanel {
  #opener = /** @type {HTMLElement | null} */ (null);
  #asking = new AbortController();

  constructor() {
    this.panel = byId("document");
    this.title = byId("document-title");
    this.facts = byId("document-facts");
    this.content = byId("document-content");
    this.steps = new PassageSteps(byId("document-steps"));
    byId("document-close").addEventListener("click", () => this.close());
    this.panel.addEventListener("keydown", (/** @type {KeyboardEvent} */ { key }) => key === "Escape" && this.close());
  }

  /** Show the document that a path of the server gives. @param {string} path @param {HTMLElement} opener */
  async open(path, opener) {
    this.#opener = opener;
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#clear();
    const found = await get(path, this.#asking.signal).catch((error) => error);
    if (found.name === "AbortError") return;
    if (found instanceof Error) this.#explain(found, () => this.open(path, opener));
    else this.#show(found);
  }

  /** Put it away; the focus goes back to what opened it. */
  close() {
    this.#asking.abort();
    showDocument(false);
    if (this.#opener?.isConnected) this.#opener.focus();
    this.#opener = null;
  }

  #clear() {
    this.title.textContent = text("document-loading");
    this.title.title = "";
    fill(this.facts);
    fill(this.content, loadingView());
    this.steps.show([]);
    showDocument(true);
    // The conversation is narrower now, and what was clicked may have moved out of sight.
    this.#opener?.scrollIntoView({ block: "nearest" });
    this.title.focus();
  }

  /** @param {Error & {status?: number}} error @param {() => void} again */
  #explain(error, again) {
    const gone = error.status === 404;
    this.title.textContent = text(gone ? "document-missing" : "document-failed");
    const retry = element("button", { type: "button", class: "button", onclick: again }, text("try-again"));
    fill(this.content, element("p", { class: "document-problem", role: "status" }, error.message), gone ? null : retry);
  }

  /** @param {any} document */
  #show(document) {
    this.title.textContent = this.title.title = document.title;
    fill(this.facts, ...documentFacts(document));
    fill(this.content, document.found ? null : this.#changedNotice(), this.#text(document));
    byId("document-scroll").scrollTop = 0;
    this.steps.show([...this.content.querySelectorAll(".passage")]);
  }

  #changedNotice() {
    return element("p", { class: "notice caution", role: "status" }, icon("warning"), text("passage-missing"));
  }

  /** @param {any} document */
  #text(document) {
    const spoken = document.language && document.language !== language ? document.language : null;
    const node = element("div", { class: "prose document-text", lang: spoken });
    setSafeHtml(node, document.html);
    namePlaces(node);
    return node;
  }
}
