// An answer with its sources as Markdown, for a mail or a note.

import { text } from "../texts.js";
import { placeWords } from "./places.js";

/** @param {any} citation */
function sourceLine(citation) {
  const parts = [citation.title, citation.section, placeWords(citation.place)];
  const name = parts.filter((part, place) => part && part !== parts[place - 1]).join(" › ");
  return `${citation.number}. ${name}\n   ${citation.address}`;
}

/** Return a reply's text, and under it the numbered sources with their addresses. @param {any} reply */
export function withSources(reply) {
  if (!reply.citations.length) return reply.markdown;
  return `${reply.markdown.trimEnd()}\n\n**${text("sources")}**\n\n${reply.citations.map(sourceLine).join("\n")}\n`;
}
