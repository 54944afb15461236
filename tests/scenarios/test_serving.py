"""`kennisbot serve` from outside: what an administrator and a person at the page see of its beginning and end."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, CookieJar

from tests.browser.site import Pace, Site, serving, sync
from tests.fakes.company import LEAVE, SETTINGS

pytestmark = pytest.mark.model

QUESTION = "How many days of leave do I get?"
SHUTDOWN = "[server]\nshutdown_seconds = 3\n"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    (folder / "wiki").mkdir()
    (folder / "wiki" / "leave.md").write_text(LEAVE, "utf-8")
    (folder / "people.toml").write_text("", "utf-8")
    (folder / "kennisbot.toml").write_text(SETTINGS + SHUTDOWN, "utf-8")
    assert sync(folder) == 0
    return folder


@pytest.fixture
def site(company: Path) -> Iterator[Site]:
    with serving(company) as site:
        yield site


class Visitor:
    """Asks as the page does."""

    def __init__(self, http: ClientSession) -> None:
        self.http = http
        self.turn = secrets.token_hex(16)
        self.thread = secrets.token_hex(16)

    async def ask(self, text: str) -> None:
        async with self.http.put(f"/api/threads/{self.thread}/turns/{self.turn}", json={"text": text}) as response:
            assert response.status == 202, await response.text()

    async def events(self) -> AsyncIterator[str]:
        """Yield the kinds of events as they come, and at the end the reply as it stands in its event."""
        async with self.http.get(f"/api/turns/{self.turn}/events") as response:
            async for line in response.content:
                name, _, value = line.decode().strip().partition(": ")
                if name == "event" or "outcome" in value:
                    yield value


def visiting(site: Site) -> ClientSession:
    return ClientSession(site.url, cookie_jar=CookieJar(unsafe=True), headers={"Origin": site.url})


async def test_tools_see_that_it_is_well(site: Site) -> None:
    """What watches over it asks these two."""
    async with visiting(site) as http, http.get("/health") as health, http.get("/ready") as ready:
        assert (health.status, await health.json()) == (200, {"status": "ok"})
        parts = {"answering": "ok", "index": "ok", "storage": "ok", "sync": "ok"}
        assert (ready.status, await ready.json()) == (200, {"parts": parts})


async def test_running_answer_is_finished_before_the_end(site: Site) -> None:
    """A restart by an administrator costs nobody their answer."""
    pace = Pace(site.folder / "gates")
    async with visiting(site) as http:
        visitor = Visitor(http)
        await visitor.ask(pace.of(QUESTION))
        events = visitor.events()
        assert await anext(events) == "status"
        ending = asyncio.create_task(asyncio.to_thread(site.stop))
        pace.open(1)
        *_, reply = [event async for event in events]
        assert '"outcome": "closest"' in reply
        assert await ending == 0


async def test_answer_that_takes_too_long_ends_in_an_honest_word(site: Site) -> None:
    """Whoever waits is told; the process ends all the same, and as it should."""
    question = Pace(site.folder / "gates").of(QUESTION)
    async with visiting(site) as http:
        visitor = Visitor(http)
        await visitor.ask(question)
        events = visitor.events()
        assert await anext(events) == "status"
        ending = asyncio.create_task(asyncio.to_thread(site.stop))
        *_, reply = [event async for event in events]
        assert "I was restarted before your answer was ready" in reply
        assert await ending == 0
        with pytest.raises(ClientConnectionError):
            await http.get("/health")


async def test_what_was_said_is_there_after_a_restart(site: Site) -> None:
    """Threads outlive the process, however it ends; what it was doing is shown as what it is."""
    question = site.pace().of(QUESTION)
    async with visiting(site) as http:
        visitor = Visitor(http)
        await http.get("/")
        await visitor.ask(question)
        site.kill()
        site.start()
        async with http.get(f"/api/threads/{visitor.thread}") as response:
            [turn] = (await response.json())["thread"]["turns"]
        assert (turn["question"], turn["state"]) == (question, "interrupted")


async def test_new_document_is_found_without_a_command(site: Site) -> None:
    """The server syncs its sources itself, as soon as they change."""
    (site.folder / "wiki" / "parking.md").write_text("# Parking\n\nVisitors park at the north gate.\n", "utf-8")
    async with visiting(site) as http:
        outcome = ""
        while "north gate" not in outcome:
            visitor = Visitor(http)
            await visitor.ask("Where do visitors park?")
            *_, outcome = [event async for event in visitor.events()]
    (site.folder / "wiki" / "parking.md").unlink()
