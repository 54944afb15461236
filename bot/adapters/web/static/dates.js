// Dates as people say them, in the page's language.

import { language } from "./texts.js";

const DAY = 86_400_000;
// The Gregorian calendar's mean year; a leap day is no reason to call a document older.
const YEAR = 365.2425 * DAY;
const MONTH = YEAR / 12;

const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
// "Last year" would be said of what is 23 months old too.
const far = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "long" });
const moment = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

/** Return the moment that an ISO text means; a date without a time is that day where the reader is. */
function parsed(/** @type {string} */ iso) {
  return new Date(iso.length === 10 ? `${iso}T00:00` : iso);
}

/** @param {Date} date */
function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Return how many nights ago that was, 0 for today. @param {string} iso */
export function daysAgo(iso) {
  return Math.round((midnight(new Date()).getTime() - midnight(parsed(iso)).getTime()) / DAY);
}

/** Return "3 dagen geleden", "1 jaar geleden". @param {string} iso */
export function relativeDay(iso) {
  const age = daysAgo(iso) * DAY;
  if (age >= YEAR) return far.format(-Math.floor(age / YEAR), "year");
  if (age >= 2 * MONTH) return far.format(-Math.floor(age / MONTH), "month");
  if (age >= 14 * DAY) return far.format(-Math.floor(age / DAY / 7), "week");
  return near.format(-Math.round(age / DAY), "day");
}

/** Return "5 minuten geleden" for what is of today, else as `relativeDay`. @param {string} iso */
export function relativeMoment(iso) {
  const minutes = Math.floor((Date.now() - parsed(iso).getTime()) / 60_000);
  if (minutes < 1) return near.format(0, "second");
  if (minutes < 60) return near.format(-minutes, "minute");
  return daysAgo(iso) ? relativeDay(iso) : near.format(-Math.floor(minutes / 60), "hour");
}

/** Whether that is more than a year ago. @param {string} iso */
export function isOld(iso) {
  return Date.now() - parsed(iso).getTime() > YEAR;
}

/** Return "3 maart 2024". @param {string} iso */
export function fullDay(iso) {
  return day.format(parsed(iso));
}

/** Return "3 maart 2024 om 14:05". @param {string} iso */
export function fullMoment(iso) {
  return moment.format(parsed(iso));
}
