// The columns beside the conversation: side by side where there is room, else one over the other.

import { byId } from "../dom.js";

/** As in conversation.css: below this, what is opened beside the conversation covers it. */
const narrow = matchMedia("(max-width: 52rem)");
/** As in conversation.css: below this, a document takes the room of the list. */
const tight = matchMedia("(max-width: 72rem)");

const page = document.body;

function documentOpen() {
  return page.dataset.document === "open";
}

function squeezedOut() {
  return documentOpen() && tight.matches && !narrow.matches;
}

function threadsOpen() {
  return page.dataset.threads === "open" && !squeezedOut();
}

function threadsCover() {
  return narrow.matches && threadsOpen();
}

/** What is covered can be reached by no key. */
function settle() {
  const documentCovers = narrow.matches && documentOpen();
  byId("main").inert = threadsCover() || documentCovers;
  byId("document").inert = threadsCover();
  byId("threads-toggle").setAttribute("aria-expanded", String(threadsOpen()));
}

/** @param {boolean} open */
export function showThreads(open) {
  if (open && squeezedOut()) showDocument(false);
  page.dataset.threads = open ? "open" : "closed";
  settle();
}

/** @param {boolean} open */
export function showDocument(open) {
  page.dataset.document = open ? "open" : "closed";
  byId("document").hidden = !open;
  settle();
}

/** Put the list away where it covers what was chosen from it. */
export function uncover() {
  if (threadsCover()) showThreads(false);
}

function toggle() {
  const open = !threadsOpen();
  showThreads(open);
  if (open && narrow.matches) byId("new-question").focus();
}

function putAway() {
  showThreads(false);
  byId("threads-toggle").focus();
}

/** Make the toggle work, and let the columns follow the width of the window. */
export function startColumns() {
  const fit = () => showThreads(!narrow.matches);
  fit();
  narrow.addEventListener("change", fit);
  tight.addEventListener("change", settle);
  byId("threads-toggle").addEventListener("click", toggle);
  byId("threads-backdrop").addEventListener("click", putAway);
  byId("threads").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && threadsCover()) putAway();
  });
}
