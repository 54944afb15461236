// @ts-check
// The knowledge page: what came with it, kept up to date by the server's events.

import { announce } from "../announce.js";
import { ApiError } from "../api.js";
import { watchConnection } from "../connection.js";
import { byId } from "../dom.js";
import { pageData } from "../page_data.js";
import { startPreferences } from "../preferences.js";
import { Stream } from "../stream.js";
import { text } from "../texts.js";
import { createDocumentView } from "./document_view.js";
import { createDocumentsView } from "./documents_view.js";
import { keepMomentsTrue } from "./moments.js";
import { showFailure } from "./notices.js";
import { createOverview } from "./overview.js";
import { EVENTS, fetchSources, requestSync } from "./requests.js";
import { startViews } from "./views.js";

/** @typedef {import("./requests.js").SyncState} SyncState */

/** @type {SyncState} */
let state = pageData.sync ?? { number: 0, source: "", done: null, total: null, waiting: [], news: [] };

const overview = createOverview(sync);
const documents = createDocumentsView();

/** @param {string} source */
async function sync(source) {
  await requestSync(source);
  // Said at once; the server's own word for it is on its way.
  const known = state.source === source || state.waiting.includes(source);
  if (!known) showSync({ ...state, waiting: [...state.waiting, source] });
}

/** @param {SyncState} now */
function showSync(now) {
  state = now;
  overview.showSync(now);
}

/** @param {SyncState} now */
function follow(now) {
  const before = state;
  showSync(now);
  if (before.source !== now.source) announce(turnWords(before.source, now.source));
  // What a sync changed is in the index, not in its events. One may have passed while the connection was gone.
  if (before.source ? before.source === now.source : now.source || lastNews(before) === lastNews(now)) return;
  refresh();
  documents.refresh(before.source);
}

/**
 * Only beginnings and ends are said: the numbers in between would drown all else.
 * @param {string} before
 * @param {string} now
 */
function turnWords(before, now) {
  return now ? text("knowledge-sync-began", { source: now }) : text("knowledge-sync-ended", { source: before });
}

/** @param {SyncState} state */
const lastNews = ({ news }) => `${news.at(-1)?.at} ${news.at(-1)?.text}`;

async function refresh() {
  try {
    overview.update(await fetchSources());
    overview.showSync(state);
  } catch (error) {
    showFailure(overview.notice, error, refresh);
    // Who may not see the page any more gets no further by asking again.
    if (error instanceof ApiError && error.code === "admin") stream.close();
  }
}

const views = {
  overview: { node: overview.node, show: () => "" },
  documents,
  document: createDocumentView(),
};
if (pageData.sources) overview.update(pageData.sources);
else refresh();
overview.showSync(state);
startViews(byId("views"), views);
startPreferences();
keepMomentsTrue();
watchConnection();
const stream = new Stream(EVENTS, { sync: follow }, refresh);
