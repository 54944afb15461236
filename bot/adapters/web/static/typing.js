// Searching while somebody types.

/** Between two letters of somebody who types on, there is less time (ms) than this. */
const PAUSE = 250;

/**
 * Call `search` when somebody has typed in a field and types no more, at once where they have emptied it.
 *
 * @param {HTMLInputElement} field
 * @param {() => void} search
 */
export function onTyped(field, search) {
  let waiting = /** @type {number | undefined} */ (undefined);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, field.value ? PAUSE : 0);
  });
}
