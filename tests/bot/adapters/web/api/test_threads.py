"""The list of threads, and one of them."""

import asyncio
import threading
from typing import Any

import pytest

from tests.fakes.web import Browser, House, new_id


async def titles(browser: Browser, search: str = "") -> list[str]:
    async with browser.http.get("/api/threads", params={"search": search}) as response:
        return [thread["title"] for thread in (await response.json())["threads"]]


async def test_latest_first(browser: Browser) -> None:
    """A thread that is gone on with comes to the top."""
    first, second = new_id(), new_id()
    await browser.asked("one", first)
    await browser.asked("two", second)
    assert await titles(browser) == ["two", "one"]
    await browser.asked("and one more", first)
    assert await titles(browser) == ["one", "two"]


async def test_search(browser: Browser) -> None:
    """In questions and answers, with what people type as it is."""
    await browser.asked("Where is the café?")
    await browser.asked("100% sure")
    assert await titles(browser, "CAFE") == ["Where is the café?"]
    assert await titles(browser, "%") == ["100% sure"]
    assert await titles(browser, "nowhere") == []


async def test_thread_shows_its_turns_in_order(browser: Browser) -> None:
    """As they were asked."""
    thread = new_id()
    for text in ("one", "two"):
        await browser.asked(text, thread)
    shown = (await browser.json(f"/api/threads/{thread}"))["thread"]
    assert [turn["question"] for turn in shown["turns"]] == ["one", "two"]
    assert shown["title"] == "one"


async def test_delete(browser: Browser) -> None:
    """It is gone, and a second time there is nothing."""
    thread = new_id()
    await browser.asked("one", thread)
    assert (await browser.http.delete(f"/api/threads/{thread}")).status == 204
    assert (await browser.http.delete(f"/api/threads/{thread}")).status == 404
    assert await titles(browser) == []
    assert (await browser.json(f"/api/threads/{thread}", 404))["error"] == "not_found"


async def test_delete_stops_what_runs(browser: Browser, house: House) -> None:
    """Nobody waits for its answer, and none comes back later."""
    thread = new_id()
    await browser.ask("wait", thread)
    await house.mind.waiting.wait()
    assert (await browser.http.delete(f"/api/threads/{thread}")).status == 204
    await asyncio.wait_for(house.turns.finish(), 60)
    assert await titles(browser) == []


async def test_others_are_answered_while_a_long_thread_is_made_ready(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long that takes."""
    begun, others_answered = threading.Event(), threading.Event()

    def slow(*_: Any) -> bool:  # noqa: ANN401 - what the view is made of
        begun.set()
        return others_answered.wait(10)

    thread = new_id()
    await browser.asked("one", thread)
    monkeypatch.setattr("bot.adapters.web.api.threads.turn_view", slow)
    reading = asyncio.create_task(browser.json(f"/api/threads/{thread}"))
    await asyncio.to_thread(begun.wait, 10)
    await browser.json("/health")
    others_answered.set()
    assert (await reading)["thread"]["turns"] == [True]
