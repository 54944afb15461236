// The preference menu: theme, language, and in the demo who one is.

import { put } from "./api.js";
import { announce } from "./announce.js";
import { element, fill } from "./dom.js";
import { pageData } from "./page_data.js";
import { text } from "./texts.js";

/** @param {Event} event */
function chosenValue(event) {
  return /** @type {HTMLInputElement} */ (event.target).value;
}

/** Say what went wrong; the choice stays as it is on this page. @param {Error} error */
function report(error) {
  announce(error.message);
}

/** @param {Event} event */
function changeTheme(event) {
  document.documentElement.dataset.theme = chosenValue(event);
  put("/api/preferences", { theme: chosenValue(event) }).catch(report);
}

/** @param {Event} event */
function changeLanguage(event) {
  // All texts come with the page, so it is loaded anew; its address keeps the conversation.
  put("/api/preferences", { language: chosenValue(event) }).then(() => location.reload(), report);
}

/** @param {Event} event */
function changePerson(event) {
  // Somebody else has other conversations and other documents: nothing of this page would still be right.
  put("/api/person", { email: chosenValue(event) }).then(() => location.assign("/"), report);
}

/** @param {{email: string, name: string, groups: string[]}} person */
function personOption(person) {
  const groups = person.groups.length ? ` (${person.groups.join(", ")})` : "";
  return element("option", { value: person.email }, person.name + groups);
}

/** Fill a field in which the visitor of the demo says who they are. @param {HTMLSelectElement} field */
export function offerPeople(field) {
  const nobody = pageData.visitor.email ? null : element("option", { value: "" }, text("nobody-chosen"));
  fill(field, nobody, pageData.people.map(personOption));
  field.value = pageData.visitor.email;
  field.addEventListener("change", changePerson);
}

/** @param {string} name @param {(event: Event) => void} change */
function onChoice(name, change) {
  for (const choice of document.querySelectorAll(`#preferences input[name="${name}"]`)) {
    choice.addEventListener("change", change);
  }
}

/** Make the menu of the header work, where the page has one. */
export function startPreferences() {
  onChoice("theme", changeTheme);
  onChoice("language", changeLanguage);
  if (!pageData.people) return;
  for (const field of document.querySelectorAll("select[data-person]")) offerPeople(/** @type {any} */ (field));
}
