"""The terminal as a chat platform."""

import asyncio
import contextlib
from collections.abc import Sequence

import pytest
from rich.console import Console

from bot.adapters.console.adapter import ConsoleAdapter
from bot.locales import Texts
from bot.models import ConversationReference, Event, Message, Outcome, Reply, Stop, UserReference
from tests.contracts.channel_adapter import FIRST, ChannelAdapterContract, Platform
from tests.fakes.channel import NOW
from tests.fakes.replies import LEAVE, answered
from tests.fakes.screen import Screen

TEXTS = Texts(("en", "nl"))
TERMINAL = ConversationReference("console", "local", "terminal", "", is_direct=True)
HELLO = Message("1", 0, TERMINAL, UserReference("console", "local", ""), "hello", NOW)


class Terminal(Platform):
    """A narrow one, so that long lines are under test."""

    def __init__(self) -> None:
        self.screen = Screen(40)
        self.adapter: ConsoleAdapter = ConsoleAdapter(self.screen.console, TEXTS, "")
        self._asked: list[asyncio.Task[None]] = []

    async def say(self, text: str, conversation: str = FIRST) -> None:
        self._asked.append(asyncio.create_task(self._ask(text)))
        await asyncio.sleep(0)

    async def _ask(self, text: str) -> None:
        with contextlib.suppress(RuntimeError):
            await self.adapter.ask(text)

    async def stop(self, conversation: str = FIRST) -> None:
        await self.adapter.stop_answering()

    def posts(self, conversation: str = FIRST) -> Sequence[Sequence[str]]:
        return self.screen.posts

    def reference(self, conversation: str = FIRST) -> ConversationReference:
        return TERMINAL


class TestConsoleAdapter(ChannelAdapterContract):
    """A terminal is one conversation."""

    @pytest.fixture
    def platform(self) -> Platform:
        return Terminal()


class Echo:
    """Answers as a turn does: opens, says something on the way, closes."""

    def __init__(self, adapter: ConsoleAdapter) -> None:
        self.adapter = adapter
        self.events: list[Event] = []

    async def dispatch(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, Message):
            responder = self.adapter.responder(event)
            await responder.open("reading")
            await responder.update("half of it")
            await responder.close(answered(f"re: {event.text}"))


async def started(console: Console | None, user: str = "") -> tuple[ConsoleAdapter, Echo]:
    adapter = ConsoleAdapter(console, TEXTS, user)
    echo = Echo(adapter)
    await adapter.start(echo.dispatch)
    return adapter, echo


async def test_ask_returns_the_reply() -> None:
    """`kennisbot ask --json` shows nothing, and prints what it gets."""
    adapter, _ = await started(None)
    assert await adapter.ask("hello") == answered("re: hello")


async def test_pipe_gets_the_reply_only() -> None:
    """What is piped into a file has no half texts and no control characters."""
    screen = Screen(terminal=False)
    adapter, _ = await started(screen.console)
    await adapter.ask("hello")
    assert screen.written.split() == ["re:", "hello"]


async def test_each_message_has_its_own_id_and_the_one_who_asks() -> None:
    """The same words twice are two questions."""
    adapter, echo = await started(None, "sanne@company.example")
    await adapter.ask("hello")
    await adapter.ask("hello")
    first, second = (event for event in echo.events if isinstance(event, Message))
    assert first.key != second.key
    assert first.sender.id == second.sender.id == "sanne@company.example"
    assert first.received_at.tzinfo is not None


async def test_question_before_the_start_is_an_error() -> None:
    """Nobody would ever answer it."""
    with pytest.raises(RuntimeError, match="before it is started"):
        await ConsoleAdapter(None, TEXTS, "").ask("hello")


async def test_stop_before_the_start_does_nothing() -> None:
    """There is nothing to stop, and nobody to tell; afterwards a stop is an event."""
    adapter = ConsoleAdapter(None, TEXTS, "")
    await adapter.stop_answering()
    echo = Echo(adapter)
    await adapter.start(echo.dispatch)
    await adapter.stop_answering()
    assert echo.events == [Stop(TERMINAL)]


async def test_asker_is_not_left_waiting_where_the_output_is_gone() -> None:
    """A pipe that was closed at the other end is an error for the log; the program goes on."""
    screen = Screen(terminal=False)
    adapter = ConsoleAdapter(screen.console, TEXTS, "")

    async def dispatch(event: Event) -> None:
        assert isinstance(event, Message)
        responder = adapter.responder(event)
        screen.file.close()
        with pytest.raises(ValueError, match="closed file"):
            await responder.close(answered("a reply"))

    await adapter.start(dispatch)
    assert await adapter.ask("hello") == answered("a reply")


async def test_terminal_is_left_as_it_was() -> None:
    """The cursor is there again, and the sources can be clicked."""
    screen = Screen()
    responder = ConsoleAdapter(screen.console, TEXTS, "").responder(HELLO)
    await responder.open("reading")
    await responder.close(Reply("It is so. [1]", Outcome.ANSWERED, "en", citations=(LEAVE,)))
    assert screen.written.count("\x1b[?25l") == screen.written.count("\x1b[?25h") == 1
    assert set(screen.links) == {LEAVE.url}
