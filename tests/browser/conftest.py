"""A browser, sites to look at with it, and visitors who are somebody new each time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import WIDE, installed, launched
from tests.browser.company import WELL, company
from tests.browser.site import Site, copied, indexed_sample, serving

_PATIENCE = 15_000
"""Milliseconds that a page may take for anything on a busy machine; none are spent where it comes at once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests out where there is no browser, and say so."""
    if installed() is None:
        missing = pytest.mark.skip(reason="no Chromium is installed; on Debian: apt-get install chromium")
        for item in items:
            if "browser" in item.keywords:
                item.add_marker(missing)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its index; copy it to change it."""
    return indexed_sample(tmp_path_factory.mktemp("sample") / "company")


@pytest.fixture(scope="session")
def site(sample: Path) -> Iterator[Site]:
    """The sample, served for all tests that leave it as it is."""
    with serving(sample) as site:
        yield site


@pytest.fixture(scope="session")
def indexed_handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of a few documents with its index."""
    return company(tmp_path_factory.mktemp("handbook") / "company", WELL)


@pytest.fixture
def handbook(indexed_handbook: Path, tmp_path: Path) -> Iterator[Site]:
    """That company, served for one test that may do with it what it likes."""
    with serving(copied(indexed_handbook, tmp_path / "company")) as site:
        yield site


Visit = Callable[..., Page]
"""Opens an address as somebody new; what is named beside it is for the browser's context."""


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open pages; what the browser complains of in any of them fails the test."""
    complaints: list[str] = []
    with ExitStack() as contexts:

        def open_page(url: str, **options: Any) -> Page:  # noqa: ANN401 - of Playwright's contexts
            context = chromium.new_context(**{"locale": "nl-NL", "viewport": WIDE, **options})
            contexts.callback(context.close)
            _listen(context, complaints)
            page = context.new_page()
            page.goto(url)
            return page

        yield open_page
    assert complaints == []


def _listen(context: BrowserContext, complaints: list[str]) -> None:
    context.set_default_timeout(_PATIENCE)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)


def _is_complaint(message: Any) -> bool:  # noqa: ANN401 - Playwright's message
    # A refused request is one that the page shows; what it shows is the tests' business.
    return message.type in ("error", "warning") and not message.text.startswith("Failed to load resource")
