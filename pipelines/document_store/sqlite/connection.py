"""Opening the index file: its settings, its layout, and its faults in an administrator's words."""

import sqlite3
from importlib.resources import files
from pathlib import Path

from pipelines.errors import IndexMismatch, IndexUnavailable

SCHEMA_VERSION = 1


def connect(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    # 30 s: a sync commits document by document, so no writer waits longer than one document's work.
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=check_same_thread)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def ensure_schema(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.commit()
    if version == 0:
        schema = files(__package__).joinpath("schema.sql").read_text("utf-8")
        connection.executescript(f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
    elif version != SCHEMA_VERSION:
        raise IndexMismatch(
            f"the index {path} has layout {version}, this version reads {SCHEMA_VERSION}",
            "Remove that file and run `kennisbot sync` to build it anew.",
        )


def unavailable(path: Path, error: Exception) -> IndexUnavailable:
    remedy = "Check that the file is on a local disk with room and may be written, and that no other program holds it."
    return IndexUnavailable(f"the index {path} can't be used: {error}", remedy)
