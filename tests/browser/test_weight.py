"""What a page weighs, where it comes from, and that nothing on it jumps."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.administering import sign_in
from tests.browser.asking import TWO_QUOTES, ask, complete, open_source
from tests.browser.conftest import Visit
from tests.browser.site import ADMIN_TOKEN, Site

pytestmark = pytest.mark.browser

_MOST = 150_000
"""Bytes, uncompressed, of all that a page loads: it is there at once on a slow line as well."""

_WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) {
        if (shift.hadRecentInput) continue;
        window.shifts.push([shift.value, ...shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 120))]);
      }
    }).observe({ type: "layout-shift", buffered: true });
"""


_SIZES = """
    () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      .map(({ decodedBodySize, name }) => [decodedBodySize, name])
"""


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere"])
def test_page_is_light_and_comes_from_here(site: Site, visit: Visit, path: str) -> None:
    """All that is loaded is little, and nothing of it is anybody else's."""
    page = visit(f"{site.url}/sign-in")
    _expect_light(page, f"{site.url}{path}")


def test_knowledge_page_is_light_and_comes_from_here(site: Site, visit: Visit) -> None:
    """So is the administrator's."""
    page = visit(f"{site.url}/sign-in?next=/knowledge")
    sign_in(page, ADMIN_TOKEN)
    _expect_light(page, f"{site.url}/knowledge")


def test_nothing_jumps(site: Site, visit: Visit) -> None:
    """Neither while the page is loaded nor while an answer grows: what one reads stays where it is."""
    page, pace = visit(f"{site.url}/sign-in"), site.pace()
    page.add_init_script(_WATCH_SHIFTS)
    page.goto(site.url)
    asked = ask(page, pace.of(TWO_QUOTES))
    for piece, words in enumerate(("€ 0,23 netto per kilometer", "€ 0,19 per kilometer"), 1):
        _let_input_pass(page)
        pace.open(piece)
        expect(asked.get_by_text(words)).to_be_visible()
    complete(asked)
    _let_input_pass(page)
    assert page.evaluate("window.shifts") == []


def test_growing_answer_stays_where_it_is_read(site: Site, visit: Visit) -> None:
    """Who scrolled up to read is left there while more comes."""
    page, pace = visit(site.url, viewport={"width": 1280, "height": 420}), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    first = asked.get_by_text("€ 0,23 netto per kilometer")
    expect(first).to_be_visible()
    before = first.bounding_box()
    pace.open(2)
    expect(asked.get_by_text("€ 0,19 per kilometer")).to_be_visible()
    complete(asked)
    assert first.bounding_box() == before


def test_content_security_policy_holds(site: Site, visit: Visit) -> None:
    """The page does all it does without anything that its policy forbids; it would be reported, and fail here."""
    page = visit(f"{site.url}/sign-in")
    page.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));"
    )
    response = page.goto(site.url)
    assert response
    policy = response.headers["content-security-policy"]
    for directive in ("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"):
        assert directive in policy
    asked = ask(page, TWO_QUOTES)
    complete(asked)
    open_source(page, asked)
    assert page.evaluate("window.violations") == []


def _expect_light(page: Page, url: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.goto(url, wait_until="load")
    assert asked == {urlsplit(url).netloc}
    sizes: list[tuple[int, str]] = page.evaluate(_SIZES)
    assert len(sizes) > 1
    assert sum(size for size, _ in sizes) <= _MOST, sorted(sizes)


def _let_input_pass(page: Page) -> None:
    """Wait until the browser no longer forgives a shift as the effect of a key: that is half a second."""
    page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 600))")
