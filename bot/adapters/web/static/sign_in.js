// @ts-check
// Lets people look at the code that they typed. The page works without it, and then shows no button for it.

import { byId } from "./dom.js";

const field = /** @type {HTMLInputElement} */ (byId("token"));
const button = /** @type {HTMLButtonElement} */ (byId("show-code"));

/** @param {boolean} shown */
function show(shown) {
  field.type = shown ? "text" : "password";
  button.ariaPressed = String(shown);
}

button.hidden = false;
button.addEventListener("click", () => show(field.type === "password"));
// A browser keeps and fills in what is a password when it is sent, nothing else.
field.form?.addEventListener("submit", () => show(false));
