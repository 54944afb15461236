// @ts-check
// What the index says in codes, as people say it.

import { placeWords } from "../places.js";
import { language } from "../texts.js";

const languages = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
const UNITS = { s: "second", m: "minute", h: "hour", d: "day" };

/** The settings' "15m" as "15 minutes"; what is written otherwise stays as it is. @param {string} every */
export function interval(every) {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(every) ?? [];
  if (!count) return every;
  const style = { style: "unit", unit: UNITS[/** @type {keyof typeof UNITS} */ (unit)], unitDisplay: "long" };
  return new Intl.NumberFormat(language, /** @type {Intl.NumberFormatOptions} */ (style)).format(Number(count));
}

/** A language's code as its name. @param {string} code */
export function languageName(code) {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code; // not a code: whatever a document said of itself
  }
}

/** The index's "page 3" in the page's language. @param {string} place */
export function placeName(place) {
  const [, kind, count] = /^(page|slide|notes) (\d+)$/.exec(place) ?? [];
  return kind ? placeWords({ kind, number: Number(count) }) : place;
}
