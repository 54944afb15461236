// @ts-check
// How well a source is: what the badges, the order of the cards and the sentence on top are derived from.

/**
 * @typedef {import("./requests.js").Source} Source
 * @typedef {"failed" | "attention" | "never" | "good"} Health
 */

/** Worst first. @type {Health[]} */
const ORDER = ["failed", "attention", "never", "good"];

/** @param {Source} source @returns {Health} */
export function healthOf(source) {
  if (source.reason) return "failed";
  if (source.failing || source.stale || source.unreadable) return "attention";
  return source.synced_at ? "good" : "never";
}

/** The sources with the worst first, else in the settings' order. @param {Source[]} sources */
export function worstFirst(sources) {
  return sources.toSorted((one, other) => ORDER.indexOf(healthOf(one)) - ORDER.indexOf(healthOf(other)));
}

/** Those that ask for somebody to do something. @param {Source[]} sources */
export function needingAttention(sources) {
  return sources.filter((source) => ["failed", "attention"].includes(healthOf(source)));
}
