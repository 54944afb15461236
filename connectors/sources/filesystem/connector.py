"""A folder of files as a `Connector`: all work on files happens in threads, off the event loop."""

import asyncio
from collections.abc import AsyncIterator
from typing import ClassVar

from connectors.base import Batch
from connectors.sources.filesystem.changes import FolderChanges
from connectors.sources.filesystem.listing import list_files
from connectors.sources.filesystem.settings import FilesystemSettings


class FilesystemConnector:
    """Brings the files of one folder; a document's id is its path from the folder, with `/`."""

    batch_size: ClassVar[int] = 16
    """Files read before a batch is yielded: what a cut-off sync does again, and what memory must hold."""

    def __init__(self, settings: FilesystemSettings) -> None:
        """Touches no file yet: a folder that is missing is found by the first sync."""
        self._settings = settings

    @property
    def name(self) -> str:
        """The source's name, from its settings."""
        return self._settings.name

    async def changes(self, cursor: str | None) -> AsyncIterator[Batch]:
        """Yield what changed since `cursor`, in the order of the ids; nothing where nothing did.

        A file that can't be used is a failure of every sync until it is mended, and each time its id is
        among the deletions too. Raises `SourceUnavailable`: the folder is missing or can't be read.
        """
        batches = FolderChanges(self._settings, cursor, self.batch_size).batches()
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            yield batch

    async def list_ids(self) -> frozenset[str]:
        """Return the ids of all files that are documents, those included that can't be used as they are.

        Raises `SourceUnavailable`: the folder is missing or can't be read.
        """
        listing = await asyncio.to_thread(list_files, self._settings)
        return frozenset(file.id for file in listing.files)
