// @ts-check
// What stands where something is on its way, could not be had, or is not there.

import { announce } from "../announce.js";
import { ApiError } from "../api.js";
import { actionButton, notice, unseen } from "../controls.js";
import { element } from "../dom.js";
import { signInAddress } from "../signing_in.js";
import { text } from "../texts.js";
import { placeLink } from "./address.js";

/** Grey lines in the place of what is being fetched. @param {number} lines */
export function loadingLines(lines) {
  const rows = Array.from({ length: lines }, () => element("div", { class: "skeleton loading-line" }));
  return element("div", { class: "loading" }, unseen(text("loading")), rows);
}

/**
 * Say in `container` why something failed, with the way out.
 *
 * @param {HTMLElement} container
 * @param {unknown} error
 * @param {() => void} retry
 */
export function showFailure(container, error, retry) {
  const message = messageOf(error);
  const content = element("div", {}, element("p", {}, message), wayOut(error, retry));
  container.replaceChildren(notice("danger", "warning", content));
  announce(message);
}

/**
 * What people are told of an error; one that is none of the server's is ours and belongs in the console.
 * @param {unknown} error
 */
export function messageOf(error) {
  if (error instanceof ApiError) return error.message;
  console.error(error);
  return text("failed-request");
}

/** @param {unknown} error @param {() => void} retry */
function wayOut(error, retry) {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "admin") return element("a", { class: "button", href: signInAddress() }, text("sign-in"));
  if (code === "document") return placeLink({}, text("knowledge-page"), { class: "button" });
  return actionButton(text("try-again"), retry, "again");
}

/** What stands in the place of a list that has nothing. @param {string} title @param {...(string | Node)} lines */
export function emptyState(title, ...lines) {
  const paragraphs = lines.map((line) => element("p", {}, line));
  return element("div", { class: "empty-state" }, element("p", { class: "empty-title" }, title), paragraphs);
}
