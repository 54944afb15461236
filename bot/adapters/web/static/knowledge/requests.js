// @ts-check
// What the page asks the server of the index; each may throw an ApiError.

import { get, post } from "../api.js";

/**
 * @typedef {{name: string, documents: number, chunks: number, failing: number, stale: number, unreadable: number,
 *   synced_at: string | null, reason: string, remedy: string, every: string}} Source
 * @typedef {{id: string, title: string, url: string, language: string, updated_at: string | null,
 *   stale_since: string | null, chunks: number, readers: string[]}} DocumentRow
 * @typedef {{documents: DocumentRow[], more: boolean}} Documents
 * @typedef {{id: string, title: string, url: string | null, address: string, source: string, language: string,
 *   owner: string | null, updated_at: string | null, stale_since: string | null, readers: string[]}} IndexedDocument
 * @typedef {{number: number, section: string, place: string, text: string}} Chunk
 * @typedef {{id: string, reason: string, remedy: string, since: string}} Failing
 * @typedef {{at: string, source: string, level: "info" | "warning" | "error", text: string}} News
 * @typedef {{number: number, source: string, done: number | null, total: number | null, waiting: string[],
 *   news: News[]}} SyncState
 */

const ROOT = "/api/knowledge";
export const EVENTS = `${ROOT}/events`;

/** @param {string} name */
const sourcePath = (name) => `${ROOT}/sources/${encodeURIComponent(name)}`;

/** @returns {Promise<Source[]>} */
export async function fetchSources() {
  return (await get(`${ROOT}/sources`)).sources;
}

/**
 * The next documents of a list after the one with the id `after`, "" for the first.
 *
 * @param {import("./address.js").Place} place the list
 * @param {string} after
 * @param {AbortSignal} [signal]
 * @returns {Promise<Documents>}
 */
export function fetchDocuments({ source, state, search }, after, signal) {
  return get(`${sourcePath(source)}/documents?${new URLSearchParams({ state, search, after })}`, signal);
}

/** @param {string} source @returns {Promise<Failing[]>} */
export async function fetchFailing(source) {
  return (await get(`${sourcePath(source)}/failing`)).failing;
}

/** @param {string} id @returns {Promise<{document: IndexedDocument, html: string, cut: boolean, chunks: Chunk[]}>} */
export function fetchDocument(id) {
  return get(`${ROOT}/document?${new URLSearchParams({ id })}`);
}

/** @param {string} source */
export function requestSync(source) {
  return post(`${sourcePath(source)}/sync`);
}
