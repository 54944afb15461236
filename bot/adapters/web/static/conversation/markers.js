// The [1] in an answer: shows which card it means, and opens that document.

/** @param {Event} event @returns {HTMLElement | null} */
function markerOf(event) {
  return /** @type {Element} */ (event.target).closest(".marker");
}

/** @param {Element} message @param {HTMLElement | null} marker */
function highlight(message, marker) {
  for (const card of message.querySelectorAll(".source")) {
    card.classList.toggle("meant", card.getAttribute("data-number") === marker?.dataset.citation);
  }
}

/**
 * Let an answer's markers point at the cards in the same message.
 *
 * @param {Element} message
 * @param {(number: string, marker: HTMLElement) => void} open
 */
export function watchMarkers(message, open) {
  const point = (/** @type {Event} */ event) => highlight(message, markerOf(event));
  const release = () => highlight(message, null);
  for (const name of ["pointerover", "focusin"]) message.addEventListener(name, point);
  for (const name of ["pointerleave", "focusout"]) message.addEventListener(name, release);
  message.addEventListener("click", (event) => {
    const marker = markerOf(event);
    if (marker) open(marker.dataset.citation ?? "", marker);
  });
}
