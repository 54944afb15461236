"""`Database`: the bot's own file, opened in step with this version, and its faults in an administrator's words.

Everything that only SQLite does is here.
"""

import asyncio
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageUnavailable

Result = TypeVar("Result")

BUSY_TIMEOUT = 10.0
"""Seconds to wait for who writes: a transaction takes milliseconds, a backup of a large file some seconds."""

_THREADS = 4
"""At most: a transaction takes milliseconds, and one writes at a time."""

_CHECK = "Check that the file is on a local disk with room and may be written, and that no other program holds it."
_FAULTS = (
    (
        ("SQLITE_FULL", "ENOSPC", "EDQUOT"),
        "can't grow, as its disk is full",
        "Make room on that disk; Kennisbot needs no restart, and nothing that was kept is lost.",
    ),
    (
        ("SQLITE_READONLY", "EACCES", "EPERM", "EROFS"),
        "may not be written",
        "Check that its disk is not mounted read-only, and give Kennisbot's user the right to write that file and its "
        "folder.",
    ),
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED"),
        "is held by another program",
        "Find what holds it (a backup, another copy of Kennisbot) and try again.",
    ),
    (
        ("SQLITE_CORRUPT", "SQLITE_NOTADB"),
        "is damaged",
        "Put a backup of it in its place, or move it away: Kennisbot then begins with an empty one.",
    ),
    (
        ("SQLITE_CANTOPEN", "E"),
        "can't be opened",
        "Check that its folder is one, and give Kennisbot's user the right to read and write that file and its folder.",
    ),
)
"""By the beginnings of SQLite's and the operating system's names for a fault; the first that fits counts."""


class Database:
    """One SQLite file, shared with other threads and processes.

    The engine is synchronous on purpose: SQLite has no asynchronous interface, and what is called one is a thread
    behind a queue. `run` and `read` take a whole transaction to a thread instead, once.

    Raises from all its methods: `StorageUnavailable`.
    """

    def __init__(self, path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> None:
        """`path`: the file; `open` makes it, with its folder. `busy_timeout`: seconds to wait for who writes."""
        self._path = path
        self._busy_timeout = busy_timeout
        self._reading = _engine(path, busy_timeout)
        self._writing = self._reading.execution_options(begin="IMMEDIATE")
        # SQLite lets one write at a time, and those that wait look again now and then; these wait in their order.
        self._turn_to_write = asyncio.Lock()
        # Threads of its own: in those that all share it would stand behind the answers that are being made (of 100
        # questions at once the last was taken in after 1.6 s, and not after 5).
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="storage")

    async def open(self) -> None:
        """Make the file where there is none, and bring it in step with this version; more than one process may."""
        await self._in_thread(self._open)

    async def run(self, work: Callable[[Session], Result]) -> Result:
        """Return what `work` makes of the database, in one transaction in which nobody else writes.

        It is committed where `work` returns and rolled back where it raises; `work` runs in another thread.
        """
        async with self._turn_to_write:
            return await self._in_thread(partial(self._work, self._writing, work))

    async def read(self, work: Callable[[Session], Result]) -> Result:
        """Return the same for `work` that only reads: it waits for no writer, and sees one moment's state."""
        return await self._in_thread(partial(self._work, self._reading, work))

    async def check(self) -> None:
        """Do nothing where the file can be read."""
        await self.read(lambda session: session.connection().exec_driver_sql("SELECT count(*) FROM threads"))

    async def close(self) -> None:
        """Let go of the file; what runs meanwhile is done."""
        await asyncio.to_thread(self._reading.dispose)
        self._threads.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _open(self) -> None:
        with self._explaining():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # SQLite itself does not wait where two turn a new file to WAL mode at once: one of them is refused.
            with FileLock(f"{self._path}.lock", timeout=self._busy_timeout):
                _make(self._path, self._busy_timeout)
                with self._writing.begin() as connection:
                    self._migrate(connection)

    def _migrate(self, connection: Connection) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.script.revision import ResolutionError
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", f"{__package__}:migrations")
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            if isinstance(error.__cause__, ResolutionError):  # it has had a step that this version does not know
                raise _too_new(self._path) from error
            raise

    def _work(self, engine: Engine, work: Callable[[Session], Result]) -> Result:
        with self._explaining(), Session(engine, expire_on_commit=False) as session, session.begin():
            return work(session)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise _unavailable(self._path, error) from error


def _engine(path: Path, busy_timeout: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # SQLAlchemy begins the transactions, not Python's sqlite3, which leaves DDL and reading outside of them.
        connect_args={"timeout": busy_timeout, "isolation_level": None, "check_same_thread": False},
        max_overflow=-1,  # asyncio has so many threads and no more
        hide_parameters=True,  # questions stay out of the log
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")  # in WAL mode a power cut loses at most the last moments
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what somebody deletes is not left in the file's free pages


def _begin(connection: Connection) -> None:
    # A transaction that writes says so at once: one that read before it writes is refused where another wrote between.
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")


def _make(path: Path, busy_timeout: float) -> None:
    # For nobody else to read: it holds questions. SQLite gives the files that it puts beside it the same mode.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path, timeout=busy_timeout)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _unavailable(path: Path, error: Exception) -> StorageUnavailable:
    cause = getattr(error, "orig", None) or error
    name = _fault_name(cause)
    fault, remedy = next((said for names, *said in _FAULTS if name.startswith(names)), (_unknown(cause), _CHECK))
    return StorageUnavailable(f"the database {path} {fault}", remedy)


def _fault_name(error: Exception) -> str:
    if isinstance(error, Timeout):  # of the lock file
        return "SQLITE_BUSY"
    return getattr(error, "sqlite_errorname", "") or errno.errorcode.get(getattr(error, "errno", 0), "")


def _unknown(error: Exception) -> str:
    return f"can't be used: {error}"


def _too_new(path: Path) -> StorageUnavailable:
    return StorageUnavailable(
        f"the database {path} was made by a newer version of Kennisbot",
        "Update Kennisbot, or move that file away: Kennisbot then begins with an empty one.",
    )
