"""`ThreadStore`: the threads of the web page, each its owner's alone.

Whatever is another owner's is, to all methods, not there.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from bot.history import KEPT
from bot.models import REMEMBERED, ConversationReference, Exchange, Message, Reply
from bot.storage.database import Database
from bot.storage.tables import ThreadRow, TurnRow

TITLE_LENGTH = 80
"""Characters of a question that a list of threads has room for on one line."""

SEARCH_LENGTH = 200
"""Characters of a search that count; each of its words is one more look at every text."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread; `title` is its first question, shortened, `asked_at` the moment of its latest."""

    id: str
    title: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the reader of an answer thought of it; `reason` is a key of the page's own, "" where none was given."""

    helpful: bool
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question; `reply` is None as long as there is none, and where one of another version can't be read."""

    id: str
    thread_id: str
    question: str
    asked_at: datetime
    reply: Reply | None
    feedback: Feedback | None


def _now() -> datetime:
    return datetime.now(UTC)


class ThreadStore:
    """Threads by their owner, an opaque string; ids are the caller's. Also a `ConversationHistory`.

    Raises from all its methods: `StorageUnavailable`.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = _now) -> None:
        """`database`: open; `now`: the clock, which tells its zone."""
        self._database = database
        self._now = now

    async def ask(self, owner: str, thread_id: str, turn_id: str, question: str) -> Turn | None:
        """Return the turn of a question, added to its thread; the first question begins the thread.

        A turn that is there already is returned as it is. None where the thread or the turn is another owner's, or
        the turn is in another thread.
        """
        turn = TurnRow(id=turn_id, thread_id=thread_id, question=_encodable(question), searched=_folded(question))
        return await self._database.run(partial(_ask, owner=owner, asked=turn, now=self._now))

    async def threads(self, owner: str, search: str = "", limit: int = 200) -> tuple[Thread, ...]:
        """Return the threads that have each word of `search` somewhere in a question or an answer, latest first.

        Case and accents make no difference; a word may be a part of a longer one. Of `search` the first
        `SEARCH_LENGTH` characters count.
        """
        words = _folded(search[:SEARCH_LENGTH]).split()
        return await self._database.read(partial(_threads, owner=owner, words=words, limit=limit))

    async def thread(self, owner: str, thread_id: str) -> Thread | None:
        """Return a thread, None where there is no such one."""
        return await self._database.read(partial(_thread, owner=owner, thread_id=thread_id))

    async def turns(self, owner: str, thread_id: str) -> tuple[Turn, ...]:
        """Return the turns of a thread in their order, none where there is no such thread."""
        return await self._database.read(partial(_turns, owner=owner, thread_id=thread_id))

    async def turn(self, owner: str, turn_id: str) -> Turn | None:
        """Return a turn, None where there is no such one."""

        def read(session: Session) -> Turn | None:
            row = _own_turn(session, owner, turn_id)
            return _turn(row) if row else None

        return await self._database.read(read)

    async def delete(self, owner: str, thread_id: str) -> bool:
        """Delete a thread with its turns; return whether there was one."""
        return await self._database.run(partial(_delete, owner=owner, thread_id=thread_id))

    async def rate(self, owner: str, turn_id: str, feedback: Feedback | None) -> bool:
        """Keep what the owner thinks of a reply, in the place of what they thought before; None withdraws it.

        Return whether there is such a turn with a reply.
        """
        return await self._database.run(partial(_rate, owner=owner, turn_id=turn_id, feedback=feedback))

    async def load(self, conversation: ConversationReference) -> tuple[Exchange, ...]:
        """Return the latest questions of the thread that a later one may refer to, with their replies, oldest first.

        The conversation's thread is the thread, its channel the owner.
        """
        owner, thread_id = conversation.channel_id, conversation.thread_id
        return await self._database.read(partial(_exchanges, owner=owner, thread_id=thread_id))

    async def record(self, message: Message, reply: Reply) -> None:
        """Keep the reply to the turn that the message is; one that was deleted meanwhile stays so."""
        await self._database.run(partial(_record, message=message, reply=reply))


def _ask(session: Session, *, owner: str, asked: TurnRow, now: Callable[[], datetime]) -> Turn | None:
    # Where a database lets several write at once, those of one thread wait here for each other.
    thread = session.get(ThreadRow, asked.thread_id, with_for_update=True)
    known = session.get(TurnRow, asked.id)
    if (thread and thread.owner != owner) or (known and known.thread_id != asked.thread_id):
        return None
    if known is None:
        asked.asked_at = now()
        _add(session, thread or ThreadRow(id=asked.thread_id, owner=owner, title=_title(asked.question)), asked)
    return _turn(known or asked)


def _add(session: Session, thread: ThreadRow, turn: TurnRow) -> None:
    thread.asked_at = turn.asked_at
    session.add(thread)
    session.flush()  # the thread is there before what refers to it
    last = session.scalar(select(func.max(TurnRow.number)).where(TurnRow.thread_id == thread.id))
    turn.number = (last or 0) + 1
    session.add(turn)


def _threads(session: Session, *, owner: str, words: list[str], limit: int) -> tuple[Thread, ...]:
    query = select(ThreadRow).where(ThreadRow.owner == owner)
    for word in words:
        says = TurnRow.searched.contains(word, autoescape=True)
        query = query.where(exists().where(TurnRow.thread_id == ThreadRow.id, says))
    query = query.order_by(ThreadRow.asked_at.desc(), ThreadRow.id).limit(limit)
    return tuple(Thread(row.id, row.title, row.asked_at) for row in session.scalars(query))


def _thread(session: Session, *, owner: str, thread_id: str) -> Thread | None:
    row = session.get(ThreadRow, thread_id)
    return Thread(row.id, row.title, row.asked_at) if row and row.owner == owner else None


def _turns(session: Session, *, owner: str, thread_id: str) -> tuple[Turn, ...]:
    query = _of(owner).where(TurnRow.thread_id == thread_id).order_by(TurnRow.number)
    return tuple(map(_turn, session.scalars(query)))


def _delete(session: Session, *, owner: str, thread_id: str) -> bool:
    thread = session.get(ThreadRow, thread_id)
    if thread is None or thread.owner != owner:
        return False
    session.delete(thread)
    return True


def _rate(session: Session, *, owner: str, turn_id: str, feedback: Feedback | None) -> bool:
    turn = _own_turn(session, owner, turn_id)
    if turn is None or turn.reply is None:
        return False
    turn.helpful = feedback.helpful if feedback else None
    turn.reason = feedback.reason if feedback else None
    turn.comment = _encodable(feedback.comment) if feedback else None
    return True


def _exchanges(session: Session, *, owner: str, thread_id: str) -> tuple[Exchange, ...]:
    of_thread = _of(owner).where(TurnRow.thread_id == thread_id, TurnRow.reply.is_not(None))
    # Most replies are answers: hardly more are read than are kept.
    turns = session.scalars(of_thread.order_by(TurnRow.number.desc()).execution_options(yield_per=KEPT))
    remembered = (Exchange(t.question, t.reply) for t in turns if t.reply and t.reply.outcome in REMEMBERED)
    return tuple(islice(remembered, KEPT))[::-1]


def _record(session: Session, *, message: Message, reply: Reply) -> None:
    turn = _own_turn(session, message.conversation.channel_id, message.id)
    if turn and turn.thread_id == message.conversation.thread_id:
        turn.reply = reply
        turn.searched = _folded(f"{turn.question}\n{reply.text}")


def _of(owner: str) -> Select[TurnRow]:
    return select(TurnRow).join(ThreadRow).where(ThreadRow.owner == owner)


def _own_turn(session: Session, owner: str, turn_id: str) -> TurnRow | None:
    return session.scalar(_of(owner).where(TurnRow.id == turn_id))


def _turn(row: TurnRow) -> Turn:
    rated = row.helpful is not None
    feedback = Feedback(bool(row.helpful), row.reason or "", row.comment or "") if rated else None
    return Turn(row.id, row.thread_id, row.question, row.asked_at, row.reply, feedback)


def _title(question: str) -> str:
    """Return the question on one line, cut between words where it is long."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"


def _folded(text: str) -> str:
    """Return the text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", _encodable(text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _encodable(text: str) -> str:
    # A browser may send half of a character that takes two; no database takes that.
    return text.encode("utf-8", "replace").decode()
