// Whether the server can be reached, shown in a bar at the top for as long as it can't.

import { byId } from "./dom.js";
import { text } from "./texts.js";

/** A connection that comes back within this time (ms) was never gone for a reader. */
const PATIENCE = 1000;

/** @type {Set<unknown>} */
const lost = new Set();

/** @type {number | undefined} */
let waiting;

function show() {
  const bar = byId("offline-bar");
  bar.hidden = lost.size === 0;
  bar.textContent = lost.size ? text("offline-bar") : "";
}

/** @param {unknown} whose anything that can't reach the server, told apart by identity */
export function connectionLost(whose) {
  lost.add(whose);
  clearTimeout(waiting);
  waiting = setTimeout(show, PATIENCE);
}

/** @param {unknown} whose as it was given to `connectionLost` */
export function connectionFound(whose) {
  if (lost.delete(whose) && lost.size === 0) show();
}

/** Let the bar follow what the browser itself knows of the network. */
export function watchConnection() {
  addEventListener("offline", () => connectionLost(window));
  addEventListener("online", () => connectionFound(window));
}
