"""What changed in a folder since a cursor, step by step."""

from collections.abc import Iterator

from connectors.base import Batch, DocumentIssue, SourceDocument
from connectors.sources.filesystem.cursor import format_cursor, parse_cursor
from connectors.sources.filesystem.errors import UnusableFile
from connectors.sources.filesystem.listing import FoundFile, list_files
from connectors.sources.filesystem.reader import DocumentReader
from connectors.sources.filesystem.settings import FilesystemSettings

_UNREAD = ""
"""The stamp of a document that could not be used: no file has it, and its deletion is still noticed."""


class FolderChanges:
    """One sync of a folder: list, compare with the cursor, read what differs.

    A document that can't be used is a failure, with who may read it where that can be told: in Markdown it
    may have been narrowed in the very change that broke it. Each sync tries it again. What has gone is deleted
    in the last batch, so that a renamed document's vectors can be reused.
    """

    def __init__(self, settings: FilesystemSettings, cursor: str | None, batch_size: int, batch_bytes: int) -> None:
        """`batch_size`, `batch_bytes`: how many changed files, or bytes of them, make one batch."""
        self._settings = settings
        self._reader = DocumentReader(settings)
        self._stamps = parse_cursor(cursor)
        self._batch_size = batch_size
        self._batch_bytes = batch_bytes
        self._present: set[str] = set()

    def batches(self) -> Iterator[Batch]:
        """Yield the changes, in the order of the ids. Raises `SourceUnavailable`."""
        listing = list_files(self._settings)
        self._present = {file.id for file in listing.files}
        changed = [file for file in listing.files if self._differs(file)]
        remaining = len(changed)
        for files in self._steps(changed):
            remaining -= len(files)
            items, failures = self._read(files)
            deletions = [] if remaining else self._forget_gone()
            failures += () if remaining else listing.issues
            if items or deletions or failures:
                yield Batch(tuple(items), tuple(deletions), tuple(failures), self._cursor(), remaining)

    def _steps(self, files: list[FoundFile]) -> Iterator[list[FoundFile]]:
        """Yield `files` in groups within both bounds; a file beyond the bound of bytes is a group by itself.

        Where no file changed there may still be deletions and issues: one step without files.
        """
        step: list[FoundFile] = []
        for file in files:
            is_full = sum(one.size for one in step) + file.size > self._batch_bytes or len(step) == self._batch_size
            if step and is_full:
                yield step
                step = []
            step.append(file)
        yield step

    def _differs(self, file: FoundFile) -> bool:
        return self._stamps.get(file.id) != self._reader.stamp(file)

    def _read(self, files: list[FoundFile]) -> tuple[list[SourceDocument], list[DocumentIssue]]:
        items: list[SourceDocument] = []
        failures: list[DocumentIssue] = []
        for file in files:
            try:
                items.append(self._reader.read(file))
                self._stamps[file.id] = self._reader.stamp(file)
            except FileNotFoundError:
                self._present.discard(file.id)
            except UnusableFile as error:
                failures.append(self._reader.failure(file, error))
                self._stamps[file.id] = _UNREAD
        return items, failures

    def _forget_gone(self) -> list[str]:
        gone = sorted(self._stamps.keys() - self._present)
        for document_id in gone:
            del self._stamps[document_id]
        return gone

    def _cursor(self) -> str:
        return format_cursor(self._stamps)
