"""Every page in every state by axe-core, at every width, in both themes; and what axe can't see.

The rules are those of WCAG 2.2 AA and axe's best practices.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.asking import TWO_QUOTES, answered, open_source
from tests.browser.chromium import PHONE, WIDE
from tests.browser.conftest import Visit
from tests.browser.focus import tab_stops
from tests.browser.site import Site
from tests.browser.states import STATES, Sites, State, sites

pytestmark = pytest.mark.browser

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
_NARROWEST: ViewportSize = {"width": 320, "height": 640}
"""What a page has to fit without scrolling sideways: WCAG 1.4.10."""

_TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
_MOVING = """
    () => document.getAnimations().filter((one) => one.playState === "running")
      .map((one) => one.animationName ?? one.transitionProperty)
"""


@pytest.fixture(scope="module")
def served(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with sites(tmp_path_factory.mktemp("states")) as served:
        served.put("sample", site)
        yield served


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state(state: State, served: Sites, visit: Visit) -> None:
    """Nothing for axe to complain of; no sideways scrolling on a small phone or with text twice as large; no motion
    for who wants none.
    """
    site = served.get(state.company)
    page = visit(site.url, viewport=PHONE if state.only else WIDE, reduced_motion="reduce")
    state.arrange(page, site)
    assert [*_violations(page, state), *_overflows(page, state), *_motion(page)] == []


def test_focus_is_seen_in_forced_colours(site: Site, visit: Visit) -> None:
    """Who lets their system choose the colours sees where they are as well."""
    page = visit(site.url, forced_colors="active")
    open_source(page, answered(page, TWO_QUOTES))
    assert [name for name, is_seen in tab_stops(page) if not is_seen] == []


def _violations(page: Page, state: State) -> Iterator[str]:
    for viewport in [PHONE] if state.only else [WIDE, PHONE]:
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for violation in Axe().run(page, options=_RULES).response["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"]]
                yield f"{viewport['width']} {scheme} {violation['id']}: {violation['help']}: {nodes}"


def _overflows(page: Page, state: State) -> Iterator[str]:
    page.set_viewport_size(_NARROWEST)
    if too_wide := page.evaluate(_TOO_WIDE):
        yield f"{too_wide} px too wide for {_NARROWEST['width']} px"
    if state.only:
        return
    page.set_viewport_size(WIDE)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    if too_wide := page.evaluate(_TOO_WIDE):
        yield f"{too_wide} px too wide with text of 200 %"


def _motion(page: Page) -> Iterator[str]:
    for name in page.evaluate(_MOVING):
        yield f"{name} moves"
