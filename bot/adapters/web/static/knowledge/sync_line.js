// @ts-check
// The sync of one source: its button, how far it is, and what it said last.

import { actionButton } from "../controls.js";
import { element, fill } from "../dom.js";
import { count as number, text } from "../texts.js";
import { showFailure } from "./notices.js";
import { newsWords } from "./sync_news.js";

/** @typedef {import("./requests.js").SyncState} SyncState */

/** @param {string} source @param {() => Promise<void>} sync */
export function createSyncLine(source, sync) {
  const ask = () => button.ariaDisabled !== "true" && askFor(sync, button, node);
  const button = actionButton(text("knowledge-sync-now"), ask, "again");
  const node = element("div", { class: "sync-line", hidden: true });
  const parts = { words: element("p", { class: "sync-words" }), bar: element("progress") };
  button.setAttribute("aria-label", text("knowledge-sync-now-of", { source }));
  parts.bar.setAttribute("aria-label", text("knowledge-syncing-of", { source }));
  return {
    button,
    node,
    /** @param {SyncState} state @param {boolean} failed whether the card says already that it failed */
    update: (state, failed) => show(state, source, { button, node, ...parts }, failed),
  };
}

/**
 * The button stays where it is and keeps the focus, it only says that it has nothing to do now.
 * @param {() => Promise<void>} sync @param {HTMLElement} button @param {HTMLElement} node
 */
async function askFor(sync, button, node) {
  button.ariaDisabled = "true";
  try {
    await sync();
  } catch (error) {
    button.ariaDisabled = null;
    node.hidden = false;
    showFailure(node, error, () => askFor(sync, button, node));
  }
}

/**
 * @param {SyncState} state @param {string} source
 * @param {{button: HTMLElement, node: HTMLElement, words: HTMLElement, bar: HTMLProgressElement}} parts
 * @param {boolean} failed
 */
function show(state, source, { button, node, words, bar }, failed) {
  const running = state.source === source;
  const waiting = state.waiting.includes(source);
  button.ariaDisabled = running || waiting ? "true" : null;
  if (running) showProgress(bar, state);
  node.className = `sync-line${running ? " running" : ""}`;
  if (running) put(node, [said(words, progressWords(state)), bar]);
  else if (waiting) put(node, [said(words, text("knowledge-sync-waiting"))]);
  else put(node, lastNews(state, source, failed));
}

/**
 * What is there already stays: a bar that is taken out and put back begins its movement anew.
 * @param {HTMLElement} node @param {Node[]} content
 */
function put(node, content) {
  const there = [...node.childNodes];
  node.hidden = content.length === 0;
  if (there.length !== content.length || there.some((child, place) => child !== content[place])) fill(node, content);
}

/** @param {HTMLProgressElement} bar @param {SyncState} state */
function showProgress(bar, { done, total }) {
  if (!total) return bar.removeAttribute("value");
  bar.max = total;
  bar.value = Math.min(done ?? 0, total);
}

/** @param {SyncState} state */
function progressWords({ done, total }) {
  if (total && done !== null) return text("knowledge-sync-progress", { done: number(done), total: number(total) });
  return done ? text("knowledge-sync-so-far", { count: done }) : text("knowledge-sync-looking");
}

/** @param {HTMLElement} words @param {string} sentence */
function said(words, sentence) {
  words.textContent = sentence;
  return words;
}

/** @param {SyncState} state @param {string} source @param {boolean} failed */
function lastNews(state, source, failed) {
  const news = state.news.findLast((one) => one.source === source);
  return news && !(failed && news.level === "error") ? [newsWords(news)] : [];
}
