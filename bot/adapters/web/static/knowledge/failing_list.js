// @ts-check
// The documents of a source that can't be read now: fetched when they are opened, there may be thousands.

import { actionButton } from "../controls.js";
import { element, fill, icon } from "../dom.js";
import { text } from "../texts.js";
import { sinceElement } from "./moments.js";
import { loadingLines, showFailure } from "./notices.js";
import { reasonAndRemedy } from "./reason.js";
import { fetchFailing } from "./requests.js";

/** @typedef {import("./requests.js").Failing} Failing */

/** Shown at once of those with the same reason: enough to see what they are. */
const SHOWN = 10;

/** @param {string} source */
export function createFailingList(source) {
  const words = element("span");
  const summary = element("summary", { class: "problem-title" }, icon("warning"), words, icon("down", "small"));
  const content = element("div", { class: "failing" });
  const attributes = { class: "problem danger", hidden: true };
  const node = /** @type {HTMLDetailsElement} */ (element("details", attributes, summary, content));
  const load = () => loadInto(content, source);
  node.addEventListener("toggle", () => node.open && load());
  return {
    node,
    /** @param {number} count */
    update(count) {
      node.hidden = count === 0;
      words.textContent = text("knowledge-failing-documents", { count });
      if (node.open && count) load();
    },
  };
}

/** @param {HTMLElement} content @param {string} source */
async function loadInto(content, source) {
  if (!content.childElementCount) fill(content, loadingLines(2));
  try {
    fill(content, byReason(await fetchFailing(source)).map(group));
  } catch (error) {
    showFailure(content, error, () => loadInto(content, source));
  }
}

/** What one remedy helps stands together, the most first. @param {Failing[]} failing */
function byReason(failing) {
  const groups = Map.groupBy(failing, ({ reason, remedy }) => JSON.stringify([reason, remedy]));
  return [...groups.values()].toSorted((one, other) => other.length - one.length);
}

/** @param {Failing[]} failing of one reason */
function group(failing) {
  const list = element("ul", { class: "failing-list" }, failing.slice(0, SHOWN).map(entry));
  const rest = restButton(list, failing.slice(SHOWN));
  return element("div", { class: "failing-group" }, reasonAndRemedy(failing[0]), list, rest);
}

/** @param {HTMLElement} list @param {Failing[]} rest */
function restButton(list, rest) {
  if (!rest.length) return null;
  const show = () => {
    const added = rest.map(entry);
    list.append(...added);
    button.remove();
    added[0].focus();
  };
  const button = actionButton(text("knowledge-show-more", { count: rest.length }), show);
  return button;
}

/** @param {Failing} failing */
function entry(failing) {
  const id = element("code", { class: "id", dir: "ltr" }, failing.id);
  return element("li", { tabindex: "-1" }, id, " ", element("span", { class: "quiet" }, sinceElement(failing.since)));
}
