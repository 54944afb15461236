"""What every response says to the browser: this is the page's own, and no other site's."""

from aiohttp import web
from multidict import CIMultiDict

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types kennisbot"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Not "no-referrer": with that, browsers send the page's own forms without an origin to check.
    "Referrer-Policy": "same-origin",
    "Server": "Kennisbot",
    "X-Content-Type-Options": "nosniff",
}


def secure(headers: CIMultiDict[str]) -> None:
    """Add what every response says; what it says itself about being cached stays."""
    headers.update(SECURITY_HEADERS)
    headers.setdefault("Cache-Control", "no-store")


async def secure_response(_: web.Request, response: web.StreamResponse) -> None:
    """Do the same for a response that is about to begin; aiohttp calls it."""
    secure(response.headers)
