"""The way of a message to its one visible end, whatever happens on the way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.history import MemoryHistory
from bot.locales import Texts
from bot.models import REMEMBERED, Exchange, Handler, Message, Middleware, Outcome, Reply, Stop, TurnContext
from bot.turns import Routes, TurnRunner
from tests.fakes.channel import MemoryAdapter, MemoryResponder, Post, conversation, message
from tests.fakes.replies import answered

TEXTS = Texts(("en", "nl"))


class Turns:
    """A runner on a platform in memory."""

    def __init__(
        self,
        handler: Handler | None = None,
        middleware: Sequence[Middleware] = (),
        adapter: MemoryAdapter | None = None,
        routes: Routes | None = None,
        history: MemoryHistory | None = None,
    ) -> None:
        self.history = history or MemoryHistory()
        self.adapter = adapter or MemoryAdapter()
        everything: Routes = [(lambda _: True, handler or _greet)]
        self.runner = TurnRunner({"memory": self.adapter}, middleware, routes or everything, self.history, TEXTS)

    async def say(self, text: str = "hello", id_: str = "1", revision: int = 0, where: str = "first") -> None:
        await self.runner.dispatch(message(text, id_, revision, where))

    async def stop(self, where: str = "first") -> None:
        await self.runner.dispatch(Stop(conversation(where)))

    async def replies(self) -> list[Reply | None]:
        await self.runner.finish()
        return [post.reply for post in self.adapter.posts]

    async def outcomes(self) -> list[Outcome | None]:
        return [reply.outcome if reply else None for reply in await self.replies()]


async def _greet(turn: TurnContext) -> Reply:
    return answered(f"re: {turn.message.text}")


class Gate:
    """Somewhere that a turn stays until it is let through; as handler, middleware or responder's step."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.open = asyncio.Event()

    async def wait(self) -> None:
        self.reached.set()
        await self.open.wait()

    async def handler(self, turn: TurnContext) -> Reply:
        await self.wait()
        return await _greet(turn)

    async def middleware(self, turn: TurnContext, proceed: Handler) -> Reply:
        await self.wait()
        return await proceed(turn)


class StubbornAdapter(MemoryAdapter):
    """A platform of which one step goes another way: its responder does `before` that step."""

    def __init__(self, step: str, before: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._step, self._before = step, before

    def responder(self, message: Message) -> MemoryResponder:
        responder = _StubbornResponder(Post(message.conversation), self.posts)
        responder.step, responder.before = self._step, self._before
        return responder


class _StubbornResponder(MemoryResponder):
    step: str
    before: Callable[[], Awaitable[None]]

    async def open(self, status: str) -> str:
        await self._at("open")
        return await super().open(status)

    async def close(self, reply: Reply) -> None:
        await self._at("close")
        await super().close(reply)

    async def _at(self, step: str) -> None:
        if step == self.step:
            await self.before()


async def _refuse() -> None:
    raise ConnectionError("the platform is down")


class TestReplies:
    async def test_handler_reply_is_shown(self) -> None:
        """People see what the handler says, in the message that was opened for it."""
        turns = Turns()
        await turns.say()
        [reply] = await turns.replies()
        assert reply == answered("re: hello")
        assert turns.adapter.posts[0].texts == ["Reading your question…", "re: hello"]

    async def test_status_is_in_the_default_language(self) -> None:
        """Before the question has been read, its language is not known."""
        adapter = MemoryAdapter()
        runner = TurnRunner({"memory": adapter}, [], [(lambda _: True, _greet)], MemoryHistory(), Texts(("nl", "en")))
        await runner.dispatch(message("hello"))
        await runner.finish()
        assert adapter.posts[0].texts[0] == "Ik lees je vraag…"

    async def test_status_is_in_the_language_that_the_platform_shows(self) -> None:
        """Whoever has chosen one reads it from the first word."""
        turns = Turns()
        await turns.runner.dispatch(replace(message("hello"), language="nl"))
        await turns.replies()
        assert turns.adapter.posts[0].texts[0] == "Ik lees je vraag…"

    async def test_nobody_asks_until_a_middleware_has_found_out_who(self) -> None:
        """A turn that nothing authorizes may read nothing."""
        seen = []

        async def look(turn: TurnContext) -> Reply:
            seen.append(turn.user.principals)
            return answered()

        turns = Turns(look)
        await turns.say()
        await turns.replies()
        assert seen == [frozenset()]


class BrokenHistory(MemoryHistory):
    async def record(self, message: Message, reply: Reply) -> None:
        raise OSError("the disk is full")


class TestRecording:
    @pytest.mark.parametrize("outcome", list(Outcome))
    async def test_only_what_a_question_may_refer_to_is_remembered(self, outcome: Outcome) -> None:
        """Answers and what was asked back about; no follow-up could be about help, a stop or a failure."""

        async def reply(turn: TurnContext) -> Reply:
            return answered(outcome=outcome)

        turns = Turns(reply)
        await turns.say("how much leave?")
        await turns.replies()
        exchange = Exchange("how much leave?", answered(outcome=outcome))
        assert await turns.history.load(conversation()) == ((exchange,) if outcome in REMEMBERED else ())

    async def test_reply_is_recorded_before_it_is_seen(self) -> None:
        """Whoever sees it and asks on at once is understood."""
        gate = Gate()
        turns = Turns(adapter=StubbornAdapter("close", gate.wait))
        await turns.say()
        await gate.reached.wait()
        recorded = await turns.history.load(conversation())
        gate.open.set()
        await turns.replies()
        assert [exchange.reply for exchange in recorded] == [answered("re: hello")]

    async def test_reply_that_can_not_be_recorded_is_shown(self) -> None:
        """A full disk costs the history, not the answer; the log says so."""
        turns = Turns(history=BrokenHistory())
        with capture_logs() as logs:
            await turns.say()
            assert await turns.replies() == [answered("re: hello")]
        assert [log["event"] for log in logs] == ["reply_not_recorded"]


class TestDeliveries:
    async def test_second_delivery_does_nothing(self) -> None:
        """Platforms deliver again; one question gets one reply."""
        turns = Turns()
        await turns.say()
        await turns.say()
        assert await turns.outcomes() == [Outcome.ANSWERED]

    async def test_delivery_after_the_reply_does_nothing(self) -> None:
        """Also when the second comes late."""
        turns = Turns()
        await turns.say()
        await turns.replies()
        await turns.say()
        assert await turns.outcomes() == [Outcome.ANSWERED]

    @pytest.mark.parametrize("other", [{"id_": "2"}, {"revision": 1}, {"where": "second"}])
    async def test_what_differs_is_another_message(self, other: dict[str, str]) -> None:
        """Another id, a revision, or the same id in another conversation: each gets its own reply."""
        turns = Turns()
        await turns.say()
        await turns.say(**other)  # type: ignore[arg-type]  # the revision is a number
        assert await turns.outcomes() == [Outcome.ANSWERED, Outcome.ANSWERED]


class TestOrder:
    async def test_first_route_that_fits_gives_the_reply(self) -> None:
        """Routes are tried in order, and only one of them handles a message."""

        def says(text: str) -> Handler:
            async def handler(_: TurnContext) -> Reply:
                return answered(text)

            return handler

        routes: Routes = [
            (lambda m: m.text == "other", says("first")),
            (lambda m: m.text == "hello", says("second")),
            (lambda _: True, says("third")),
        ]
        turns = Turns(routes=routes)
        await turns.say("hello")
        await turns.say("bye", "2")
        assert await turns.replies() == [answered("second"), answered("third")]

    async def test_middleware_goes_from_the_outside_in(self) -> None:
        """The first one sees the turn first and the reply last."""
        steps: list[str] = []

        def noting(name: str) -> Middleware:
            async def middleware(turn: TurnContext, proceed: Handler) -> Reply:
                steps.append(f"{name} in")
                reply = await proceed(turn)
                steps.append(f"{name} out")
                return reply

            return middleware

        turns = Turns(middleware=[noting("a"), noting("b")])
        await turns.say()
        await turns.replies()
        assert steps == ["a in", "b in", "b out", "a out"]

    async def test_middleware_can_reply_itself(self) -> None:
        """Then nothing further in is reached."""

        async def refuse(_turn: TurnContext, _proceed: Handler) -> Reply:
            return answered("no", outcome=Outcome.REFUSED)

        async def never(_turn: TurnContext, _proceed: Handler) -> Reply:
            raise AssertionError("this was not to be reached")

        turns = Turns(middleware=[refuse, never])
        await turns.say()
        assert await turns.outcomes() == [Outcome.REFUSED]


class TestFailures:
    async def test_failure_names_a_reference_that_the_log_has(self) -> None:
        """Whoever asked can pass on under what the administrator finds the cause."""

        async def fail(_: TurnContext) -> Reply:
            raise ValueError("secret detail")

        turns = Turns(fail)
        with capture_logs() as log:
            await turns.say()
            [reply] = await turns.replies()
        [line] = log
        assert reply is not None
        assert reply.outcome is Outcome.FAILED
        assert reply.text == TEXTS.text("en", "failed", reference=line["reference"])
        assert (line["event"], line["log_level"]) == ("turn_failed", "error")
        assert str(line["exc_info"]) == "secret detail"
        assert "secret detail" not in reply.text

    async def test_each_failure_has_its_own_reference(self) -> None:
        """Two failures can be told apart in the log."""

        async def fail(_: TurnContext) -> Reply:
            raise ValueError

        turns = Turns(fail)
        with capture_logs() as log:
            await turns.say()
            await turns.say(id_="2")
            await turns.replies()
        assert len({line["reference"] for line in log}) == 2

    async def test_message_that_can_not_be_opened_still_gets_a_reply(self) -> None:
        """The platform refused the placeholder; the reply is tried all the same."""
        turns = Turns(adapter=StubbornAdapter("open", _refuse))
        with capture_logs() as log:
            await turns.say()
            assert await turns.outcomes() == [Outcome.FAILED]
        assert [line["event"] for line in log] == ["turn_failed"]

    async def test_reply_that_can_not_be_shown_is_logged_once(self) -> None:
        """The turn is over; the log says what was not shown, and the next message is answered."""
        refusals = iter([True, False])

        async def refuse_once() -> None:
            if next(refusals):
                await _refuse()

        turns = Turns(adapter=StubbornAdapter("close", refuse_once))
        with capture_logs() as log:
            await turns.say()
            await turns.runner.finish()
            await turns.say(id_="2")
            assert await turns.outcomes() == [None, Outcome.ANSWERED]
        assert [(line["event"], line["outcome"]) for line in log] == [("reply_not_shown", "answered")]


class TestStop:
    async def test_while_the_handler_runs(self) -> None:
        """The answer ends with a word that it was stopped."""
        gate = Gate()
        turns = Turns(gate.handler)
        await turns.say()
        await gate.reached.wait()
        await turns.stop()
        assert await turns.replies() == [Reply(TEXTS.text("en", "stopped"), Outcome.STOPPED, "en")]

    async def test_what_could_be_read_stays(self) -> None:
        """Whoever stops because they have read enough does not lose what they read; a status is none of it."""
        gate = Gate()

        async def answer(turn: TurnContext) -> Reply:
            await turn.responder.status("searching")
            await turn.responder.update("It is so.")
            return await gate.handler(turn)

        turns = Turns(answer)
        await turns.say()
        await gate.reached.wait()
        await turns.stop()
        [reply] = await turns.replies()
        assert reply
        assert reply.text == f"It is so.\n\n{TEXTS.text('en', 'stopped')}"

    async def test_while_a_middleware_runs(self) -> None:
        """It does not matter how far the turn is."""
        gate = Gate()
        turns = Turns(middleware=[gate.middleware])
        await turns.say()
        await gate.reached.wait()
        await turns.stop()
        assert await turns.outcomes() == [Outcome.STOPPED]

    async def test_while_it_is_being_opened(self) -> None:
        """Opening is finished first, so that there is one message, and it says that it was stopped."""
        gate = Gate()
        turns = Turns(adapter=StubbornAdapter("open", gate.wait))
        await turns.say()
        await gate.reached.wait()
        await turns.stop()
        gate.open.set()
        assert await turns.outcomes() == [Outcome.STOPPED]
        assert turns.adapter.posts[0].texts == ["Reading your question…", TEXTS.text("en", "stopped")]

    async def test_before_it_has_begun(self) -> None:
        """A stop right behind the question counts, too."""
        turns = Turns()
        await turns.say()
        await turns.stop()
        assert await turns.outcomes() == [Outcome.STOPPED]

    async def test_before_an_opening_that_fails(self) -> None:
        """It still ends in one reply, and there is nothing to log."""
        turns = Turns(adapter=StubbornAdapter("open", _refuse))
        with capture_logs() as log:
            await turns.say()
            await turns.stop()
            assert await turns.outcomes() == [Outcome.STOPPED]
        assert log == []

    async def test_while_the_reply_is_being_shown(self) -> None:
        """Too late: the reply is shown whole."""
        gate = Gate()
        turns = Turns(adapter=StubbornAdapter("close", gate.wait))
        await turns.say()
        await gate.reached.wait()
        await turns.stop()
        gate.open.set()
        assert await turns.replies() == [answered("re: hello")]

    async def test_twice(self) -> None:
        """Whoever is impatient sees one word that it was stopped, whole."""
        gate = Gate()
        turns = Turns(gate.handler)
        await turns.say()
        await gate.reached.wait()
        await turns.stop()
        await turns.stop()
        assert await turns.outcomes() == [Outcome.STOPPED]

    async def test_where_nothing_runs(self) -> None:
        """It does nothing, now or to the next message."""
        turns = Turns()
        await turns.stop()
        await turns.say()
        assert await turns.outcomes() == [Outcome.ANSWERED]

    async def test_elsewhere(self) -> None:
        """Only what runs in that conversation ends."""
        gate = Gate()
        turns = Turns(gate.handler)
        await turns.say(where="first")
        await turns.say(where="second")
        await gate.reached.wait()
        await turns.stop("second")
        gate.open.set()
        assert await turns.outcomes() == [Outcome.ANSWERED, Outcome.STOPPED]


class TestFinish:
    async def test_waits_for_what_has_begun(self) -> None:
        """At the end of the program no reply is left half."""
        gate = Gate()
        turns = Turns(gate.handler)
        await turns.say()
        finishing = asyncio.create_task(turns.runner.finish())
        await gate.reached.wait()
        assert not finishing.done()
        gate.open.set()
        await finishing
        assert [post.reply for post in turns.adapter.posts] == [answered("re: hello")]

    async def test_what_takes_too_long_is_interrupted(self) -> None:
        """Whoever still waits when the bot has to go is told so, and the turn is over."""
        gate = Gate()
        turns = Turns(gate.handler)
        await turns.say()
        await gate.reached.wait()
        await turns.runner.finish(within=0.01)
        assert await turns.replies() == [Reply(TEXTS.text("en", "interrupted"), Outcome.FAILED, "en")]

    async def test_what_is_ready_in_time_is_shown(self) -> None:
        """The limit costs nothing to those who keep it."""
        turns = Turns()
        await turns.say()
        await turns.runner.finish(within=60)
        assert await turns.replies() == [answered("re: hello")]

    async def test_ends_at_once_where_nothing_runs(self) -> None:
        """There is nothing to wait for."""
        turns = Turns()
        await turns.runner.finish()
        assert turns.adapter.posts == []
