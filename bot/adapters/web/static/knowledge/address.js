// @ts-check
// What is shown stands in the address, so that it can be linked, reloaded and gone back from.

import { isPlain } from "../controls.js";
import { element } from "../dom.js";

/**
 * @typedef {"all" | "stale" | "unreadable"} DocumentState
 * @typedef {{source: string, document: string, state: DocumentState, search: string}} Place
 */

const PATH = "/knowledge";
const STATES = ["all", "stale", "unreadable"];

/** @type {Place} */
const OVERVIEW = { source: "", document: "", state: "all", search: "" };

/** The place that the browser's address names. @returns {Place} */
export function currentPlace() {
  const values = new URLSearchParams(location.search);
  const state = values.get("state") ?? "";
  return {
    source: values.get("source") ?? "",
    document: values.get("document") ?? "",
    state: /** @type {DocumentState} */ (STATES.includes(state) ? state : "all"),
    search: values.get("search") ?? "",
  };
}

/** The address of a place; what it leaves out is as in the overview. @param {Partial<Place>} place */
export function addressOf(place) {
  const usual = Object.entries(OVERVIEW).map(([name, value]) => `${name}=${value}`);
  const values = new URLSearchParams(Object.entries(place).filter((pair) => !usual.includes(pair.join("="))));
  return values.size ? `${PATH}?${values}` : PATH;
}

/**
 * A link to another view of this page.
 *
 * @param {Partial<Place>} place
 * @param {string} words
 * @param {Record<string, string>} [attributes]
 */
export function placeLink(place, words, attributes = {}) {
  return element("a", { href: addressOf(place), "data-place": "", ...attributes }, words);
}

/** Put a place into the address without showing it anew: what is shown is that place already. @param {Place} place */
export function rememberPlace(place) {
  history.replaceState(null, "", addressOf(place));
}

/**
 * Call `show` with the place whenever somebody goes elsewhere: by a link within the page, or back and forward.
 * @param {(place: Place, way: "link" | "history") => void} show
 */
export function onMove(show) {
  let shown = addressOf(currentPlace());
  /** @param {"link" | "history"} way */
  const move = (way) => {
    const place = currentPlace();
    // A jump within what is shown is a move to the browser; it has done all that there is to do.
    if (way === "link" || addressOf(place) !== shown) show(place, way);
    shown = addressOf(currentPlace());
  };
  addEventListener("popstate", () => move("history"));
  document.addEventListener("click", (event) => {
    const link = followedLink(event);
    if (!link) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    move("link");
  });
}

/** @param {MouseEvent} event @returns {HTMLAnchorElement | null} */
function followedLink(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-place]") : null;
  return isPlain(event) && !event.defaultPrevented ? /** @type {HTMLAnchorElement | null} */ (link) : null;
}
