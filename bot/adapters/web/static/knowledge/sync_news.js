// @ts-check
// What the syncs did lately, the newest first.

import { actionButton, unseen } from "../controls.js";
import { element, icon } from "../dom.js";
import { text } from "../texts.js";
import { timeElement } from "./moments.js";

/** @typedef {import("./requests.js").News} News */

/** Lines shown before somebody asks for all. */
const SHOWN = 8;

export function createSyncNews() {
  const list = element("ol", { class: "news-list" });
  const empty = element("p", { class: "quiet" }, text("knowledge-news-none"));
  const all = actionButton(text("knowledge-news-all"), () => showAll());
  const title = element("h2", { id: "news-title" }, text("knowledge-news"));
  const node = element("section", { class: "news", "aria-labelledby": "news-title" }, title, empty, list, all);
  let shown = SHOWN;
  /** @type {News[]} */
  let latest = [];
  const render = () => {
    list.replaceChildren(...latest.toReversed().slice(0, shown).map(entry));
    empty.hidden = latest.length > 0;
    all.hidden = latest.length <= shown;
  };
  const showAll = () => {
    shown = Infinity;
    render();
    /** @type {HTMLElement} */ (list.children[SHOWN]).focus();
  };
  all.hidden = true;
  return {
    node,
    /** @param {News[]} news */
    update(news) {
      latest = news;
      render();
    },
  };
}

/** @param {News} news */
function entry(news) {
  const source = element("span", { class: "news-source", dir: "auto" }, news.source);
  return element("li", { class: "news-entry", tabindex: "-1" }, source, newsWords(news));
}

/** One line of news with its time; the sync speaks English. @param {News} news */
export function newsWords(news) {
  const level = {
    info: text("knowledge-level-info"),
    warning: text("knowledge-level-warning"),
    error: text("knowledge-level-error"),
  };
  const sign = { info: "check", warning: "warning", error: "close" }[news.level];
  const mark = element("span", { class: `level ${news.level}` }, icon(sign, "small"), unseen(level[news.level]));
  const words = element("span", { lang: "en", dir: "auto" }, news.text);
  return element("p", { class: "news-words" }, mark, words, timeElement(news.at));
}
