// Copies an address, or an answer with its sources as Markdown, for a mail or a note.

import { announce } from "../announce.js";
import { placeWords } from "../places.js";
import { text } from "../texts.js";

/** Copy a text, and say whether that was possible. @param {string} copied @returns {Promise<boolean>} */
export async function copyText(copied) {
  // Without https a browser gives no clipboard, other than on the computer itself.
  const done = Boolean(await navigator.clipboard?.writeText(copied).then(() => true, () => false));
  announce(text(done ? "copied" : "not-copied"));
  return done;
}

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
