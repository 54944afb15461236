"""The way of a message: taken in once, opened, through the middleware to its handler, closed.

Whatever happens in between, the opened message is closed with exactly one reply: the handler's,
or an honest word that it was stopped or went wrong.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Mapping, Sequence
from functools import partial

import structlog

from bot.locales import Texts
from bot.models import (
    ChannelAdapter,
    ConversationHistory,
    ConversationReference,
    Event,
    Handler,
    Message,
    Middleware,
    Outcome,
    Reply,
    Responder,
    Selector,
    Stop,
    TurnContext,
    User,
)

_log = structlog.get_logger(__name__)

_NOBODY = User("", "", frozenset())
"""Who asks until a middleware has found out: somebody who may read nothing."""

Routes = Sequence[tuple[Selector, Handler]]
"""Tried in order: the first selector that accepts a message gives its handler."""


class TurnRunner:
    """Takes events in and runs each message's turn to its one visible end."""

    def __init__(
        self,
        adapters: Mapping[str, ChannelAdapter],
        middleware: Sequence[Middleware],
        routes: Routes,
        history: ConversationHistory,
        texts: Texts,
    ) -> None:
        """`adapters`: by platform; `middleware`: the first is outermost."""
        self._adapters = adapters
        self._handle = partial(_run_through, tuple(middleware), routes)
        self._history = history
        self._texts = texts
        self._taken: set[tuple[ConversationReference, str, int]] = set()
        self._turns: set[asyncio.Task[None]] = set()
        self._answers: dict[asyncio.Task[Reply], ConversationReference] = {}
        self._is_interrupting = False

    async def dispatch(self, event: Event) -> None:
        """Take an event in: a message starts its turn, the same one again does nothing."""
        if isinstance(event, Stop):
            for answer, conversation in self._answers.items():
                if conversation == event.conversation:
                    answer.cancel()
        elif event.key not in self._taken:
            self._taken.add(event.key)
            self._start(event)

    async def finish(self, within: float | None = None) -> None:
        """Wait until every turn that has begun has ended.

        Answers that are still being made after `within` seconds end in the honest word that they were interrupted.
        """
        if self._turns:
            await asyncio.wait(self._turns, timeout=within)
        self._is_interrupting = True
        for answer in self._answers:
            answer.cancel()
        await asyncio.gather(*self._turns)
        self._is_interrupting = False

    def _start(self, message: Message) -> None:
        responder = _Remembering(self._adapters[message.conversation.platform].responder(message))
        opening = asyncio.create_task(responder.open(self._texts.text(message.language, "status-reading")))
        # Only the answer can be stopped: opening and closing, once begun, are done whole.
        answer = asyncio.create_task(self._answer(TurnContext(message, responder, _NOBODY), opening))
        self._answers[answer] = message.conversation
        answer.add_done_callback(self._answers.pop)
        turn = asyncio.create_task(self._run(message, responder, opening, answer))
        self._turns.add(turn)
        turn.add_done_callback(self._turns.discard)

    async def _answer(self, turn: TurnContext, opening: asyncio.Task[str]) -> Reply:
        await asyncio.shield(opening)
        return await self._handle(turn)

    async def _run(
        self, message: Message, responder: "_Remembering", opening: asyncio.Task[str], answer: asyncio.Task[Reply]
    ) -> None:
        language = self._texts.language(message.language)
        try:
            reply = await answer
        except asyncio.CancelledError:
            reply = self._ended(language, responder.text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person who asked must hear of it
            reply = self._failed(error, language)
        await asyncio.gather(opening, return_exceptions=True)
        # Recorded before it is seen, so that a question that follows at once finds it.
        await _logging("reply_not_recorded", reply, self._history.record(message, reply))
        await _logging("reply_not_shown", reply, responder.close(reply))

    def _ended(self, language: str, shown: str) -> Reply:
        """Return the reply of an answer that was cut short; what could be read of it stays."""
        key, outcome = ("interrupted", Outcome.FAILED) if self._is_interrupting else ("stopped", Outcome.STOPPED)
        return Reply("\n\n".join(filter(None, (shown, self._texts.text(language, key)))), outcome, language)

    def _failed(self, error: Exception, language: str) -> Reply:
        # The reference is what a user can pass on and an administrator can look for.
        reference = uuid.uuid4().hex[:8]
        _log.error("turn_failed", reference=reference, exc_info=error)
        return Reply(self._texts.text(language, "failed", reference=reference), Outcome.FAILED, language)


class _Remembering:
    """A responder that knows the text that it shows."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self.text = ""

    async def open(self, status: str) -> str:
        return await self._responder.open(status)

    async def status(self, status: str) -> None:
        await self._responder.status(status)

    async def update(self, text: str) -> None:
        self.text = text
        await self._responder.update(text)

    async def close(self, reply: Reply) -> None:
        await self._responder.close(reply)


async def _run_through(middleware: Sequence[Middleware], routes: Routes, turn: TurnContext) -> Reply:
    if middleware:
        return await middleware[0](turn, partial(_run_through, middleware[1:], routes))
    handler = next(handler for selector, handler in routes if selector(turn.message))
    return await handler(turn)


async def _logging(failure: str, reply: Reply, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 - the turn is over; what is left is to say so in the log
        _log.error(failure, outcome=reply.outcome, exc_info=error)
