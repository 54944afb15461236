"""A folder of files as a `Connector`: all work on files happens in threads, off the event loop."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import ClassVar

from connectors.base import Batch
from connectors.sources.filesystem.changes import FolderChanges
from connectors.sources.filesystem.listing import list_files
from connectors.sources.filesystem.settings import FilesystemSettings
from connectors.sources.filesystem.watching import watch_folder


class FilesystemConnector:
    """Brings the files of one folder; a document's id is its path from the folder, with `/`."""

    batch_size: ClassVar[int] = 16
    """Files read before a batch is yielded: what a cut-off sync does again, and what memory must hold."""

    batch_bytes: ClassVar[int] = 64_000_000
    """Bytes read before a batch is yielded, whichever comes first: 16 presentations can be a gigabyte. Only a
    file that is larger by itself goes beyond it."""

    quiet: ClassVar[timedelta] = timedelta(seconds=1)
    """How long nothing must change for a burst of changes to be over: a save is often several writes."""

    def __init__(self, settings: FilesystemSettings) -> None:
        """Touches no file yet: a folder that is missing is found by the first sync."""
        self._settings = settings

    @property
    def name(self) -> str:
        """The source's name, from its settings."""
        return self._settings.name

    async def changes(self, cursor: str | None) -> AsyncIterator[Batch]:
        """Yield what changed since `cursor`, in the order of the ids; nothing where nothing did.

        A file that can't be used is a failure of every sync until it is mended. Raises
        `SourceUnavailable`: the folder is missing or can't be read.
        """
        batches = FolderChanges(self._settings, cursor, self.batch_size, self.batch_bytes).batches()
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch

    async def list_ids(self) -> frozenset[str]:
        """Return the ids of all files that are documents, those included that can't be used as they are.

        Raises `SourceUnavailable`: the folder is missing or can't be read.
        """
        listing = await asyncio.to_thread(list_files, self._settings)
        return frozenset(file.id for file in listing.files)

    async def watch(self) -> AsyncIterator[None]:
        """Yield after each burst of changes on disk that may change a document; nothing where the settings say so.

        It ends where there is no such folder, or another takes its place. Raises `SourceUnavailable`: the system
        can't tell of changes.
        """
        if self._settings.sync_on_change:
            async for _ in watch_folder(self._settings, self.quiet):
                yield
