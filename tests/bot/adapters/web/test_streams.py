"""Streams, seen from their end; the rest is told where they are used."""

from pathlib import Path

from bot.adapters.web.settings import WebSettings
from tests.fakes.web import ADMIN_TOKEN, Browser, Plan, built, new_id, read_events

ADMIN = Plan(web=WebSettings.model_validate({"admin_token": ADMIN_TOKEN}))


async def test_stream_without_end_ends_with_the_server(tmp_path: Path) -> None:
    """The page comes back by itself when there is a server again."""
    async with built(tmp_path, ADMIN) as house:
        browser = Browser(house.url)
        await browser.http.post("/sign-in", data={"token": ADMIN_TOKEN})
        events = read_events(await browser.http.get("/api/knowledge/events"))
        await anext(events)
    assert [event async for event in events] == []
    await browser.http.close()


async def test_last_news_are_sent_when_the_server_stops(tmp_path: Path) -> None:
    """Whoever waits for an answer that comes just then still gets it."""
    async with built(tmp_path) as house, Browser(house.url) as browser:
        turn = new_id()
        await browser.ask("wait", new_id(), turn)
        await house.mind.waiting.wait()
        events = browser.events(turn)
        await anext(events)
        house.mind.go_on.set()
        await house.turns.finish(within=60)
        await house.streams.stop()
        assert [kind async for kind, _, _ in events] == ["reply"]


async def test_stream_that_fails_ends(tmp_path: Path) -> None:
    """The error is in the log; the reader, who has had a part, is not told more."""
    async with built(tmp_path, ADMIN) as house, Browser(house.url) as browser:
        await browser.http.post("/sign-in", data={"token": ADMIN_TOKEN})
        house.administration.state = None  # type: ignore[assignment]  # what makes it fail
        async with browser.http.get("/api/knowledge/events") as response:
            assert [event async for event in read_events(response)] == []
