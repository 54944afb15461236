"""How far each source has been indexed, and which of its documents could not be: one small SQLite file.

A cursor is saved after its batch has been indexed, never before. A failure keeps the moment when it was
first seen until it is resolved.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from connectors.errors import CursorStoreUnavailable

if TYPE_CHECKING:
    from connectors.base import DocumentIssue

Result = TypeVar("Result")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS cursors (
    source TEXT PRIMARY KEY,
    cursor TEXT NOT NULL,
    saved_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS failures (
    source TEXT NOT NULL,
    document_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (source, document_id)
);
"""
_SAVE = """
INSERT INTO cursors (source, cursor, saved_at) VALUES (?, ?, ?)
ON CONFLICT (source) DO UPDATE SET cursor = excluded.cursor, saved_at = excluded.saved_at
"""
_RECORD = """
INSERT INTO failures (source, document_id, reason, remedy, since) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (source, document_id) DO UPDATE SET reason = excluded.reason, remedy = excluded.remedy
"""
_LIST = "SELECT document_id, reason, remedy, since FROM failures WHERE source = ? ORDER BY document_id"

_BUSY_TIMEOUT = 10.0  # seconds; a write here takes milliseconds


@dataclass(frozen=True, slots=True)
class RecordedFailure:
    """A document that could not be indexed; `since` is when that was first seen, in UTC."""

    document_id: str
    reason: str
    remedy: str
    since: datetime


class CursorStore:
    """Keeps cursors and failures by the source's name.

    Every method raises `CursorStoreUnavailable`, and works in a thread on a connection of its own.
    """

    def __init__(self, path: Path) -> None:
        """`path`: the SQLite file; it is made, with its folder, when it is first used."""
        self._path = path

    async def load(self, source: str) -> str | None:
        """Return the cursor that was saved last, or None."""
        return await self._value(source, "SELECT cursor FROM cursors WHERE source = ?")

    async def saved_at(self, source: str) -> datetime | None:
        """Return when the cursor was saved, in UTC, or None where there is none."""
        saved_at = await self._value(source, "SELECT saved_at FROM cursors WHERE source = ?")
        return datetime.fromisoformat(saved_at) if saved_at else None

    async def save(self, source: str, cursor: str) -> None:
        """Keep `cursor` in place of the one before."""
        await self._run(source, lambda database: database.execute(_SAVE, (source, cursor, _now())))

    async def failures(self, source: str) -> tuple[RecordedFailure, ...]:
        """Return the documents that could not be indexed, by id."""
        rows = await self._run(source, lambda database: database.execute(_LIST, (source,)).fetchall())
        return tuple(
            RecordedFailure(id_, reason, remedy, datetime.fromisoformat(since)) for id_, reason, remedy, since in rows
        )

    async def record_failures(self, source: str, issues: "Iterable[DocumentIssue]", resolved: Iterable[str]) -> None:
        """Add `issues`, keeping since when of those known; remove `resolved` ids that are not among them."""
        now = _now()
        reported = [(source, issue.document_id, issue.reason, issue.remedy, now) for issue in issues]
        mended = [(source, id_) for id_ in set(resolved).difference(row[1] for row in reported)]

        def record(database: sqlite3.Connection) -> None:
            database.executemany("DELETE FROM failures WHERE source = ? AND document_id = ?", mended)
            database.executemany(_RECORD, reported)

        await self._run(source, record)

    async def forget(self, source: str) -> None:
        """Remove all that is known of `source`: its next sync reads everything."""

        def remove(database: sqlite3.Connection) -> None:
            database.execute("DELETE FROM cursors WHERE source = ?", (source,))
            database.execute("DELETE FROM failures WHERE source = ?", (source,))

        await self._run(source, remove)

    async def _value(self, source: str, query: str) -> str | None:
        row = await self._run(source, lambda database: database.execute(query, (source,)).fetchone())
        return str(row[0]) if row else None

    async def _run(self, source: str, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await asyncio.to_thread(self._transact, source, work)

    def _transact(self, source: str, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_BUSY_TIMEOUT)) as database, database:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(_SCHEMA)
                return work(database)
        except (OSError, sqlite3.Error) as error:
            reason = f"the file of cursors {self._path} can't be used: {error}"
            remedy = "Check the disk and the rights of Kennisbot's user; a damaged file may be removed."
            raise CursorStoreUnavailable(source, reason, remedy) from error


def _now() -> str:
    return datetime.now(UTC).isoformat()
