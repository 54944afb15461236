// Puts the conversation page together.

import { watchConnection } from "../connection.js";
import { isPlain } from "../controls.js";
import { byId } from "../dom.js";
import { pageData } from "../page_data.js";
import { startPreferences } from "../preferences.js";
import { enter, threadInAddress } from "./address.js";
import { showThreads, startColumns, uncover } from "./columns.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { deletion } from "./deletion.js";
import { DocumentPanel } from "./document_panel.js";
import { startShortcuts } from "./shortcuts.js";
import { ThreadList } from "./threads.js";
import { startSearch } from "./thread_search.js";

const panel = new DocumentPanel();
const composer = new Composer({ send: (question) => conversation.ask(question), stop: () => conversation.stop() });
const conversation = new Conversation(composer, {
  asked,
  open: (path, opener) => panel.open(path, opener),
  newQuestion,
});
const threads = new ThreadList(pageData.threads, { go, remove: deletion(deleted) });

/** @param {string | null} thread that the page shows now */
function arrive(thread) {
  panel.close();
  uncover();
  threads.mark(thread);
  if (!thread) conversation.show(null);
  else conversation.load(thread);
}

/** @param {string | null} thread */
function go(thread) {
  enter(thread);
  arrive(thread);
}

function newQuestion() {
  go(null);
  composer.focus();
}

/**
 * @param {import("./conversation.js").Thread} thread in which a question was asked
 * @param {boolean} here whether the page still shows it
 */
function asked(thread, here) {
  threads.put(thread);
  if (here) enter(thread.id);
  threads.mark(threadInAddress());
}

/** @param {string} thread */
function deleted(thread) {
  threads.drop(thread);
  if (thread === threadInAddress()) newQuestion();
  else byId("new-question").focus();
}

function showFirst() {
  threads.mark(threadInAddress());
  if (pageData.missing) conversation.showMissing();
  else conversation.show(pageData.thread);
}

startColumns();
startPreferences();
watchConnection();
showFirst();
const focusSearch = startSearch(threads);
startShortcuts({ k: newQuestion, "/": () => (showThreads(true), focusSearch()) });
byId("new-question").addEventListener("click", (/** @type {MouseEvent} */ event) => {
  if (isPlain(event)) event.preventDefault(), newQuestion();
});
addEventListener("popstate", () => arrive(threadInAddress()));
