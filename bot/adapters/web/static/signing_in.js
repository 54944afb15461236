// The way to the page to sign in, and back.

/** Return the address of the page to sign in, which leads back to this one. */
export function signInAddress() {
  return `/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`;
}
