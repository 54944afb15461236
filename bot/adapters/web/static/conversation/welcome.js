// The page for a new conversation: what the bot is, what it reads, what one could ask.

import { element } from "../dom.js";
import { pageData } from "../page_data.js";
import { offerPeople } from "../preferences.js";
import { text } from "../texts.js";

/** @param {number | null} documents null where they could not be counted */
function leadWords(documents) {
  if (documents === null) return text("searches-uncounted");
  return documents ? text("searches-documents", { count: documents }) : text("searches-nothing");
}

function personField() {
  if (!pageData.people) return null;
  const field = element("select", { class: "input", id: "person" });
  offerPeople(field);
  const label = element("label", { for: "person" }, text("you-are"));
  return element("div", { class: "person" }, label, field, element("p", { class: "hint" }, text("person-hint")));
}

/** @param {(question: string) => void} ask */
function suggestions(ask) {
  if (!pageData.suggested_prompts?.length) return null;
  const card = (/** @type {string} */ prompt) => {
    const attributes = { type: "button", class: "card suggestion", onclick: () => ask(prompt) };
    return element("li", {}, element("button", attributes, prompt));
  };
  const list = element("ul", { role: "list", class: "suggestion-list" }, pageData.suggested_prompts.map(card));
  return element("section", { class: "suggestions" }, element("h2", {}, text("try-asking")), list);
}

/** @param {(question: string) => void} ask */
export function welcomeView(ask) {
  const title = element("h1", {}, text("welcome"));
  const lead = element("p", { class: "lead" }, leadWords(pageData.documents));
  return element("div", { class: "welcome" }, title, lead, personField(), suggestions(ask));
}
