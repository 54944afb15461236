"""Noticing changes in a folder as they happen.

The system tells of them (inotify on Linux, one watch a folder; setting up 5,000 took 0.1 s), but only of those
made on this machine. What a source would not read is not noticed.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles.main import FileChange

from connectors.errors import SourceUnavailable
from connectors.sources.filesystem.access import ACCESS_FILE
from connectors.sources.filesystem.listing import printable
from connectors.sources.filesystem.selection import Selection
from connectors.sources.filesystem.settings import FilesystemSettings

_LONGEST_BURST = 10
"""In quiet times: changes that never pause, such as a large copy, are told of this often."""

_LONGEST_SILENCE = 5
"""In quiet times: so often it is looked whether the folder is still the same one, since the system does not tell of
a folder that is renamed or mounted over."""


class Relevance:
    """Tells whether a change may change what a sync would bring."""

    def __init__(self, settings: FilesystemSettings) -> None:
        """`settings`: of the folder, whose real path `root` is."""
        self.root = Path(os.path.realpath(settings.path))
        self._selection = Selection(settings.include, settings.exclude)

    def __call__(self, _: Change, path: str) -> bool:
        """Tell it of a change at `path`, which is absolute."""
        relative = Path(path).relative_to(self.root)
        if relative.name == ACCESS_FILE:
            return not self._selection.leaves_out(relative.parent.as_posix())
        if not relative.parts:
            return True  # the folder itself
        shown = printable(str(relative))
        if self._selection.leaves_out(shown):
            return False
        # A folder that comes or goes takes its files along, and only it is told of.
        return self._selection.includes(shown) or not Path(path).is_file()


async def watch_folder(settings: FilesystemSettings, quiet: timedelta) -> AsyncIterator[None]:
    """Yield when nothing has changed for `quiet` after something did, or when the folder goes or is replaced.

    Ends when the folder goes or is replaced, at once where there is none: what that means is for a sync to say.
    Raises `SourceUnavailable`: the system has no watches left, or the folder can't be entered.
    """
    relevant = Relevance(settings)
    began_with = _identity(relevant.root)
    if began_with is None:
        return
    try:
        async with aclosing(_bursts(relevant, quiet)) as bursts:
            async for changes in bursts:
                is_replaced = await asyncio.to_thread(_identity, relevant.root) != began_with
                if changes or is_replaced:
                    yield
                if is_replaced:
                    return
    except FileNotFoundError:
        return
    except (OSError, RuntimeError) as error:  # the library raises either where a limit is reached
        raise _unwatchable(settings.name, relevant.root, error) from error


def _bursts(relevant: Relevance, quiet: timedelta) -> AsyncGenerator[set[FileChange], None]:
    step = round(quiet.total_seconds() * 1000)
    return awatch(
        relevant.root,
        watch_filter=relevant,
        step=step,
        debounce=_LONGEST_BURST * step,
        rust_timeout=_LONGEST_SILENCE * step,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )


def _identity(root: Path) -> tuple[int, int] | None:
    """Tell one folder from another that takes its name; None: there is none."""
    try:
        status = root.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _unwatchable(source: str, root: Path, error: Exception) -> SourceUnavailable:
    remedy = (
        "Raise the system's limits fs.inotify.max_user_watches (one a folder) and fs.inotify.max_user_instances "
        "(one a source). Until then changes are found at the source's interval, `sync_every`."
    )
    return SourceUnavailable(source, f"the system does not tell of changes in {root} ({error})", remedy)
