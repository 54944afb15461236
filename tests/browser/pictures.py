"""`python -m tests.browser.pictures FOLDER [STATE…]`: a picture of each page in each state, in both themes and widths.

They are named state-theme-width.png; the states are those of `tests.browser.states`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.chromium import PHONE, WIDE, installed, launched
from tests.browser.states import STATES, Sites, State, sites

_WIDTHS: dict[str, ViewportSize] = {"wide": WIDE, "phone": PHONE}
_THEMES = ("light", "dark")


def main() -> int:
    """Make them, and say where each is."""
    arguments = _arguments()
    if installed() is None:
        sys.exit("No Chromium is installed; on Debian: apt-get install chromium")
    states = [state for state in STATES if not arguments.states or state.name in arguments.states]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sites(Path(folder)) as served, launched() as browser:
        for picture in _pictures(browser, served, states, arguments.folder):
            print(picture)  # noqa: T201 - what it is for
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("states", nargs="*", choices=[[], *(state.name for state in STATES)], metavar="state")
    return parser.parse_args()


def _pictures(browser: Browser, served: Sites, states: Sequence[State], folder: Path) -> Iterator[Path]:
    for state in states:
        for width, viewport in _WIDTHS.items():
            if state.only in ("", width):
                yield from _taken(browser, served, state, folder / f"{state.name}-{{}}-{width}.png", viewport)


def _taken(browser: Browser, served: Sites, state: State, name: Path, viewport: ViewportSize) -> Iterator[Path]:
    site = served.get(state.company)
    context = browser.new_context(locale="nl-NL", viewport=viewport, reduced_motion="reduce", device_scale_factor=2)
    page = context.new_page()
    page.goto(site.url)
    state.arrange(page, site)
    for theme in _THEMES:
        yield _shot(page, theme, Path(str(name).format(theme)))
    context.close()


def _shot(page: Page, theme: str, path: Path) -> Path:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of its words
    page.screenshot(path=path, animations="disabled", caret="hide")
    return path


if __name__ == "__main__":
    raise SystemExit(main())
