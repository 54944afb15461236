"""The tables of the bot's own database, in what every SQL database has.

A change here goes together with a migration in `migrations/versions`; a test holds the two alike.
"""

from datetime import UTC, datetime

import structlog
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import DateTime, Dialect, ForeignKey, Index, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.models import Reply

_log = structlog.get_logger(__name__)

_REPLIES = TypeAdapter(Reply)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: written in UTC, also where the database keeps no zone, and read with that zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; `value` knows its zone."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone; SQLite gives it back without."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class StoredReply(TypeDecorator[Reply]):
    """A reply as JSON, as it was.

    One that an older or newer version wrote is read as far as this version knows its fields: what it does not know
    is left out, what is missing takes its default. Where that can't be, the reply reads as None, so that the rest
    of a thread is still there.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Reply | None, dialect: Dialect) -> str | None:
        """Return the JSON of the reply."""
        return _REPLIES.dump_json(value).decode() if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Reply | None:
        """Return the reply, None where there is none that can be read."""
        try:
            return _REPLIES.validate_json(value) if value else None
        except ValidationError as error:
            # The places alone: the values are somebody's answer.
            fields = [".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False)]
            _log.warning("stored_reply_unreadable", fields=fields)
            return None


class Base(DeclarativeBase):
    """Knows all tables."""

    type_annotation_map = {datetime: UtcDateTime, Reply: StoredReply}  # noqa: RUF012 - SQLAlchemy only reads it


class ThreadRow(Base):
    """A thread of questions; `asked_at` is the moment of its latest."""

    __tablename__ = "threads"
    __table_args__ = (Index("threads_by_owner", "owner", "asked_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    title: Mapped[str]
    asked_at: Mapped[datetime]


class TurnRow(Base):
    """A question of a thread, the `number`th from 1, with its reply and what its reader thought of it.

    `searched` is the text of both, folded as a search is. `helpful` is null where nobody said.
    """

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("thread_id", "number", name="turns_in_order"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str] = mapped_column(ForeignKey(ThreadRow.id, ondelete="CASCADE"))
    number: Mapped[int]
    asked_at: Mapped[datetime]
    question: Mapped[str] = mapped_column(Text)
    searched: Mapped[str] = mapped_column(Text)  # before the reply, so that a search need not read past that
    helpful: Mapped[bool | None]
    reason: Mapped[str | None]
    comment: Mapped[str | None] = mapped_column(Text)
    reply: Mapped[Reply | None]
