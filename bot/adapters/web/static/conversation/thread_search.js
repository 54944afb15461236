// Searches one's own conversations while one types.

import { get } from "../api.js";
import { announce } from "../announce.js";
import { byId } from "../dom.js";
import { text } from "../texts.js";
import { onTyped } from "../typing.js";

/** @param {import("./threads.js").ThreadList} list */
export function startSearch(list) {
  const field = /** @type {HTMLInputElement} */ (byId("thread-search"));
  let asking = new AbortController();

  async function search() {
    asking.abort();
    asking = new AbortController();
    const words = field.value.trim();
    if (!words) return list.showFound(null);
    const path = `/api/threads?${new URLSearchParams({ search: words })}`;
    const found = await get(path, asking.signal).catch((error) => error);
    return found.name === "AbortError" ? undefined : show(found);
  }

  /** @param {any} found */
  function show(found) {
    if (found instanceof Error) return announce(found.message);
    list.showFound(found.threads);
    return announce(text("threads-found", { count: found.threads.length }));
  }

  onTyped(field, search);
  // A browser fills in what stood here before the page was loaded anew.
  if (field.value) search();
  return () => field.focus();
}
