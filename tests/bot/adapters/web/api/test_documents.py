"""The document behind a source, for who may read it."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.web.document_view import LONGEST
from bot.adapters.web.settings import WebSettings
from bot.errors import StorageUnavailable
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
        "cut": False,
    }  # fmt: skip


async def test_other_document_with_the_same_text(browser: Browser, house: House) -> None:
    """It opens at the passage too, wherever in it that is; its address is its own."""
    turn = await browser.asked("hello")
    house.index.markdown = "# Other heading\n\nCall in before nine.\n"
    document = await browser.json(f"/api/turns/{turn}/citations/1/also/1")
    assert '<mark class="passage" id="passage">Call in before nine.</mark>' in document["html"]
    assert (document["found"], document["place"]) == (True, None)
    assert document["url"] == "https://wiki.example.com/book"


async def test_newest_version_of_a_source(browser: Browser) -> None:
    """It opens at its beginning: what is quoted of the older one need not be in it."""
    document = await browser.json(f"/api/turns/{await browser.asked('hello')}/citations/1/newer")
    assert (document["found"], document["place"], '<mark class="passage"' in document["html"]) == (True, None, False)


async def test_document_that_has_changed(browser: Browser, house: House) -> None:
    """It is shown as it is now, and says that the passage is not in it."""
    turn = await browser.asked("hello")
    house.index.markdown = "Something else."
    document = await browser.json(f"/api/turns/{turn}/citations/1")
    assert document["found"] is False
    assert "Something else." in document["html"]


async def test_passage_is_shown_in_the_section_that_was_cited(browser: Browser, house: House) -> None:
    """The same sentence under another heading is not what was quoted."""
    turn = await browser.asked("hello")
    house.index.markdown = "# Leave\n\nCall in before nine.\n\n# Sick\n\nCall in before nine.\n"
    document = await browser.json(f"/api/turns/{turn}/citations/1")
    assert document["html"].endswith(
        '<h3>Sick</h3>\n<p><mark class="passage" id="passage">Call in before nine.</mark></p>\n'
    )


@pytest.mark.parametrize("path", ["citations/1", "nearest/1"])
async def test_document_that_is_too_long_says_so(browser: Browser, house: House, path: str) -> None:
    """Whoever looks for the rest of it knows that it is not there."""
    turn = await browser.asked("hello")
    house.index.markdown = "Filler words here.\n\n" * (LONGEST // 10)
    assert (await browser.json(f"/api/turns/{turn}/{path}"))["cut"] is True


async def test_sources_of_a_reply_that_was_not_kept(
    browser: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the page can be opened from it; in no other's."""

    async def record(*_: object) -> None:
        raise StorageUnavailable("the disk is full", "Free some space.")

    monkeypatch.setattr(house.threads, "record", record)
    turn = await browser.asked("hello")
    assert (await browser.json(f"/api/turns/{turn}/citations/1"))["found"] is True
    assert (await browser.json(f"/api/turns/{turn}/nearest/1"))["title"] == "Leave"
    async with Browser(house.url) as other:
        assert (await other.json(f"/api/turns/{turn}/citations/1", 404))["error"] == "not_found"


@pytest.mark.parametrize(("language", "name"), [("en", "Table"), ("nl", "Tabel")])
async def test_tables_are_named_in_the_visitors_language(
    browser: Browser, house: House, language: str, name: str
) -> None:
    """In documents and in replies: whoever can't see one hears what they came to."""
    await browser.put("/api/preferences", {"language": language})
    turn = await browser.asked("this:\n\n| a |\n| --- |\n| b |")
    house.index.markdown = "| a |\n| --- |\n| b |"
    document = await browser.json(f"/api/turns/{turn}/citations/1")
    [(_, _, reply)] = [event async for event in browser.events(turn)]
    for html in (document["html"], reply["turn"]["reply"]["html"]):
        assert f'aria-label="{name}"' in html


async def test_document_that_may_help(browser: Browser) -> None:
    """It opens at its beginning; there is no passage to miss."""
    turn = await browser.asked("hello")
    document = await browser.json(f"/api/turns/{turn}/nearest/1")
    assert (document["found"], document["place"]) == (True, None)
    assert document["url"] == "https://wiki.example.com/leave"


@pytest.mark.parametrize(("path", "error"), [
    ("citations/2", "document"), ("citations/9", "not_found"), ("nearest/2", "document"), ("nearest/0", "not_found"),
    ("nearest/9", "not_found"), ("citations/1/also/2", "document"), ("citations/1/also/0", "not_found"),
    ("citations/1/also/9", "not_found"), ("citations/9/also/1", "not_found"), ("citations/2/newer", "not_found"),
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


@pytest.mark.parametrize(("path", "view"), [
    ("citations/1", "cited_document_view"), ("nearest/1", "whole_document_view"),
])  # fmt: skip
async def test_others_are_answered_while_a_long_document_is_made_ready(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, path: str, view: str
) -> None:
    """However long that takes."""
    begun, others_answered = threading.Event(), threading.Event()

    def slow(*_: Any) -> dict[str, bool]:  # noqa: ANN401 - what the view is made of
        begun.set()
        return {"answered": others_answered.wait(10)}

    turn = await browser.asked("hello")
    monkeypatch.setattr(f"bot.adapters.web.api.documents.{view}", slow)
    reading = asyncio.create_task(browser.json(f"/api/turns/{turn}/{path}"))
    await asyncio.to_thread(begun.wait, 10)
    await browser.json("/health")
    others_answered.set()
    assert await reading == {"answered": True}
