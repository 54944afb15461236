// The page's address: one for each conversation.

import { text } from "../texts.js";

/** @param {string | null} thread */
export function pathOf(thread) {
  return thread ? `/threads/${encodeURIComponent(thread)}` : "/";
}

/** Return the conversation that the page's address names, null for a new one. */
export function threadInAddress() {
  const found = /^\/threads\/([^/]+)$/.exec(location.pathname);
  return found ? decodeURIComponent(found[1]) : null;
}

/** Make this the page's address; the browser's back button leads to the one before. @param {string | null} thread */
export function enter(thread) {
  if (location.pathname !== pathOf(thread)) history.pushState(null, "", pathOf(thread));
}

/** @param {string | undefined} title */
export function nameWindow(title) {
  document.title = title ? `${title} – ${text("page-title")}` : text("page-title");
}
