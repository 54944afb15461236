"""The list of threads, and one of them."""

import asyncio

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
