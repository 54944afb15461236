// @ts-check
// What stands where something is on its way, could not be had, or is not there.

import { announce } from "../announce.js";
import { ApiError } from "../api.js";
import { element, icon } from "../dom.js";
import { text } from "../texts.js";
import { actionButton, placeLink, unseen } from "./controls.js";

/** Grey lines in the place of what is being fetched. @param {number} lines */
export function loadingLines(lines) {
  const rows = Array.from({ length: lines }, () => element("div", { class: "skeleton loading-line" }));
  return element("div", { class: "loading" }, unseen(text("knowledge-loading")), rows);
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
  container.replaceChildren(failureNotice(message, wayOut(error, retry)));
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

/** @param {string} message @param {HTMLElement} [way] */
export function failureNotice(message, way) {
  const content = element("div", {}, element("p", {}, message), way);
  return element("div", { class: "notice danger" }, icon("warning"), content);
}

/** @param {unknown} error @param {() => void} retry */
function wayOut(error, retry) {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "admin") return signInLink();
  if (code === "document") return placeLink({}, text("knowledge-page"), { class: "button" });
  return actionButton(text("knowledge-try-again"), retry, "again");
}

function signInLink() {
  const next = new URLSearchParams({ next: location.pathname });
  return element("a", { class: "button", href: `/sign-in?${next}` }, text("sign-in"));
}

/** What stands in the place of a list that has nothing. @param {string} title @param {...(string | Node)} lines */
export function emptyState(title, ...lines) {
  const paragraphs = lines.map((line) => element("p", {}, line));
  return element("div", { class: "empty-state" }, element("p", { class: "empty-title" }, title), paragraphs);
}
