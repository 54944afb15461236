// The page's one live region: what a screen reader says while the focus stays where it is.

import { byId } from "./dom.js";

/** A message that is the same as the last one would not be read out; one that was cleared in between is. */
const PAUSE = 50;

/** @type {number | undefined} */
let waiting;

/**
 * Say something politely. Of what is said at the same moment only the last is heard.
 *
 * @param {string} message
 */
export function announce(message) {
  const region = byId("announcer");
  region.textContent = "";
  clearTimeout(waiting);
  waiting = setTimeout(() => (region.textContent = message), PAUSE);
}
