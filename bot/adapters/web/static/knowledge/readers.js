// @ts-check
// Who may read a document, as badges; many are folded away.

import { signBadge } from "../controls.js";
import { element } from "../dom.js";
import { text } from "../texts.js";

/** Badges that fit a table's cell; the others are behind a button. */
const SHOWN = 3;

/** @param {string[]} readers principals @returns {HTMLElement} */
export function readerBadges(readers) {
  if (!readers.length) return signBadge("danger", "warning", text("knowledge-nobody"));
  // One badge more takes no more room than the button that would hide it.
  const shown = readers.length <= SHOWN + 1 ? readers.length : SHOWN;
  const list = element("ul", { role: "list", class: "readers" }, readers.slice(0, shown).map(reader));
  if (shown < readers.length) list.append(element("li", {}, unfoldButton(list, readers.slice(shown))));
  return list;
}

/** @param {string} principal */
function reader(principal) {
  const open = { everyone: text("knowledge-everyone"), public: text("knowledge-public") };
  const words = open[/** @type {keyof typeof open} */ (principal)];
  return element("li", { class: words ? "badge accent" : "badge", dir: "auto", tabindex: "-1" }, words ?? principal);
}

/** @param {HTMLElement} list @param {string[]} rest */
function unfoldButton(list, rest) {
  const unfold = () => {
    const added = rest.map(reader);
    button.parentElement?.replaceWith(...added);
    added[0].focus();
  };
  const label = text("knowledge-more-readers", { count: rest.length });
  const attributes = { type: "button", class: "badge more-readers", "aria-label": label, onclick: unfold };
  const button = element("button", attributes, `+${rest.length}`);
  return button;
}
