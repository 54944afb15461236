"""One sync at a time on one index, in whatever process: the lock goes when its process does, however it ends."""

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import IndexUnavailable, SyncRunning


class SyncLock:
    """A lock file, and beside it who holds it since when."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where the index is; it is made when the lock is first taken."""
        self._folder = folder
        self._holder = folder / "sync.holder.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises `SyncRunning` at once where another sync does, `IndexUnavailable` where no file can be made.
        """
        lock = FileLock(self._folder / "sync.lock")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
            self._holder.write_text(json.dumps(_this_process()), "utf-8")
        except Timeout:
            raise SyncRunning(f"another sync is running: {self._who()}", _WAIT) from None
        except OSError as error:
            reason = f"the folder of the index {self._folder} can't be written: {error.strerror}"
            raise IndexUnavailable(reason, "Check the disk's room and the rights of Kennisbot's user there.") from error
        try:
            yield
        finally:
            self._holder.unlink(missing_ok=True)
            lock.release()

    def _who(self) -> str:
        try:
            holder = json.loads(self._holder.read_text("utf-8"))
            since = datetime.fromisoformat(holder["since"]).astimezone()
            return f"process {holder['pid']} of {holder['user']} on {holder['host']}, since {since:%Y-%m-%d %H:%M:%S}"
        except (OSError, ValueError, KeyError, TypeError):
            return "it has only just begun"


_WAIT = "Wait until it is done, or end that process; what it did so far is kept."


def _this_process() -> dict[str, object]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "user": _user(), "host": platform.node(), "since": since}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"user {os.getuid()}"
