// @ts-check
// All sources at a glance: the totals, whether all is well, a card for each, and what the syncs did.

import { element, fill } from "../dom.js";
import { text } from "../texts.js";
import { worstFirst } from "./health.js";
import { emptyState } from "./notices.js";
import { createSourceCard } from "./source_card.js";
import { createSyncNews } from "./sync_news.js";
import { totals, wellbeing } from "./summary.js";
import { viewHeading } from "./view_heading.js";

/**
 * @typedef {import("./requests.js").Source} Source
 * @typedef {import("./requests.js").SyncState} SyncState
 */

/** @param {(source: string) => Promise<void>} sync */
export function createOverview(sync) {
  const summary = element("div", { class: "summary" });
  const notice = element("div", { class: "overview-notice" });
  const list = element("div", { class: "source-list" });
  const news = createSyncNews();
  news.node.hidden = true;
  const title = element("h2", { class: "visually-hidden" }, text("knowledge-sources"));
  const heading = viewHeading(text("knowledge-page"));
  const node = element("section", { class: "view" }, heading, notice, summary, title, list, news.node);
  /** @type {Map<string, ReturnType<typeof createSourceCard>>} */
  let cards = new Map();
  return {
    node,
    notice,
    /** @param {Source[]} sources */
    update(sources) {
      fill(notice);
      news.node.hidden = sources.length === 0;
      fill(summary, wellbeing(sources), totals(sources));
      if (!sources.length) return fill(list, noSources());
      const known = cards.size === sources.length && sources.every(({ name }) => cards.has(name));
      if (!known) cards = place(list, sources, sync);
      for (const source of sources) cards.get(source.name)?.update(source);
    },
    /** @param {SyncState} state */
    showSync(state) {
      for (const card of cards.values()) card.showSync(state);
      news.update(state.news);
    },
  };
}

/**
 * The order is made once: a card that moved under somebody's hand would have them press another one's button.
 * @param {HTMLElement} list @param {Source[]} sources @param {(source: string) => Promise<void>} sync
 */
function place(list, sources, sync) {
  const cards = new Map(worstFirst(sources).map((source) => [source.name, createSourceCard(source, sync)]));
  fill(list, [...cards.values()].map((card) => card.node));
  return cards;
}

/** What to put in the settings, as it stands in their template. */
const EXAMPLE = `[[sources]]
type = "filesystem"
name = "documents"
path = "/srv/documents"
access = ["everyone"]`;

function noSources() {
  const example = element("pre", { class: "example" }, element("code", {}, EXAMPLE));
  return [emptyState(text("knowledge-no-sources"), text("knowledge-no-sources-remedy")), example];
}
