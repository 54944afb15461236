"""The page as a chat platform: what a browser shows of it, read as the page's script does."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.refusals import Refusal
from bot.adapters.web.responder import WebResponder
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.turn_log import MOST_RUNNING, TurnLogs
from bot.errors import StorageUnavailable
from bot.models import ConversationReference, Event, Message, Outcome, Reply, UserReference
from bot.storage.database import Database
from bot.storage.threads import ThreadStore, Turn
from tests.contracts.channel_adapter import FIRST, ConversationsContract, Platform
from tests.fakes.web import NOW, Browser, House, built, new_id

SANNE = Visitor(
    "person:sanne@company.example", "sanne@company.example", "Sanne", False, "nl", "system", True, True
)  # fmt: skip


class Screen:
    """What the page shows of one turn."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.number = 0
        self.changed = asyncio.Condition()

    async def show(self, number: int, text: str) -> None:
        async with self.changed:
            self.texts.append(text)
            self.number = number
            self.changed.notify_all()

    async def shows(self, number: int) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.number >= number)


class PatientResponder:
    """Goes on when the page has shown the piece, as it does when it keeps up."""

    def __init__(self, inner: WebResponder, screen: Screen) -> None:
        self.inner = inner
        self.screen = screen
        self.written = 0
        self.is_closed = False

    async def open(self, status: str) -> str:
        opened = await self.inner.open(status)
        await self._shown()
        return opened

    async def status(self, status: str) -> None:
        await self.inner.status(status)
        await self._shown()

    async def update(self, text: str) -> None:
        await self.inner.update(text)
        await self._shown()

    async def close(self, reply: Reply) -> None:
        await self.inner.close(reply)
        if not self.is_closed:
            self.is_closed = True
            await self._shown()

    async def _shown(self) -> None:
        self.written += 1
        await self.screen.shows(self.written)


class PatientAdapter(WebAdapter):
    """The adapter, with responders that wait for the page."""

    def __init__(self, threads: ThreadStore, screens: dict[str, Screen]) -> None:
        super().__init__(threads)
        self.screens = screens

    def responder(self, message: Message) -> PatientResponder:
        inner = super().responder(message)
        assert isinstance(inner, WebResponder)
        return PatientResponder(inner, self.screens[message.id])


class Page(Platform):
    """A browser with one visitor, and a thread for each conversation."""

    def __init__(self, house: House, browser: Browser, owner: str, screens: dict[str, Screen]) -> None:
        self.house = house
        self.adapter = house.adapter
        self.browser = browser
        self.owner = owner
        self.screens = screens
        self.asked: dict[str, list[str]] = {}
        self.reading: list[asyncio.Task[None]] = []

    async def say(self, text: str, conversation: str = FIRST) -> None:
        turn = new_id()
        self.screens[turn] = Screen()
        status, _ = await self.browser.ask(text, thread(conversation), turn)
        if status == 202:
            self.asked.setdefault(conversation, []).append(turn)
            self.reading.append(asyncio.create_task(self._read(turn)))

    async def stop(self, conversation: str = FIRST) -> None:
        for turn in self.asked.get(conversation, [])[-1:]:
            await self.browser.http.post(f"/api/turns/{turn}/stop")

    def posts(self, conversation: str = FIRST) -> Sequence[Sequence[str]]:
        return [self.screens[turn].texts for turn in self.asked.get(conversation, [])]

    def reference(self, conversation: str = FIRST) -> ConversationReference:
        return ConversationReference("web", "local", self.owner, thread(conversation), is_direct=True)

    async def _read(self, turn: str) -> None:
        async for kind, number, data in self.browser.events(turn):
            await self.screens[turn].show(number, written(kind, data))


def thread(conversation: str) -> str:
    return hashlib.sha256(conversation.encode()).hexdigest()[:32]


def written(kind: str, data: dict[str, Any]) -> str:
    """Return what the page writes for an event."""
    if kind == "status":
        return str(data["text"])
    if kind == "text":
        return text_of(data["html"])
    reply = data["turn"]["reply"]
    sources = [f"[{c['number']}] {c['title']} {c['section']} {c['url']}" for c in reply["citations"]]
    links = [f"{link['title']} {link['url']}" for link in reply["nearest"]]
    return "\n".join([text_of(reply["html"]), *sources, *links, *reply["suggested_prompts"], *reply["notices"]])


def text_of(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text()


class TestWebAdapter(ConversationsContract):
    """The page has as many conversations as a visitor has threads."""

    @pytest.fixture
    async def platform(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platform]:
        screens: dict[str, Screen] = {}
        monkeypatch.setattr("tests.fakes.web.WebAdapter", lambda threads, _: PatientAdapter(threads, screens))
        async with built(tmp_path) as house, Browser(house.url) as browser:
            thread_id, turn_id = new_id(), new_id()
            screens[turn_id] = screen = Screen()
            screen.number = 100  # nobody reads this one, by which the visitor's owner is found out
            await browser.ask("who am I", thread_id, turn_id)
            await house.turns.finish()
            [turn] = house.mind.contexts
            yield Page(house, browser, turn.message.conversation.channel_id, screens)


class Desk:
    """Takes events, and answers nothing by itself."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    async def take(self, event: Event) -> None:
        self.events.append(event)


@pytest.fixture
async def threads(tmp_path: Path) -> AsyncIterator[ThreadStore]:
    database = Database(tmp_path / "bot.sqlite")
    await database.open()
    yield ThreadStore(database)
    await database.close()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def adapter(threads: ThreadStore, desk: Desk) -> WebAdapter:
    adapter = WebAdapter(threads)
    await adapter.start(desk.take)
    return adapter


def answer(text: str = "yes") -> Reply:
    return Reply(text, Outcome.ANSWERED, "en")


async def closed(adapter: WebAdapter, turn: Turn) -> None:
    log = adapter.log(turn.id)
    assert log
    await adapter.responder(message_of(turn, log.conversation)).close(answer())


def message_of(turn: Turn, conversation: ConversationReference) -> Message:
    sender = UserReference("web", "local", SANNE.email)
    return Message(turn.id, 0, conversation, sender, turn.question, turn.asked_at, SANNE.language)


async def test_message_says_who_asks_where_and_in_which_language(adapter: WebAdapter, desk: Desk) -> None:
    """The answer goes to the thread of its owner, for the person as they are known here."""
    turn = await adapter.ask(SANNE, new_id(), new_id(), "How many days?")
    conversation = ConversationReference("web", "local", SANNE.owner, turn.thread_id, is_direct=True)
    assert desk.events == [message_of(turn, conversation)]


async def test_question_is_kept_before_it_is_answered(adapter: WebAdapter, threads: ThreadStore, desk: Desk) -> None:
    """Whatever happens to the process then, the question is there."""
    kept: list[Turn | None] = []

    async def take(event: Event) -> None:
        assert isinstance(event, Message)
        kept.append(await threads.turn(SANNE.owner, event.id))
        assert adapter.log(event.id)

    await adapter.start(take)
    turn = await adapter.ask(SANNE, new_id(), new_id(), "Hello")
    assert kept == [turn]


async def test_same_turn_again_is_asked_once(adapter: WebAdapter, desk: Desk) -> None:
    """A page that did not hear back sends its question again, also two at a time."""
    thread_id, turn_id = new_id(), new_id()
    turns = await asyncio.gather(*(adapter.ask(SANNE, thread_id, turn_id, "Hello") for _ in range(5)))
    await closed(adapter, turns[0])
    turns.append(await adapter.ask(SANNE, thread_id, turn_id, "Hello"))
    assert len({turn.id for turn in turns}) == 1
    assert len(desk.events) == 1


async def test_turn_of_before_a_restart_is_not_asked_again(threads: ThreadStore, desk: Desk) -> None:
    """The page offers to ask it anew; by itself nothing happens."""
    turn = await threads.ask(SANNE.owner, new_id(), new_id(), "Hello")
    assert turn
    adapter = WebAdapter(threads)
    await adapter.start(desk.take)
    assert await adapter.ask(SANNE, turn.thread_id, turn.id, "Hello") == turn
    assert (desk.events, adapter.log(turn.id)) == ([], None)


async def refused(adapter: WebAdapter, thread_id: str, turn_id: str = "", visitor: Visitor = SANNE) -> str:
    with pytest.raises(Refusal) as refusal:
        await adapter.ask(visitor, thread_id, turn_id or new_id(), "Hello")
    return refusal.value.problem.code


async def test_thread_has_one_running_turn(adapter: WebAdapter) -> None:
    """The second question waits for the first, and can be asked afterwards."""
    turn = await adapter.ask(SANNE, new_id(), new_id(), "Hello")
    assert await refused(adapter, turn.thread_id) == "busy"
    await closed(adapter, turn)
    assert await adapter.ask(SANNE, turn.thread_id, new_id(), "And then?")


async def test_two_at_once_in_a_thread_are_one(adapter: WebAdapter, desk: Desk) -> None:
    """Also when neither has been kept yet as the other comes."""
    thread_id = new_id()
    asked = (adapter.ask(SANNE, thread_id, new_id(), "Hello") for _ in range(4))
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(result, Turn) for result in results) == len(desk.events) == 1


async def test_visitor_has_five_running_turns(adapter: WebAdapter, desk: Desk) -> None:
    """One visitor does not hold up all others."""
    asked = (adapter.ask(SANNE, new_id(), new_id(), "Hello") for _ in range(MOST_RUNNING + 3))
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(result, Turn) for result in results) == len(desk.events) == MOST_RUNNING
    assert await refused(adapter, new_id()) == "too_many"
    other = Visitor("visitor:1", "", "", False, "nl", "system", True, False)
    assert await adapter.ask(other, new_id(), new_id(), "Hello")


async def test_thread_of_somebody_else_is_not_there(adapter: WebAdapter, desk: Desk) -> None:
    """Neither to ask in, nor under the id of one of its turns; and nothing of the try is left."""
    turn = await adapter.ask(SANNE, new_id(), new_id(), "Hello")
    other = Visitor("visitor:1", "", "", False, "nl", "system", True, False)
    tried = new_id()
    assert await refused(adapter, turn.thread_id, tried, other) == "not_found"
    assert await refused(adapter, new_id(), turn.id, other) == "not_found"
    assert (len(desk.events), adapter.log(tried)) == (1, None)


async def test_question_that_is_not_kept_is_not_asked(
    adapter: WebAdapter, threads: ThreadStore, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked hears of it, and can ask again."""

    async def fail(*_: object) -> None:
        raise StorageUnavailable("The disk is full", "Make room.")

    thread_id, turn_id = new_id(), new_id()
    with monkeypatch.context() as patch, pytest.raises(StorageUnavailable):
        patch.setattr(threads, "ask", fail)
        await adapter.ask(SANNE, thread_id, turn_id, "Hello")
    assert desk.events == []
    assert await adapter.ask(SANNE, thread_id, turn_id, "Hello")


async def test_stopped_while_a_question_is_kept(adapter: WebAdapter, desk: Desk) -> None:
    """It is not begun, and the page says that the server stops."""
    asking = asyncio.create_task(adapter.ask(SANNE, new_id(), new_id(), "Hello"))
    await asyncio.sleep(0)
    await adapter.stop()
    with pytest.raises(Refusal, match="stopping"):
        await asking
    assert desk.events == []


async def test_log_is_let_go_of_some_time_after_the_reply(threads: ThreadStore, desk: Desk) -> None:
    """Nobody needs it any more: the reply is in the thread."""
    adapter = WebAdapter(threads, TurnLogs(kept_seconds=0))
    await adapter.start(desk.take)
    turn = await adapter.ask(SANNE, new_id(), new_id(), "Hello")
    await closed(adapter, turn)
    assert adapter.log(turn.id)
    while adapter.log(turn.id):  # noqa: ASYNC110 - nothing is told when it goes
        await asyncio.sleep(0)


async def test_message_that_came_otherwise_has_a_log_too(adapter: WebAdapter) -> None:
    """A turn that is taken up again shows on the page as any other."""
    conversation = ConversationReference("web", "local", SANNE.owner, new_id(), is_direct=True)
    turn = Turn(new_id(), conversation.thread_id, "Hello", NOW, None, None)
    await adapter.responder(message_of(turn, conversation)).close(answer())
    log = adapter.log(turn.id)
    assert log and log.reply == answer()
