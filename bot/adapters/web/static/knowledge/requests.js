// @ts-check
// What the page asks the server of the index; each may throw an ApiError.

import { request } from "../api.js";

/**
 * @typedef {{name: string, documents: number, chunks: number, failing: number, stale: number, unreadable: number,
 *   synced_at: string | null, reason: string, remedy: string, every: string}} Source
 * @typedef {{id: string, title: string, url: string, language: string, updated_at: string | null,
 *   stale_since: string | null, chunks: number, readers: string[]}} DocumentRow
 * @typedef {{id: string, title: string, url: string, source: string, language: string, owner: string | null,
 *   updated_at: string | null, stale_since: string | null}} IndexedDocument
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
  return (await request("GET", `${ROOT}/sources`)).sources;
}

/**
 * @param {string} source
 * @param {{state: string, search: string, after: string}} which
 * @returns {Promise<{documents: DocumentRow[], more: boolean}>}
 */
export function fetchDocuments(source, which) {
  return request("GET", `${sourcePath(source)}/documents?${new URLSearchParams(which)}`);
}

/** @param {string} source @returns {Promise<Failing[]>} */
export async function fetchFailing(source) {
  return (await request("GET", `${sourcePath(source)}/failing`)).failing;
}

/** @param {string} id @returns {Promise<{document: IndexedDocument, html: string, chunks: Chunk[]}>} */
export function fetchDocument(id) {
  return request("GET", `${ROOT}/document?${new URLSearchParams({ id })}`);
}

/** @param {string} source */
export function requestSync(source) {
  return request("POST", `${sourcePath(source)}/sync`);
}
