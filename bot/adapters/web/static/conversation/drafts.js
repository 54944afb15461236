// What was typed and not sent yet, one text for each conversation, for as long as this tab lives.

/** @param {string | null} thread */
function keyOf(thread) {
  return `draft:${thread ?? "new"}`;
}

/** @param {string | null} thread @returns {string} */
export function draftOf(thread) {
  return sessionStorage.getItem(keyOf(thread)) ?? "";
}

/** @param {string | null} thread @param {string} draft */
export function keepDraft(thread, draft) {
  if (draft) sessionStorage.setItem(keyOf(thread), draft);
  else sessionStorage.removeItem(keyOf(thread));
}
