// The one place where a string becomes markup: HTML that our server made and sanitized.

/** @type {{createHTML(html: string): any}} */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy("kennisbot", {
  createHTML: (/** @type {string} */ html) => html,
}) ?? { createHTML: (html) => html };

/**
 * Replace all that is in a node by HTML from our server; never by anything else.
 *
 * @param {Element} node
 * @param {string} html
 */
export function setSafeHtml(node, html) {
  node.innerHTML = policy.createHTML(html);
}
