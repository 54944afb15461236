"""From a file to a document: its text, and what is known about it from its front matter and its place."""

import hashlib
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from haystack.dataclasses import ByteStream

from connectors.base import SourceDocument
from connectors.sources.filesystem.access import AccessFile, AccessFiles
from connectors.sources.filesystem.decoding import decode_text
from connectors.sources.filesystem.errors import UnusableFile
from connectors.sources.filesystem.front_matter import FrontMatter, split_front_matter
from connectors.sources.filesystem.listing import FoundFile
from connectors.sources.filesystem.settings import FilesystemSettings

SIZE_LIMIT = 20_000_000
"""Bytes of one file: some 10,000 pages of text. More is a log or an export of data, which answers no
question, and a whole batch of files is in memory at once."""

_MIME_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}


class DocumentReader:
    """Reads the files of one source during one sync."""

    def __init__(self, settings: FilesystemSettings) -> None:
        """Read `access.toml` files at most once each from here on."""
        self._settings = settings
        self._access_files = AccessFiles(Path(os.path.realpath(settings.path)))

    def stamp(self, file: FoundFile) -> str:
        """Return a short text that changes whenever `read` could give another document."""
        context = [self._inherited_access(file), self._link(file), self._settings.owner]
        digest = hashlib.blake2b(json.dumps(context).encode(), digest_size=8).hexdigest()
        return f"{file.mtime_ns:x}-{file.size:x}-{digest}"

    def read(self, file: FoundFile) -> SourceDocument:
        """Return the document. Raises `UnusableFile`, and `FileNotFoundError`: it has gone."""
        mime_type = _MIME_TYPES.get(PurePosixPath(file.id).suffix.lower(), "text/plain")
        text = decode_text(_bytes(file.path))
        is_markdown = mime_type == "text/markdown"
        front_matter, body = split_front_matter(text) if is_markdown else (FrontMatter(), text)
        return SourceDocument(
            id=file.id,
            content=ByteStream(body.encode(), mime_type=mime_type),
            title=front_matter.title,
            url=front_matter.url or self._link(file),
            updated_at=front_matter.updated or _day(file.mtime_ns),
            owner=front_matter.owner or self._settings.owner,
            access=self._access(file) if front_matter.access is None else front_matter.access,
            language=front_matter.language,
        )

    def _access(self, file: FoundFile) -> frozenset[str]:
        governing = self._governing(file)
        return frozenset(self._settings.access) if governing is None else governing.principals()

    def _governing(self, file: FoundFile) -> AccessFile | None:
        # Where the bytes really are: a link to a file must not open it to other readers.
        return self._access_files.nearest(file.path.parent)

    def _inherited_access(self, file: FoundFile) -> list[str] | str:
        try:
            return sorted(self._access(file))
        except UnusableFile as error:
            return error.reason

    def _link(self, file: FoundFile) -> str:
        if self._settings.url is None:
            return (self._settings.path.absolute() / file.relative).as_uri()
        return self._settings.url.replace("{path}", quote(file.relative, safe="/"))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = f"it can't be read: {error.strerror}"
        raise UnusableFile(reason, "Check that Kennisbot's user may read it.") from error
    if len(data) > SIZE_LIMIT:
        raise UnusableFile("it is larger than 20 MB", "Split it, or leave it out with `exclude`.")
    return data


def _day(mtime_ns: int) -> date | None:
    try:
        return datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None  # a date beyond the year 9999 says nothing
