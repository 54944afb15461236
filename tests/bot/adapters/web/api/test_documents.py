"""The document behind a source, for who may read it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.web.settings import WebSettings
from tests.fakes.web import SANNE, Browser, House, IndexDown, Plan, built


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with built(tmp_path, Plan(web=WebSettings(demo=True))) as house:
        yield house


async def test_source_opens_at_its_passage(browser: Browser) -> None:
    """With what is quoted marked, and what there is to know of the document."""
    document = await browser.json(f"/api/turns/{await browser.asked('hello')}/citations/1")
    assert '<mark class="passage" id="passage">Call in before nine.</mark>' in document.pop("html")
    assert document == {
        "title": "Leave", "source": "wiki", "owner": "hr", "updated_at": "2025-03-01", "stale_since": None,
        "language": "en", "url": "https://wiki.example.com/leave#sick",
        "address": "https://wiki.example.com/leave#sick", "place": {"kind": "page", "number": 3}, "found": True,
    }  # fmt: skip


async def test_document_that_has_changed(browser: Browser, house: House) -> None:
    """It is shown as it is now, and says that the passage is not in it."""
    turn = await browser.asked("hello")
    house.index.markdown = "Something else."
    document = await browser.json(f"/api/turns/{turn}/citations/1")
    assert document["found"] is False
    assert "Something else." in document["html"]


async def test_document_that_may_help(browser: Browser) -> None:
    """It opens at its beginning; there is no passage to miss."""
    turn = await browser.asked("hello")
    document = await browser.json(f"/api/turns/{turn}/nearest/1")
    assert (document["found"], document["place"]) == (True, None)
    assert document["url"] == "https://wiki.example.com/leave"


@pytest.mark.parametrize(("path", "error"), [
    ("citations/2", "document"), ("citations/9", "not_found"), ("nearest/2", "document"), ("nearest/0", "not_found"),
    ("nearest/9", "not_found"),
])  # fmt: skip
async def test_what_can_not_be_opened(browser: Browser, path: str, error: str) -> None:
    """What one may not read (any more) and what is not there are told apart only where the answer named it."""
    turn = await browser.asked("hello")
    assert (await browser.json(f"/api/turns/{turn}/{path}", 404))["error"] == error


async def test_rights_are_those_of_now(browser: Browser, house: House) -> None:
    """Who is in HR opens its document, and no longer when they have left it."""
    await browser.put("/api/person", {"email": SANNE.email})
    turn = await browser.asked("hello")
    await browser.json(f"/api/turns/{turn}/citations/2")
    del house.directory.people[SANNE.email]
    assert (await browser.json(f"/api/turns/{turn}/citations/2", 404))["error"] == "document"


async def test_index_that_is_down(browser: Browser, house: House) -> None:
    """The page says so, and that it may pass."""
    turn = await browser.asked("hello")
    house.index.fails = IndexDown("/srv/index.sqlite is locked")
    said = await browser.json(f"/api/turns/{turn}/citations/1", 503)
    assert said["error"] == "knowledge"
    assert "/srv" not in said["message"]
