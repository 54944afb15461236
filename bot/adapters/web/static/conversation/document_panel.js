// The document that an answer quotes from, at the passage.

import { get } from "../api.js";
import { actionButton, notice } from "../controls.js";
import { byId, element, fill } from "../dom.js";
import { documentText } from "../prose.js";
import { text } from "../texts.js";
import { showDocument } from "./columns.js";
import { documentFacts } from "./document_facts.js";
import { PassageSteps } from "./passages.js";
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
    const retry = gone ? null : actionButton(text("try-again"), again);
    fill(this.content, element("p", { class: "document-problem", role: "status" }, error.message), retry);
  }

  /** @param {any} document */
  #show(document) {
    this.title.textContent = this.title.title = document.title;
    fill(this.facts, ...documentFacts(document));
    const changed = notice("caution", "warning", text("passage-missing"), { role: "status" });
    fill(this.content, document.found ? null : changed, documentText(document));
    byId("document-scroll").scrollTop = 0;
    this.steps.show([...this.content.querySelectorAll(".passage")]);
  }
}
