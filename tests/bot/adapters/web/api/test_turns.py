"""Asking, following, stopping and rating, as the page does it."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.web.settings import WebSettings
from bot.adapters.web.turn_log import MOST_RUNNING
from bot.errors import StorageUnavailable
from bot.models import Outcome
from tests.fakes.web import ADMIN_TOKEN, Browser, House, Plan, built, new_id, read_events

FEEDBACK = {"helpful": False, "reason": "outdated", "comment": "It is 2026."}


async def state(browser: Browser, thread: str) -> list[str]:
    return [turn["state"] for turn in (await browser.json(f"/api/threads/{thread}"))["thread"]["turns"]]


async def test_question_begins_a_thread(browser: Browser) -> None:
    """The page gets both at once, in the form that it shows them in."""
    thread, turn = new_id(), new_id()
    status, said = await browser.ask("  wait: how many days?\n", thread, turn)
    assert status == 202
    assert said["thread"]["title"] == "wait: how many days?"
    assert said["thread"]["id"] == thread
    asked_at = said["turn"].pop("asked_at")
    assert asked_at == said["thread"]["asked_at"]
    assert asked_at.endswith("+00:00")
    assert said["turn"] == {
        "id": turn, "question": "wait: how many days?", "state": "running", "reply": None, "feedback": None,
    }  # fmt: skip


async def test_reply_is_all_that_the_page_shows(browser: Browser) -> None:
    """Rendered, with sources and what may help; only addresses of the web are links."""
    turn = await browser.asked("hello")
    [(kind, _, data)] = [event async for event in browser.events(turn)]
    assert (kind, data["turn"]["state"]) == ("reply", "done")
    reply = data["turn"]["reply"]
    assert reply["outcome"] == "answered"
    assert '<button type="button" class="marker" data-citation="1"' in reply["html"]
    assert reply["markdown"].startswith("Call in. [1]")
    leave, salaries = reply["citations"]
    assert leave["place"] == {"kind": "page", "number": 3}
    assert leave["url"] == leave["address"] == "https://wiki.example.com/leave#sick"
    assert (salaries["url"], salaries["address"], salaries["place"]) == (None, "file:///hr/salaries.md", None)
    assert [(link["number"], link["title"], link["url"], link["opens"]) for link in leave["also_at"]] == [
        (1, "Handbook", "https://wiki.example.com/book", True),
        (2, "Board", None, True),
    ]
    assert (leave["superseded_by"]["title"], leave["superseded_by"]["opens"]) == ("Leave 2026", True)
    assert (salaries["also_at"], salaries["superseded_by"]) == ([], None)
    assert [(link["number"], link["url"], link["opens"]) for link in reply["nearest"]] == [
        (1, "https://wiki.example.com/expenses", True),
        (2, None, False),
    ]
    assert (reply["suggested_prompts"], reply["notices"]) == (["And then?"], ["Quotes only."])


async def test_two_pages_follow_one_turn(browser: Browser, house: House) -> None:
    """Both show what there is so far, and the same reply; no marker leads anywhere before."""
    turn = new_id()
    await browser.ask("wait", new_id(), turn)
    await house.mind.waiting.wait()
    readers = [browser.events(turn), browser.events(turn)]
    for reader in readers:
        kind, _, data = await anext(reader)
        marker = '<span class="marker">[1]</span>'
        assert (kind, data) == ("text", {"html": f"<p>half of <strong>it</strong> {marker}</p>\n"})
    house.mind.go_on.set()
    one, other = [[event async for event in reader] for reader in readers]
    assert one == other
    assert one[-1][0] == "reply"


async def test_page_that_comes_back_gets_what_it_missed(browser: Browser, house: House) -> None:
    """Not again what it has shown, and not each step in between."""
    turn = new_id()
    await browser.ask("wait", new_id(), turn)
    await house.mind.waiting.wait()
    _, number, _ = await anext(browser.events(turn))
    coming_back = asyncio.ensure_future(anext(browser.events(turn, str(number))))
    house.mind.go_on.set()
    kind, later, _ = await coming_back
    assert kind == "reply"
    assert later == number + 1
    async with browser.http.get(f"/api/turns/{turn}/events?after={number}") as response:
        assert [kind async for kind, _, _ in read_events(response)] == ["reply"]


async def test_reload_in_the_middle(browser: Browser, house: House) -> None:
    """The thread shows the turn as running; its stream goes on to the reply."""
    thread, turn = new_id(), new_id()
    await browser.ask("wait", thread, turn)
    await house.mind.waiting.wait()
    assert await state(browser, thread) == ["running"]
    house.mind.go_on.set()
    assert [kind async for kind, _, _ in browser.events(turn)][-1] == "reply"
    assert await state(browser, thread) == ["done"]


async def test_lost_connection_is_no_second_question(browser: Browser, house: House) -> None:
    """The same PUT again gives the same turn, running or done."""
    thread, turn = new_id(), new_id()
    first = await browser.ask("wait", thread, turn)
    assert await browser.ask("wait", thread, turn) == first
    await house.mind.waiting.wait()
    house.mind.go_on.set()
    await house.turns.finish()
    status, said = await browser.ask("wait", thread, turn)
    assert (status, said["turn"]["state"]) == (202, "done")
    assert house.mind.questions == ["wait"]


async def test_stop(browser: Browser, house: House) -> None:
    """The turn ends in an honest word, also where it is asked twice, and stays so."""
    thread, turn = new_id(), new_id()
    await browser.ask("wait", thread, turn)
    await house.mind.waiting.wait()
    for _ in range(2):
        async with browser.http.post(f"/api/turns/{turn}/stop") as response:
            assert response.status == 202
    ends = [data async for kind, _, data in browser.events(turn) if kind == "reply"]
    assert [end["turn"]["reply"]["outcome"] for end in ends] == [Outcome.STOPPED]
    assert await state(browser, thread) == ["done"]


async def test_failure_is_a_reply(browser: Browser) -> None:
    """Whoever asked hears of it on the page, in the page's language."""
    turn = await browser.asked("fail")
    [(_, _, data)] = [event async for event in browser.events(turn)]
    assert data["turn"]["reply"]["outcome"] == "failed"
    assert "on purpose" not in str(data)


async def test_busy_and_too_many(browser: Browser) -> None:
    """Each says what to do, in so many words."""
    thread = new_id()
    await browser.ask("wait", thread)
    status, said = await browser.ask("another", thread)
    assert (status, said["error"]) == (409, "busy")
    for _ in range(MOST_RUNNING - 1):
        await browser.ask("wait")
    status, said = await browser.ask("one more")
    assert (status, said["error"]) == (429, "too_many")
    assert said["message"].startswith("I am working on five")


async def test_dutch_visitor_is_told_in_dutch(house: House) -> None:
    """The language is the browser's until one is chosen."""
    async with Browser(house.url, "nl-BE,nl;q=0.9,en;q=0.5") as browser:
        _, said = await browser.ask("a" * 4_001)
        assert said["message"].startswith("Je vraag is te lang")


async def test_question_of_4000_characters_is_taken(browser: Browser) -> None:
    """The limit is what the page says it is, whatever the characters."""
    status, _ = await browser.ask("é" * 4_000)
    assert status == 202


async def test_server_that_stops_takes_nothing_in(browser: Browser, house: House) -> None:
    """It says so; what runs is followed to its reply."""
    turn = new_id()
    await browser.ask("wait", new_id(), turn)
    await house.mind.waiting.wait()
    following = browser.events(turn)
    await anext(following)
    await house.adapter.stop()
    status, said = await browser.ask("another")
    assert (status, said["error"]) == (503, "stopping")
    house.mind.go_on.set()
    assert [kind async for kind, _, _ in following] == ["reply"]


async def test_server_that_stops_does_not_wait_for_ever(browser: Browser, house: House) -> None:
    """What is not done then ends in an honest reply, which is kept."""
    thread, turn = new_id(), new_id()
    await browser.ask("wait", thread, turn)
    await house.mind.waiting.wait()
    await house.turns.finish(within=0)
    [(_, _, data)] = [event async for event in browser.events(turn)]
    assert data["turn"]["reply"]["outcome"] == "failed"
    assert "restarted" in data["turn"]["reply"]["html"]


async def test_turn_of_a_server_that_was_killed(tmp_path: Path) -> None:
    """It shows as interrupted, in the thread and on its stream; a new question is taken."""
    thread, turn = new_id(), new_id()
    async with built(tmp_path) as house, Browser(house.url) as browser:
        await browser.page("/")
        [cookie] = browser.http.cookie_jar
        owner = await _owner(house, browser)
        await house.threads.ask(owner, thread, turn, "hello")
    async with built(tmp_path) as house, Browser(house.url) as browser:
        browser.http.cookie_jar.update_cookies({cookie.key: cookie.value})
        assert await state(browser, thread) == ["interrupted"]
        [(kind, _, data)] = [event async for event in browser.events(turn)]
        assert (kind, data["turn"]["state"]) == ("reply", "interrupted")
        status, _ = await browser.ask("hello again", thread)
        assert status == 202


async def _owner(house: House, browser: Browser) -> str:
    await browser.asked("who am I")
    return house.mind.contexts[-1].message.conversation.channel_id


async def test_database_that_can_not_be_written(
    browser: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question is not taken; the message has a reference, the log the reason."""

    async def fail(*_: object) -> None:
        raise StorageUnavailable("the database /srv/bot.sqlite can't grow, as its disk is full", "Make room.")

    monkeypatch.setattr(house.threads, "ask", fail)
    status, said = await browser.ask("hello")
    assert (status, said["error"]) == (503, "storage")
    assert "Nothing is lost" in said["message"]
    assert "/srv" not in said["message"]


async def test_reply_that_can_not_be_kept_is_shown(
    browser: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for it is not left without, also after a reload."""

    async def fail(*_: object) -> None:
        raise StorageUnavailable("The disk is full", "Make room.")

    monkeypatch.setattr(house.threads, "record", fail)
    thread = new_id()
    await browser.asked("hello", thread)
    assert await state(browser, thread) == ["done"]


async def test_feedback(browser: Browser) -> None:
    """It is kept, changed and withdrawn."""
    thread = new_id()
    path = f"/api/turns/{await browser.asked('hello', thread)}/feedback"
    for said in (FEEDBACK, {"helpful": True, "reason": "", "comment": ""}):
        assert (await browser.put(path, said)).status == 204
        [turn] = (await browser.json(f"/api/threads/{thread}"))["thread"]["turns"]
        assert turn["feedback"] == said
    assert (await browser.http.delete(path)).status == 204
    [turn] = (await browser.json(f"/api/threads/{thread}"))["thread"]["turns"]
    assert turn["feedback"] is None


@pytest.mark.parametrize("said", [{}, {"helpful": "yes"}, {"helpful": 1}, FEEDBACK | {"reason": "ugly"}])
async def test_feedback_that_is_none(browser: Browser, said: dict[str, object]) -> None:
    """It is refused, and nothing is kept."""
    path = f"/api/turns/{await browser.asked('hello')}/feedback"
    assert (await browser.put(path, said)).status == 400


async def test_feedback_on_what_has_no_answer(browser: Browser) -> None:
    """There is nothing to think of yet."""
    turn = new_id()
    await browser.ask("wait", new_id(), turn)
    assert (await browser.put(f"/api/turns/{turn}/feedback", FEEDBACK)).status == 404


@pytest.mark.parametrize("path", ["events", "citations/1", "nearest/1"])
async def test_turn_that_is_not_there(browser: Browser, path: str) -> None:
    """It is as another's."""
    said = await browser.json(f"/api/turns/{new_id()}/{path}", 404)
    assert said["error"] == "not_found"


async def test_reader_that_takes_nothing(tmp_path: Path) -> None:
    """It is cut off, and its place is free again; the turn goes on to its reply."""
    async with built(tmp_path, Plan(write_seconds=0.05)) as house, Browser(house.url) as browser:
        thread, turn = new_id(), new_id()
        await browser.ask("long", thread, turn)
        await house.turns.finish()
        [cookie] = browser.http.cookie_jar
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port, limit=1)
        path = f"GET /api/turns/{turn}/events HTTP/1.1\r\n"
        writer.write(f"{path}Host: 127.0.0.1\r\nCookie: {cookie.key}={cookie.value}\r\n\r\n".encode())
        await reader.readexactly(1)
        while house.streams.count:  # noqa: ASYNC110 - nothing is told when it is cut off
            await asyncio.sleep(0.01)
        writer.transport.abort()
        assert await state(browser, thread) == ["done"]


async def test_reader_that_left(tmp_path: Path) -> None:
    """Its place is free again at the next sign of life."""
    async with built(tmp_path, Plan(heartbeat_seconds=0.01)) as house, Browser(house.url) as browser:
        turn = new_id()
        await browser.ask("wait", new_id(), turn)
        response = await browser.http.get(f"/api/turns/{turn}/events")
        assert house.streams.count == 1
        response.close()
        while house.streams.count:  # noqa: ASYNC110 - nothing is told when it is given up
            await asyncio.sleep(0.01)


async def test_stream_shows_that_it_lives(tmp_path: Path) -> None:
    """A proxy in between does not take it for dead; the page does not see these."""
    async with built(tmp_path, Plan(heartbeat_seconds=0.01)) as house, Browser(house.url) as browser:
        turn = new_id()
        await browser.ask("wait", new_id(), turn)
        async with browser.http.get(f"/api/turns/{turn}/events") as response:
            assert response.headers["Content-Type"] == "text/event-stream"
            assert await response.content.readline() == b"retry: 1000\n"
            while await response.content.readline() != b": \n":
                pass


async def test_administrator_may_ask_too(tmp_path: Path) -> None:
    """The two tokens are apart: with the other one, one is who one was."""
    plan = Plan(web=WebSettings.model_validate({"admin_token": ADMIN_TOKEN}))
    async with built(tmp_path, plan) as house, Browser(house.url) as browser:
        thread = new_id()
        await browser.asked("hello", thread)
        await browser.http.post("/sign-in", data={"token": ADMIN_TOKEN})
        assert await state(browser, thread) == ["done"]
