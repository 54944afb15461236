// Keys for the whole page; each needs a modifier, so that nobody who dictates or types sets one off.

import { byId } from "../dom.js";

const onMac = /mac|iphone|ipad/i.test(navigator.platform);

/** @param {Record<string, () => void>} deeds by key, pressed with Ctrl or ⌘ */
export function startShortcuts(deeds) {
  for (const key of byId("help").querySelectorAll("kbd.modifier")) if (onMac) key.textContent = "⌘";
  addEventListener("keydown", (event) => {
    const pressed = onMac ? event.metaKey : event.ctrlKey;
    const deed = pressed && !event.altKey && !event.shiftKey ? deeds[event.key.toLowerCase()] : undefined;
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}
