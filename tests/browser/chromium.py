"""The Chromium of this machine, as the tests and the pictures start it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",  # tests run as root, in containers too
    "--disable-gpu",
    "--disable-background-networking",  # a browser of its own asks for its updates, for which there is no way
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

# Milliseconds that anything on a page may take on a busy machine; none are spent where it comes at once.
expect.set_options(timeout=15_000)


def installed() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """Run it without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
