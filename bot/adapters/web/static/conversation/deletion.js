// Deletes a conversation, after asking.

import { remove } from "../api.js";
import { announce } from "../announce.js";
import { byId } from "../dom.js";
import { text } from "../texts.js";

/** @typedef {import("./conversation.js").Thread} Thread */

/**
 * Return what asks whether a conversation should go, and has it deleted.
 *
 * @param {(thread: string) => void} deleted
 * @returns {(thread: Thread) => void}
 */
export function deletion(deleted) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("delete-dialog"));
  const problem = byId("delete-problem");
  let chosen = /** @type {Thread | null} */ (null);

  async function confirmed(/** @type {Event} */ event) {
    event.preventDefault();
    const thread = /** @type {Thread} */ (chosen);
    const error = await remove(`/api/threads/${thread.id}`).then(() => null, (reason) => reason);
    // Gone already, from another tab, is as good.
    if (error && error.status !== 404) return (problem.textContent = error.message);
    dialog.close();
    deleted(thread.id);
    return announce(text("thread-deleted"));
  }

  byId("delete-confirmed").addEventListener("click", confirmed);
  return (thread) => {
    chosen = thread;
    problem.textContent = "";
    byId("delete-name").textContent = thread.title;
    dialog.showModal();
  };
}
