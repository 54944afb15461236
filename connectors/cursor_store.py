"""How far each source has been indexed, how its last sync ended, and which of its documents failed: an SQLite file.

A cursor is saved after its batch has been indexed, never before. A failure keeps the moment when it was
first seen until it is resolved.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from connectors.errors import ConnectorError, CursorStoreUnavailable

if TYPE_CHECKING:
    from connectors.base import DocumentIssue

Result = TypeVar("Result")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS positions (
    source TEXT PRIMARY KEY,
    context TEXT NOT NULL,
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
CREATE TABLE IF NOT EXISTS runs (
    source TEXT PRIMARY KEY,
    finished_at TEXT NOT NULL,
    failures INTEGER NOT NULL,
    reason TEXT,
    remedy TEXT,
    listed INTEGER
);
"""
_SAVE = """
INSERT INTO positions (source, context, cursor, saved_at) VALUES (?, ?, ?, ?)
ON CONFLICT (source) DO UPDATE
SET context = excluded.context, cursor = excluded.cursor, saved_at = excluded.saved_at
"""
_RECORD = """
INSERT INTO failures (source, document_id, reason, remedy, since) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (source, document_id) DO UPDATE SET reason = excluded.reason, remedy = excluded.remedy
"""
_RECORD_RUN = """
INSERT INTO runs (source, finished_at, failures, reason, remedy, listed) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (source) DO UPDATE SET finished_at = excluded.finished_at, reason = excluded.reason,
    remedy = excluded.remedy, failures = CASE excluded.failures WHEN 0 THEN 0 ELSE failures + 1 END,
    listed = coalesce(excluded.listed, listed)
"""
_LIST = "SELECT document_id, reason, remedy, since FROM failures WHERE source = ? ORDER BY document_id"
_STANDINGS = """
SELECT source, (SELECT count(*) FROM failures WHERE failures.source = known.source),
    finished_at, runs.failures, reason, remedy, listed
FROM (SELECT source FROM runs UNION SELECT source FROM failures) AS known LEFT JOIN runs USING (source)
"""

_BUSY_TIMEOUT = 10.0  # seconds; a write here takes milliseconds


@dataclass(frozen=True, slots=True)
class RecordedFailure:
    """A document that could not be indexed; `since` is when that was first seen, in UTC."""

    document_id: str
    reason: str
    remedy: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """How a source's last sync ended, in UTC: `failures` counts those in a row that the whole source failed.

    `reason` and `remedy` say why the last one did; both are None where it did not. `listed` counts the documents
    that the source had when a sync last ran to its end, None where none did.
    """

    finished_at: datetime
    failures: int
    reason: str | None
    remedy: str | None
    listed: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands: its last sync, None where there was none, and how many of its documents fail."""

    last_run: Run | None
    failing: int


class CursorStore:
    """Keeps cursors and failures by the source's name.

    Every method raises `CursorStoreUnavailable`, and works in a thread on a connection of its own.
    """

    def __init__(self, path: Path, context: str = "") -> None:
        """`path`: the SQLite file; it is made, with its folder, when it is first used.

        `context`: what a cursor holds for besides its source, such as the limits of conversion: in another one,
        everything is read again.
        """
        self._path = path
        self._context = context

    async def load(self, source: str) -> str | None:
        """Return the cursor that was saved last in this context, or None."""
        query = "SELECT cursor FROM positions WHERE source = ? AND context = ?"
        row = await self._run(source, lambda database: database.execute(query, (source, self._context)).fetchone())
        return str(row[0]) if row else None

    async def save(self, source: str, cursor: str) -> None:
        """Keep `cursor` in place of the one before."""
        await self._run(source, lambda database: database.execute(_SAVE, (source, self._context, cursor, _now())))

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

    async def record_run(self, source: str, error: ConnectorError | None, listed: int | None = None) -> None:
        """Keep how a sync of `source` ended: `error` is why the whole of it failed, else it `listed` so many."""
        ended = (1, error.reason, error.remedy, None) if error else (0, None, None, listed)
        await self._run(source, lambda database: database.execute(_RECORD_RUN, (source, _now(), *ended)))

    async def last_run(self, source: str) -> Run | None:
        """Return how the last sync of `source` ended, None where there was none."""
        query = "SELECT finished_at, failures, reason, remedy, listed FROM runs WHERE source = ?"
        row = await self._run(source, lambda database: database.execute(query, (source,)).fetchone())
        return _run(row) if row else None

    async def standings(self) -> dict[str, Standing]:
        """Return how each source stands of which something is known, by name."""
        rows = await self._run("all sources", lambda database: database.execute(_STANDINGS).fetchall())
        return {source: Standing(_run(ended) if ended[0] else None, failing) for source, failing, *ended in rows}

    async def forget_cursor(self, source: str) -> None:
        """Let the next sync of `source` read everything; what is known of failures and runs stays."""
        await self._run(source, lambda database: database.execute("DELETE FROM positions WHERE source = ?", (source,)))

    async def forget(self, source: str) -> None:
        """Remove all that is known of `source`: its next sync reads everything."""

        def remove(database: sqlite3.Connection) -> None:
            for table in ("positions", "failures", "runs"):
                database.execute(f"DELETE FROM {table} WHERE source = ?", (source,))  # noqa: S608 - constants

        await self._run(source, remove)

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


def _run(row: Sequence[Any]) -> Run:
    return Run(datetime.fromisoformat(row[0]), *row[1:])


def _now() -> str:
    return datetime.now(UTC).isoformat()
