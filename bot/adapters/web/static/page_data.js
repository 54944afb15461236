// What the server put into the page for its first paint.

/** @type {any} */
export const pageData = JSON.parse(document.getElementById("data")?.textContent || "{}");
