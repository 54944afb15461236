"""What an administrator sees of the index."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.web.document_view import LONGEST
from bot.adapters.web.settings import WebSettings
from tests.fakes.web import ADMIN_TOKEN, OPEN, Browser, House, IndexDown, Plan, built, read_events


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with built(tmp_path, Plan(web=WebSettings.model_validate({"admin_token": ADMIN_TOKEN}))) as house:
        yield house


@pytest.fixture
async def admin(house: House) -> AsyncIterator[Browser]:
    async with Browser(house.url) as browser:
        await browser.http.post("/sign-in", data={"token": ADMIN_TOKEN})
        yield browser


async def test_sources(admin: Browser) -> None:
    """All that is known of each, with the moment of its last sync."""
    [source] = (await admin.json("/api/knowledge/sources"))["sources"]
    assert source == {
        "name": "wiki", "documents": 60, "chunks": 120, "failing": 1, "stale": 0, "unreadable": 0,
        "synced_at": "2026-01-31T09:00:00+00:00", "reason": "", "remedy": "", "every": "15m",
    }  # fmt: skip


async def test_documents_come_by_fifty(admin: Browser, house: House) -> None:
    """The next ones after the last; the page knows whether there are any."""
    first = await admin.json("/api/knowledge/sources/wiki/documents?state=stale&search=doc")
    assert (len(first["documents"]), first["more"]) == (50, True)
    rest = await admin.json(f"/api/knowledge/sources/wiki/documents?after={first['documents'][-1]['id']}")
    assert (len(rest["documents"]), rest["more"]) == (10, False)
    assert house.administration.asked == [("stale", "doc", "", 51), ("all", "", "doc49", 51)]


async def test_failing(admin: Browser) -> None:
    """With why, what to do, and since when."""
    said = await admin.json("/api/knowledge/sources/wiki/failing")
    assert said["failing"] == [
        {
            "id": "broken.pdf",
            "reason": "is damaged",
            "remedy": "Save it again.",
            "since": "2026-01-31T09:00:00+00:00",
        }
    ]


async def test_document_and_its_chunks(admin: Browser) -> None:
    """The text as it is shown, and the pieces that are searched."""
    said = await admin.json(f"/api/knowledge/document?id={OPEN}")
    assert (said["document"]["id"], said["document"]["title"]) == (OPEN, "Leave")
    assert said["document"]["readers"] == ["everyone", "hr"]
    assert "markdown" not in said["document"]
    assert "Call in before nine." in said["html"]
    assert said["cut"] is False
    assert said["chunks"] == [{"number": 1, "section": "Sick", "place": "page 3", "text": "Call in before nine."}]


async def test_document_that_is_not_indexed(admin: Browser) -> None:
    """An administrator may read everything: it is said of the index, and not of rights."""
    said = await admin.json("/api/knowledge/document?id=nothing", 404)
    assert said["message"].startswith("This document is not in the index (any more).")


async def test_document_that_is_too_long_says_so(admin: Browser, house: House) -> None:
    """Whoever looks for the rest of it knows that it is not there."""
    house.index.markdown = "Filler words here.\n\n" * (LONGEST // 10)
    assert (await admin.json(f"/api/knowledge/document?id={OPEN}"))["cut"] is True


@pytest.mark.parametrize(("path", "status", "error"), [
    ("sources/nothing/documents", 404, "not_found"), ("sources/nothing/failing", 404, "not_found"),
    ("sources/wiki/documents?state=odd", 400, "invalid"), ("document?id=nothing", 404, "document"),
    ("document", 404, "document"),
])  # fmt: skip
async def test_what_is_not_there(admin: Browser, path: str, status: int, error: str) -> None:
    """It is said so."""
    assert (await admin.json(f"/api/knowledge/{path}", status))["error"] == error


async def test_sync(admin: Browser, house: House) -> None:
    """A source is synced that is there."""
    assert (await admin.http.post("/api/knowledge/sources/wiki/sync")).status == 202
    assert (await admin.http.post("/api/knowledge/sources/nothing/sync")).status == 404
    assert house.administration.synced == ["wiki"]


async def test_sync_is_followed(admin: Browser, house: House) -> None:
    """The state of now at once, also for who was here before a restart, and then each change."""
    headers = {"Last-Event-ID": "4711"}
    async with admin.http.get("/api/knowledge/events", headers=headers) as response:
        events = read_events(response)
        assert await anext(events) == (
            "sync", 1, {"number": 1, "source": "", "done": None, "total": None, "waiting": [], "news": []},
        )  # fmt: skip
        house.administration.goes_on()
        kind, number, state = await anext(events)
        assert (kind, number, state["source"], state["done"], state["waiting"]) == ("sync", 2, "wiki", 3, ["hr"])
        [news] = state["news"]
        assert news["at"] == "2026-01-31T09:00:00+00:00"


async def test_index_that_is_down(admin: Browser, house: House) -> None:
    """The page is there and says so; its requests too."""
    house.index.fails = IndexDown("locked")
    assert (await admin.json("/api/knowledge/sources", 503))["error"] == "knowledge"
    data = await admin.data("/knowledge")
    assert data["sources"] is None
