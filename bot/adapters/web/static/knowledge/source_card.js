// @ts-check
// A source: how it is, what is wrong with it, and its sync.

import { signBadge } from "../controls.js";
import { element } from "../dom.js";
import { count as number, text } from "../texts.js";
import { placeLink } from "./address.js";
import { healthOf } from "./health.js";
import { timeElement } from "./moments.js";
import { createProblems } from "./problems.js";
import { createSyncLine } from "./sync_line.js";
import { interval } from "./words.js";

/**
 * @typedef {import("./requests.js").Source} Source
 * @typedef {import("./requests.js").SyncState} SyncState
 */

/** A card's place in the page, for the links to it. @param {string} name */
export const cardId = (name) => `source-${encodeURIComponent(name)}`;

/**
 * @param {Source} source
 * @param {(source: string) => Promise<void>} sync asks for a sync of it
 */
export function createSourceCard(source, sync) {
  const head = element("div", { class: "source-head" });
  const facts = element("dl", { class: "facts" });
  const problems = createProblems(source.name);
  const line = createSyncLine(source.name, () => sync(source.name));
  const documents = documentsLink(source);
  const actions = element("div", { class: "source-actions" }, documents, line.button);
  const top = element("div", { class: "source-top" }, head, actions);
  const attributes = { class: "source card", id: cardId(source.name) };
  const node = element("article", attributes, top, facts, problems.node, line.node);
  let failed = false;
  return {
    node,
    /** @param {Source} now */
    update(now) {
      head.replaceChildren(heading(now), badge(now));
      facts.replaceChildren(...factsOf(now));
      problems.update(now);
      failed = now.reason !== "";
      documents.hidden = now.documents === 0;
      line.button.classList.toggle("primary", healthOf(now) === "never");
    },
    /** @param {SyncState} state */
    showSync: (state) => line.update(state, failed),
  };
}

/** @param {Source} source */
function heading(source) {
  return element("h3", { class: "source-name", dir: "auto" }, source.name);
}

/** @param {Source} source */
function documentsLink(source) {
  const label = text("knowledge-documents-of", { source: source.name });
  return placeLink({ source: source.name }, text("knowledge-documents"), { class: "button", "aria-label": label });
}

/** @param {Source} source */
function badge(source) {
  const says = {
    failed: ["danger", "close", text("knowledge-badge-failed")],
    attention: ["caution", "warning", text("knowledge-badge-attention")],
    never: ["", "help", text("knowledge-badge-never")],
    good: ["positive", "check", text("knowledge-badge-good")],
  };
  const [form, sign, words] = says[healthOf(source)];
  return signBadge(form, sign, words);
}

/** @param {Source} source */
function factsOf(source) {
  return [
    fact(text("knowledge-documents"), number(source.documents)),
    fact(text("knowledge-chunks"), number(source.chunks)),
    fact(text("knowledge-synced"), source.synced_at ? timeElement(source.synced_at) : text("knowledge-not-yet")),
    fact(text("knowledge-every"), interval(source.every)),
  ];
}

/** @param {string} name @param {string | Node} value */
function fact(name, value) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}
