"""Opening the index file: its settings, its layout, and its faults in an administrator's words."""

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from queue import Empty, SimpleQueue

from pipelines.errors import IndexMismatch, IndexMissing, IndexUnavailable

SCHEMA_VERSION = 2

_Idle = SimpleQueue[sqlite3.Connection]


class ConnectionPool:
    """Connections to one file, each lent to one user at a time, whatever its thread.

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
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = self.open()
        try:
            yield connection
        except sqlite3.Error as error:
            raise unavailable(self._path, error) from error
        finally:
            self._idle.put(connection)

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
    """Return what to raise for a fault of the file."""
    remedy = "Check that the file is on a local disk with room and may be written, and that no other program holds it."
    return IndexUnavailable(f"the index {path} can't be used: {error}", remedy)


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
        idle.get_nowait().close()
