// Requests to our server, with errors that can be shown.

import { text } from "./texts.js";

/** A request that failed: `code` is stable, `message` is for people, `status` 0 where no answer came. */
export class ApiError extends Error {
  /** @param {string} code @param {string} message @param {number} status */
  constructor(code, message, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** @param {unknown} body */
function options(body) {
  if (body === undefined) return {};
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

/** @param {unknown} error @returns {never} */
function unreachable(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new ApiError("offline", text("offline-request"), 0);
}

/** @param {Response} response */
async function failure(response) {
  // A proxy in between may answer with a page of its own.
  const said = await response.json().catch(() => ({}));
  return new ApiError(said.error || "unknown", said.message || text("failed-request"), response.status);
}

/** @param {Response} response */
async function content(response) {
  return response.status === 204 ? null : response.json().catch(() => null);
}

/**
 * Return the JSON that answers, null where there is none. Throws `ApiError`, with the code "offline" where the
 * server can't be reached; an aborted request throws what `fetch` does.
 *
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
async function request(method, path, body, signal) {
  const response = await fetch(path, { method, signal, ...options(body) }).catch(unreachable);
  if (!response.ok) throw await failure(response);
  return content(response);
}

/** @param {string} path @param {AbortSignal} [signal] */
export function get(path, signal) {
  return request("GET", path, undefined, signal);
}

/** @param {string} path @param {unknown} body */
export function put(path, body) {
  return request("PUT", path, body);
}

/** @param {string} path @param {unknown} [body] */
export function post(path, body) {
  return request("POST", path, body);
}

/** @param {string} path */
export function remove(path) {
  return request("DELETE", path);
}
