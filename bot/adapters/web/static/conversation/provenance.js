// Of what age a document is, whose, and whether a newer version is known: the same words on a card and in the panel.

import { fullDay, isOld, relativeDay } from "../dates.js";
import { element, icon } from "../dom.js";
import { text } from "../texts.js";

/** Return when it was changed, as a badge where that is long ago. @param {string | null} updated */
export function ageElement(updated) {
  if (!updated) return null;
  const words = text("changed-ago", { age: relativeDay(updated) });
  const attributes = { datetime: updated, title: fullDay(updated), class: isOld(updated) ? "badge caution" : null };
  return element("time", attributes, words);
}

/** Return the warning that the document is not the newest version. @param {string | null} since */
export function staleElement(since) {
  if (!since) return null;
  return element("p", { class: "stale" }, icon("warning", "small"), text("stale-since", { date: fullDay(since) }));
}
