"""`TurnLog`: what a running turn shows, so that any number of pages can join at any time.

Its pieces are numbered from 1. Only the newest is kept, since each shows all that there is to show: a page that
comes late, comes back or reads slowly gets the newest and then the reply, however long the answer is.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from bot.models import ConversationReference, Reply

KEPT_SECONDS = 300.0
"""How long a log outlives its reply; who comes later finds the reply in the thread."""

MOST_RUNNING = 5
"""Turns of one visitor at a time; a person follows one or two."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a turn shows from now on; `reply` is there at the end only."""

    number: int
    kind: Literal["status", "text", "reply"]
    text: str
    reply: Reply | None = None


class TurnLog:
    """The newest piece of one turn."""

    def __init__(self, owner: str, conversation: ConversationReference) -> None:
        """`owner`: of the thread; `conversation`: where the turn runs."""
        self.owner = owner
        self.conversation = conversation
        self._piece = Piece(0, "status", "")
        self._news = asyncio.Event()

    @property
    def reply(self) -> Reply | None:
        """The reply, None while the turn runs."""
        return self._piece.reply

    def status(self, text: str) -> None:
        """Show what is being done."""
        self._put("status", text)

    def text(self, text: str) -> None:
        """Show the text so far, all of it."""
        self._put("text", text)

    def close(self, reply: Reply) -> None:
        """Show the reply; whatever comes after it changes nothing."""
        self._put("reply", "", reply)

    async def follow(self, after: int = 0) -> AsyncIterator[Piece]:
        """Yield the pieces with a number above `after` as they come; the reply is the last.

        A number that this log has not had is one of another process, and counts as none.
        """
        seen = after if after <= self._piece.number else 0
        while True:
            piece, news = self._piece, self._news
            if piece.number > seen:
                seen = piece.number
                yield piece
            elif piece.reply is None:
                await news.wait()
            else:
                return

    def _put(self, kind: Literal["status", "text", "reply"], text: str, reply: Reply | None = None) -> None:
        if self.reply is None:
            self._piece = Piece(self._piece.number + 1, kind, text, reply)
            self._news.set()
            self._news = asyncio.Event()


class TurnLogs:
    """The logs of the turns that run, and of those that ended lately, by the turn's id."""

    def __init__(self, kept_seconds: float = KEPT_SECONDS) -> None:
        """`kept_seconds`: how long a log outlives its reply."""
        self._kept_seconds = kept_seconds
        self._logs: dict[str, TurnLog] = {}

    def get(self, turn_id: str) -> TurnLog | None:
        """Return a turn's log, None where it neither runs nor ended lately."""
        return self._logs.get(turn_id)

    def begin(self, turn_id: str, log: TurnLog) -> None:
        """Keep a log, until some time after it is closed."""
        self._logs[turn_id] = log

    def forget(self, turn_id: str) -> None:
        """Let go of a log."""
        self._logs.pop(turn_id, None)

    def close(self, turn_id: str, reply: Reply) -> None:
        """Close a log; it is let go of later."""
        if (log := self._logs.get(turn_id)) and log.reply is None:
            log.close(reply)
            asyncio.get_running_loop().call_later(self._kept_seconds, self.forget, turn_id)

    def running(self) -> list[TurnLog]:
        """Return the logs of the turns that run."""
        return [log for log in self._logs.values() if log.reply is None]
