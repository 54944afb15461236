"""The pages of an evaluation in a browser: by axe-core, at every width, in both themes, on hostile texts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from bot.cli.evaluation.page import write_answers_page, write_retrieval_page
from pipelines.evaluation.judgement import COMPARED
from pipelines.evaluation.metrics import MEASURES
from tests.browser.chromium import PHONE, WIDE
from tests.browser.conftest import Visit
from tests.builders.evaluation import answers_report, comparison, retrieval_result

pytestmark = pytest.mark.browser

_TIMES = {"query_ms": {"p50": 25.0, "p95": 30.0}, "queries": 6, "strictness": "careful"}
_MEASURED = {**dict.fromkeys(MEASURES, 0.5), "intervals": {name: [0.1, 0.9] for name in MEASURES}}
_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
_NARROWEST: ViewportSize = {"width": 320, "height": 640}
"""What a page has to fit without scrolling sideways: WCAG 1.4.10."""

_TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
_OUTSIDE = """
    () => [...document.querySelectorAll("svg.plot text")].filter((text) => {
      const { left, right, width } = text.getBoundingClientRect();
      return width && (left < 0 || right > document.documentElement.clientWidth);
    }).map((text) => text.textContent)
"""
_OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
_UNSEEN = """
    () => [...document.querySelectorAll("details > :not(summary)")].filter((one) => !one.checkVisibility()).length
"""


@pytest.fixture(params=["answers", "retrieval"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "report.html"
    if request.param == "answers":
        write_answers_page(path, answers_report(), _TIMES, comparison(*COMPARED))
    else:
        figures = {**_TIMES, **_MEASURED, "chunks": 12, "index_seconds": None}
        write_retrieval_page(path, retrieval_result(), figures, comparison(*MEASURES))
    return path.as_uri()


def test_page_is_accessible(address: str, visit: Visit) -> None:
    """Nothing for axe to complain of, with all there is to open opened."""
    page = visit(address)
    page.evaluate(_OPEN_ALL)
    assert list(_violations(page)) == []


def test_page_fits_every_width(address: str, visit: Visit) -> None:
    """No sideways scrolling on a small phone or with text twice as large, whatever long words there are."""
    page = visit(address)
    page.evaluate(_OPEN_ALL)
    for viewport in (WIDE, PHONE, _NARROWEST):
        page.set_viewport_size(viewport)
        assert (page.evaluate(_TOO_WIDE), page.evaluate(_OUTSIDE)) == (0, []), viewport
    page.set_viewport_size(WIDE)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(_TOO_WIDE) == 0


def test_documents_run_nothing(address: str, visit: Visit) -> None:
    """A script in a question stays text, and nothing is asked for."""
    page = visit(address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert asked == [address]
    assert "Kennisbot" in page.title()
    expect(page.get_by_text("<script>").first).to_be_visible()


def test_case_opens_by_keyboard(address: str, visit: Visit) -> None:
    """Whoever has no mouse reads the numbers of a plot as well."""
    page = visit(address)
    summary = page.get_by_text("The numbers").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.numbers[open] table").first).to_be_visible()


def test_print_shows_what_is_closed(address: str, visit: Visit) -> None:
    """Paper can't be clicked."""
    page = visit(address)
    assert page.evaluate(_UNSEEN) > 0
    page.emulate_media(media="print")
    assert page.evaluate(_UNSEEN) == 0


def _violations(page: Page) -> Iterator[str]:
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for violation in Axe().run(page, options=_RULES).response["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"]]
                yield f"{viewport['width']} {scheme} {violation['id']}: {violation['help']}: {nodes}"
