"""What every chat platform does with a message, seen from where people read it.

A platform's test class inherits `ChannelAdapterContract`, or `ConversationsContract` where the
platform has more than one conversation, and has a fixture `platform`: a `Platform` in which nothing
has been said yet.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.history import MemoryHistory
from bot.locales import Texts
from bot.models import (
    ChannelAdapter,
    Citation,
    ConversationReference,
    Event,
    Link,
    Message,
    Outcome,
    Reply,
    Stop,
    TurnContext,
)
from bot.turns import TurnRunner

TEXTS = Texts(("en", "nl"))
FIRST, SECOND = "first", "second"

LONG = "a/rather/long/path/that/no/terminal/can/show/on/one/line/without/help"
CITATIONS = (
    Citation(1, "wiki/a.md", "c1", "Leave", "https://wiki.example.com/a#b", "Sick", "…", "2025-03-01", "hr", "w"),
    Citation(2, "wiki/b.md", "c2", "Travel", f"https://wiki.example.com/{LONG}", "", "…", None, None, "w"),
)
NEAREST = (Link("Expenses", "https://wiki.example.com/expenses?id=7"),)


class Platform(ABC):
    """A chat platform that a test talks on, through the adapter that is tested."""

    adapter: ChannelAdapter

    @abstractmethod
    async def say(self, text: str, conversation: str = FIRST) -> None:
        """Send a person's message, as the platform brings it; it may be taken in or not."""

    @abstractmethod
    async def stop(self, conversation: str = FIRST) -> None:
        """Ask that what runs in the conversation ends, in the way that the platform has for it."""

    @abstractmethod
    def posts(self, conversation: str = FIRST) -> Sequence[Sequence[str]]:
        """Return the bot's messages, each as the texts that it showed one after the other."""

    @abstractmethod
    def reference(self, conversation: str = FIRST) -> ConversationReference:
        """Return what the adapter calls the conversation."""


class Bot:
    """The turns of the real bot around a handler that does what the message says."""

    def __init__(self, adapter: ChannelAdapter) -> None:
        self.events: list[Event] = []
        self.waiting = asyncio.Event()
        self.go_on = asyncio.Event()
        self.turns = TurnRunner({adapter.name: adapter}, [], [(lambda _: True, self._reply)], MemoryHistory(), TEXTS)

    async def dispatch(self, event: Event) -> None:
        self.events.append(event)
        await self.turns.dispatch(event)

    async def _reply(self, turn: TurnContext) -> Reply:
        text = turn.message.text
        await turn.responder.update("one")
        await turn.responder.update("one two")
        if text == "fail":
            raise ValueError("on purpose")
        if text == "wait":
            self.waiting.set()
            await self.go_on.wait()
        outcome = Outcome.REFUSED if text == "refuse" else Outcome.ANSWERED
        return Reply(f"reply to {text} [1] [2]", outcome, "en", CITATIONS, NEAREST)


def words(text: str) -> str:
    """Return a text with each run of white space as one space: platforms wrap lines as they like."""
    return " ".join(text.split())


class ChannelAdapterContract:
    """Inherit this; the fixture `platform` is yours to write."""

    @pytest.fixture
    def platform(self) -> Platform:
        """A platform on which nothing has been said."""
        raise NotImplementedError("each platform's test class makes its own")

    @pytest.fixture
    async def bot(self, platform: Platform) -> AsyncIterator[Bot]:
        """A bot that is taking messages in."""
        bot = Bot(platform.adapter)
        await platform.adapter.start(bot.dispatch)
        yield bot
        bot.go_on.set()
        await platform.adapter.stop()
        await bot.turns.finish()

    @staticmethod
    async def ends(platform: Platform, bot: Bot, conversation: str = FIRST) -> str:
        """Return how the conversation's one message of the bot ends, when all is done."""
        await bot.turns.finish()
        [post] = platform.posts(conversation)
        return words(post[-1])

    def test_is_a_channel_adapter(self, platform: Platform) -> None:
        """The name is that of the platform in references to its conversations."""
        assert platform.reference().platform == platform.adapter.name

    async def test_message_leads_to_one_reply(self, platform: Platform, bot: Bot) -> None:
        """A question gets one message of the bot, which ends as the reply."""
        await platform.say("hello")
        assert "reply to hello" in await self.ends(platform, bot)

    async def test_each_message_gets_its_own_reply(self, platform: Platform, bot: Bot) -> None:
        """Two questions get two messages of the bot, in order."""
        for text in ("red", "blue"):
            await platform.say(text)
            await bot.turns.finish()
        red, blue = platform.posts()
        assert "reply to red" in words(red[-1])
        assert "reply to blue" in words(blue[-1])

    async def test_opens_before_anything_else(self, platform: Platform, bot: Bot) -> None:
        """First comes a word that the question is being read."""
        await platform.say("hello")
        await bot.turns.finish()
        [post] = platform.posts()
        assert words(post[0]) == TEXTS.text("en", "status-reading")

    async def test_updates_grow(self, platform: Platform, bot: Bot) -> None:
        """While it runs, each text holds all of the one before; the reply takes the place of all."""
        await platform.say("hello")
        await bot.turns.finish()
        [post] = platform.posts()
        assert list(map(words, post[1:-1])) == ["one", "one two"]
        assert "one two" not in words(post[-1])

    async def test_second_delivery_changes_nothing(self, platform: Platform, bot: Bot) -> None:
        """Platforms deliver again what they are not sure of; people still see one reply."""
        await platform.say("hello")
        await bot.turns.finish()
        [event] = bot.events
        assert isinstance(event, Message)
        await bot.dispatch(event)
        assert "reply to hello" in await self.ends(platform, bot)

    async def test_close_is_idempotent(self, platform: Platform) -> None:
        """A reply that is closed again, after a crash for instance, shows once and stays as it is."""
        events: list[Event] = []

        async def take(event: Event) -> None:
            events.append(event)

        await platform.adapter.start(take)
        await platform.say("hello")
        [message] = events
        assert isinstance(message, Message)
        responder = platform.adapter.responder(message)
        await responder.open("reading")
        await responder.close(Reply("the first", Outcome.ANSWERED, "en"))
        await responder.close(Reply("another", Outcome.FAILED, "en"))
        await platform.adapter.stop()
        [post] = platform.posts()
        assert words(post[-1]) == "the first"

    async def test_failure_ends_in_a_reply(self, platform: Platform, bot: Bot) -> None:
        """Whoever asked hears that it went wrong, and nothing of the error's own text."""
        await platform.say("fail")
        end = await self.ends(platform, bot)
        assert end.startswith("Something went wrong on my side")
        assert "on purpose" not in end

    async def test_stop_ends_in_a_reply(self, platform: Platform, bot: Bot) -> None:
        """Whoever stops an answer sees that it stopped, and keeps what could be read of it."""
        await platform.say("wait")
        await bot.waiting.wait()
        await platform.stop()
        assert await self.ends(platform, bot) == f"one two {TEXTS.text('en', 'stopped')}"
        assert isinstance(bot.events[-1], Stop)

    async def test_refusal_ends_in_a_reply(self, platform: Platform, bot: Bot) -> None:
        """Whoever may not ask is told so."""
        await platform.say("refuse")
        assert "reply to refuse" in await self.ends(platform, bot)

    async def test_stopped_adapter_takes_nothing_in(self, platform: Platform, bot: Bot) -> None:
        """After `stop` a message gets no reply: another process may be there for it."""
        await platform.adapter.stop()
        await platform.say("hello")
        await bot.turns.finish()
        assert (bot.events, list(platform.posts())) == ([], [])

    async def test_reply_under_way_ends_after_stop(self, platform: Platform, bot: Bot) -> None:
        """What has begun before `stop` is still shown."""
        await platform.say("wait")
        await bot.waiting.wait()
        await platform.adapter.stop()
        bot.go_on.set()
        assert "reply to wait" in await self.ends(platform, bot)

    async def test_reply_keeps_its_sources(self, platform: Platform, bot: Bot) -> None:
        """Every marker's number, title and link is there to check the answer by, the link in one piece."""
        await platform.say("hello")
        end = await self.ends(platform, bot)
        for citation in CITATIONS:
            assert end.count(f"[{citation.number}]") == 2
            assert citation.title in end
            assert citation.url in end
        for link in NEAREST:
            assert link.title in end
            assert link.url in end


class ConversationsContract(ChannelAdapterContract):
    """For platforms with several conversations."""

    async def test_conversations_do_not_mix(self, platform: Platform, bot: Bot) -> None:
        """Each conversation shows the reply to its own question."""
        await platform.say("red", FIRST)
        await platform.say("blue", SECOND)
        assert "reply to red" in await self.ends(platform, bot, FIRST)
        assert "reply to blue" in await self.ends(platform, bot, SECOND)

    async def test_stop_is_for_one_conversation(self, platform: Platform, bot: Bot) -> None:
        """Stopping an answer leaves those of other conversations alone."""
        await platform.say("wait", FIRST)
        await bot.waiting.wait()
        await platform.stop(SECOND)
        bot.go_on.set()
        assert "reply to wait" in await self.ends(platform, bot, FIRST)
