"""What changed in a folder since a cursor, step by step."""

from collections.abc import Iterator

from connectors.base import Batch, DocumentIssue, SourceDocument
from connectors.sources.filesystem.cursor import format_cursor, parse_cursor
from connectors.sources.filesystem.errors import UnusableFile
from connectors.sources.filesystem.listing import FoundFile, list_files
from connectors.sources.filesystem.reader import DocumentReader
from connectors.sources.filesystem.settings import FilesystemSettings


class FolderChanges:
    """One sync of a folder: list, compare with the cursor, read what differs.

    A document that can't be used is withdrawn: its access may have been narrowed in the very change
    that broke it. It stays out of the cursor, so that each sync tries it again. What has gone is
    deleted in the last batch, so that a renamed document's vectors can be reused.
    """

    def __init__(self, settings: FilesystemSettings, cursor: str | None, batch_size: int) -> None:
        """`batch_size`: how many changed files make one batch."""
        self._settings = settings
        self._reader = DocumentReader(settings)
        self._stamps = parse_cursor(cursor)
        self._batch_size = batch_size
        self._present: set[str] = set()

    def batches(self) -> Iterator[Batch]:
        """Yield the changes, in the order of the ids. Raises `SourceUnavailable`."""
        listing = list_files(self._settings)
        self._present = {file.id for file in listing.files}
        changed = [file for file in listing.files if self._differs(file)]
        # Where no file changed there may still be deletions and issues: one step without files.
        for start in range(0, len(changed) or 1, self._batch_size):
            end = start + self._batch_size
            items, failures = self._read(changed[start:end])
            deletions = [issue.document_id for issue in failures]
            if end >= len(changed):
                failures += listing.issues
                deletions += self._forget_gone()
            if items or deletions or failures:
                remaining = max(len(changed) - end, 0)
                yield Batch(tuple(items), tuple(deletions), tuple(failures), self._cursor(), remaining)

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
                failures.append(DocumentIssue(file.id, error.reason, error.remedy))
                self._stamps.pop(file.id, None)
        return items, failures

    def _forget_gone(self) -> list[str]:
        gone = sorted(self._stamps.keys() - self._present)
        for document_id in gone:
            del self._stamps[document_id]
        return gone

    def _cursor(self) -> str:
        return format_cursor(self._stamps)
