"""The bot's own file: it opens in step, keeps what was written, and says what is wrong with it."""

import asyncio
import errno
import os
import sqlite3
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from filelock import FileLock
from sqlalchemy import Executable, select, text
from sqlalchemy.orm import Session

from bot.errors import StorageUnavailable
from bot.storage.database import Database
from bot.storage.tables import Base, ThreadRow

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)


def thread(id_: str, title: str = "Leave") -> ThreadRow:
    return ThreadRow(id=id_, owner="sanne", title=title, asked_at=NOW)


def adds(*rows: ThreadRow) -> Callable[[Session], None]:
    return lambda session: session.add_all(rows)


def runs(statement: Executable | str) -> Callable[[Session], None]:
    def work(session: Session) -> None:
        session.execute(text(statement) if isinstance(statement, str) else statement)

    return work


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(ThreadRow.title).order_by(ThreadRow.id)))


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def _content(path: Path) -> bytes:
    return path.read_bytes()


# The file


async def test_what_was_written_is_there_after_a_restart(path: Path, database: Database) -> None:
    """A file that is opened again has all, its moments with their zone."""
    await database.run(adds(thread("1")))
    await database.close()
    again = Database(path)
    await again.open()
    rows = await again.read(lambda session: list(session.scalars(select(ThreadRow))))
    await again.close()
    assert [(row.title, row.asked_at) for row in rows] == [("Leave", NOW)]


async def test_nobody_else_may_read_the_file(path: Path, database: Database) -> None:
    """It holds questions, and so do the files that SQLite puts beside it."""
    await database.run(adds(thread("1")))
    files = [path, path.with_name("bot.sqlite-wal"), path.with_name("bot.sqlite-shm")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3


async def test_what_is_deleted_is_gone(path: Path, database: Database) -> None:
    """Nobody finds it in the file's unused parts."""
    await database.run(adds(thread("1", "Leave " * 5_000), thread("2", "Travel")))
    await database.run(runs("DELETE FROM threads WHERE id = '1'"))
    await database.close()
    assert b"Travel" in _content(path)
    assert b"Leave" not in _content(path)


async def test_migrations_make_the_tables(database: Database) -> None:
    """A database that took all steps has what the code reads and writes, no more and no less."""

    def differences(session: Session) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(session.connection()), Base.metadata))

    assert await database.run(differences) == []
    await database.run(runs("DROP INDEX threads_by_owner"))
    assert await database.run(differences) != []


_OPEN = """
import asyncio, sys
from pathlib import Path
from bot.storage.database import Database

async def work():
    for path in sys.argv[1:]:
        database = Database(Path(path))
        print("ready", flush=True)
        input()
        await database.open()
        await database.close()
    print("done", flush=True)

asyncio.run(work())
"""


def test_two_processes_begin_at_once(path: Path) -> None:
    """Both open the same new file; which of them makes it makes no difference."""
    paths = [path.with_name(f"{number}.sqlite") for number in range(20)]  # as one may go well by chance
    processes = [_started(_OPEN, *map(str, paths)) for _ in range(2)]
    for _ in paths:
        assert [_line(process) for process in processes] == ["ready\n"] * 2
        for process in processes:
            _say(process, "\n")
    assert [process.communicate(timeout=60) for process in processes] == [("done\n", "")] * 2
    for each in paths:
        with closing(sqlite3.connect(each)) as connection:
            assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)


def _started(program: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline()


def _say(process: "subprocess.Popen[str]", text: str) -> None:
    assert process.stdin
    process.stdin.write(text)
    process.stdin.flush()


async def test_several_write_to_one_file_at_once(path: Path) -> None:
    """Other copies of Kennisbot wait for each other, and all is kept."""
    databases = [Database(path) for _ in range(8)]
    await databases[0].open()
    await asyncio.gather(*(database.run(adds(thread(str(n)))) for n, database in enumerate(databases)))
    assert len(await databases[0].read(titles)) == 8
    await asyncio.gather(*(database.close() for database in databases))


# Transactions


async def test_work_that_fails_leaves_nothing(database: Database) -> None:
    """What it raises is raised as it is, and what it wrote before is not kept."""

    def work(session: Session) -> None:
        session.add(thread("1"))
        session.flush()
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        await database.run(work)
    assert await database.read(titles) == []


async def test_reading_waits_for_no_writer(path: Path, database: Database) -> None:
    """A page shows what is there while another process writes."""
    await database.run(adds(thread("1")))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM threads")
        assert await database.read(titles) == ["Leave"]


# What can be wrong with it


async def test_file_that_another_program_holds(path: Path, database: Database) -> None:
    """Writing and opening say so, and work again as soon as it is free."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable) as writing:
            await database.run(adds(thread("1")))
        with pytest.raises(StorageUnavailable) as opening:
            await Database(path, busy_timeout=0.05).open()
    for raised in (writing, opening):
        assert raised.value.reason == f"the database {path} is held by another program"
        assert "a backup, another copy of Kennisbot" in raised.value.remedy
        assert raised.value.retryable
    await database.run(adds(thread("1")))
    assert await database.read(titles) == ["Leave"]


async def test_file_that_another_process_is_opening(path: Path) -> None:
    """One that hangs there is told like one that writes."""
    path.parent.mkdir()
    with FileLock(f"{path}.lock"), pytest.raises(StorageUnavailable, match="is held by another program"):
        await Database(path, busy_timeout=0.05).open()


async def test_full_disk(path: Path, database: Database) -> None:
    """It is said, and what was there stays; with room again writing works without a restart."""
    await database.run(adds(thread("1")))
    await database.run(runs("PRAGMA max_page_count = 1"))
    with pytest.raises(StorageUnavailable) as raised:
        await database.run(adds(thread("2", "x" * 1_000_000)))
    assert raised.value.reason == f"the database {path} can't grow, as its disk is full"
    assert raised.value.remedy.startswith("Make room on that disk")
    await database.run(runs("PRAGMA max_page_count = 100000"))
    await database.run(adds(thread("2", "Travel")))
    assert await database.read(titles) == ["Leave", "Travel"]


async def test_file_that_may_not_be_written(path: Path, database: Database) -> None:
    """It can still be read."""
    await database.run(adds(thread("1")))
    await database.run(runs("PRAGMA query_only = ON"))
    with pytest.raises(StorageUnavailable) as raised:
        await database.run(adds(thread("2")))
    assert raised.value.reason == f"the database {path} may not be written"
    assert "the right to write that file and its folder" in raised.value.remedy
    assert await database.read(titles) == ["Leave"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "may not be written"),
        (errno.EROFS, "may not be written"),
        (errno.ENOSPC, "can't grow, as its disk is full"),
        (errno.ENAMETOOLONG, "can't be opened"),
    ],
)
async def test_folder_that_can_not_be_made(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    """What the operating system says is said in an administrator's words."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StorageUnavailable) as raised:
        await Database(path).open()
    assert raised.value.reason == f"the database {path} {reason}"


async def test_folder_that_is_a_file(path: Path) -> None:
    """A wrong data folder in the settings is told from a wrong right."""
    path.parent.write_text("not a folder")
    with pytest.raises(StorageUnavailable, match=r"can't be opened\. Check that its folder is one"):
        await Database(path).open()


async def test_file_that_is_a_folder(path: Path) -> None:
    """The same where SQLite finds out."""
    _put(path / "inside", b"")
    with pytest.raises(StorageUnavailable, match="can't be opened"):
        await Database(path).open()


async def test_damaged_file(path: Path) -> None:
    """It is left as it is, for who can repair it."""
    _put(path, b"no database " * 1000)
    with pytest.raises(StorageUnavailable) as raised:
        await Database(path).open()
    assert raised.value.reason == f"the database {path} is damaged"
    assert "a backup" in raised.value.remedy
    assert _content(path) == b"no database " * 1000


async def test_file_of_a_newer_version(path: Path, database: Database) -> None:
    """An older Kennisbot touches nothing and says what to do."""
    await database.run(adds(thread("1")))
    await database.run(runs("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageUnavailable) as raised:
        await Database(path).open()
    assert raised.value.reason == f"the database {path} was made by a newer version of Kennisbot"
    assert raised.value.remedy.startswith("Update Kennisbot, or move that file away")
    assert await database.read(titles) == ["Leave"]


async def test_errors_do_not_tell_questions(database: Database) -> None:
    """Whatever goes wrong, the log shows no value of a statement."""
    question = " ".join(("May", "I", "resign?"))  # a traceback has the lines of this test
    await database.run(adds(thread("1", question)))
    with pytest.raises(StorageUnavailable, match="can't be used: UNIQUE constraint failed") as raised:
        await database.run(adds(thread("1", question)))
    assert question not in "".join(traceback.format_exception(raised.value))
