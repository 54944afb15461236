"""Opening the index file: its settings, its layout, and its faults in an administrator's words."""

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from queue import Empty, SimpleQueue

from pipelines.errors import IndexMismatch, IndexMissing, IndexUnavailable

SCHEMA_VERSION = 3

_CHECK = "Check that the file is on a local disk with room and may be written, and that no other program holds it."
_FAULTS = (
    (
        "SQLITE_FULL",
        "can't grow, as its disk is full",
        "Make room on that disk, then run `kennisbot sync`: it goes on where it was, nothing is lost.",
    ),
    (
        "SQLITE_READONLY",
        "may not be written",
        "Give Kennisbot's user the right to write that file and its folder, then run `kennisbot sync`.",
    ),
    (
        "SQLITE_CANTOPEN",
        "can't be opened",
        "Check that its disk is not mounted read-only, and give Kennisbot's user the right to read and write that "
        "file and its folder.",
    ),
    (
        "SQLITE_BUSY",
        "is held by another program",
        "Find what holds it (a backup, another copy of Kennisbot) and try again.",
    ),
    ("SQLITE_CORRUPT", "is damaged", "Remove that file and run `kennisbot sync` to build it anew."),
    ("SQLITE_NOTADB", "is damaged", "Remove that file and run `kennisbot sync` to build it anew."),
)
"""By the beginning of SQLite's name for a fault."""

_Idle = SimpleQueue[tuple[int, sqlite3.Connection]]
"""Each with the file that it was opened on."""


class ConnectionPool:
    """Connections to one file, each lent to one user at a time, whatever its thread.

    Where another file has taken the place of the one that connections were opened on, or it is gone, they are not
    lent again: who removes an index to have it built anew need not stop what answers from it.

    Raises from its methods: `IndexMissing` where `create` is False and there is no file,
    `IndexUnavailable` and `IndexMismatch` where the file can't be used.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        """`path`: the file; it is made, with its folder, on first use unless `create` is False."""
        self._path = path
        self._create = create
        self._idle: _Idle = SimpleQueue()
        weakref.finalize(self, _close_all, self._idle)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what SQLite raises is raised as `IndexUnavailable`."""
        file, connection = self._borrowed()
        try:
            yield connection
        except sqlite3.Error as error:
            raise unavailable(self._path, error) from error
        finally:
            self._idle.put((file, connection))

    def file(self) -> int:
        """Return what tells the file that is there now from another that was, 0 where there is none."""
        try:
            return self._path.stat().st_ino
        except OSError:
            return 0

    def _borrowed(self) -> tuple[int, sqlite3.Connection]:
        file = self.file()
        while True:
            try:
                opened_on, connection = self._idle.get_nowait()
            except Empty:
                connection = self.open()
                return self.file(), connection
            if file and opened_on == file:
                return file, connection
            connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to which the file stays as it is at the first query, whatever is written meanwhile."""
        with self.reading() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection in a transaction: committed at the end, rolled back on an error."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def open(self) -> sqlite3.Connection:
        """Return a new connection that the caller keeps, and closes."""
        if not self._create and not self._path.exists():
            raise IndexMissing(f"there is no index at {self._path}", "Run `kennisbot sync` first.")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _opened(self._path)
        except (OSError, sqlite3.Error) as error:
            raise unavailable(self._path, error) from error


def unavailable(path: Path, error: Exception) -> IndexUnavailable:
    """Return what to raise for a fault of the file: what it is in an administrator's words, and what to do."""
    name = getattr(error, "sqlite_errorname", "")
    fault, remedy = next((f for prefix, *f in _FAULTS if name.startswith(prefix)), (f"can't be used: {error}", _CHECK))
    return IndexUnavailable(f"the index {path} {fault}", remedy)


def _opened(path: Path) -> sqlite3.Connection:
    # 30 s: a sync commits document by document, so no writer waits longer than one document's work.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        _ensure_schema(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _ensure_schema(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        schema = files(__package__).joinpath("schema.sql").read_text("utf-8")
        connection.executescript(f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    elif version != SCHEMA_VERSION:
        raise IndexMismatch(
            f"the index {path} has layout {version}, this version reads {SCHEMA_VERSION}",
            "Remove that file and run `kennisbot sync` to build it anew.",
        )


def _close_all(idle: _Idle) -> None:
    while not idle.empty():
        idle.get_nowait()[1].close()
