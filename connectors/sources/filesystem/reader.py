"""From a file to a document: its text or bytes, and what is known about it from its front matter and its place."""

import hashlib
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

from haystack.dataclasses import ByteStream

from connectors.base import ANCHOR, DocumentIssue, SourceDocument
from connectors.formats import PDF, mime_type
from connectors.sources.filesystem.access import AccessFile, AccessFiles, AccessOrigin
from connectors.sources.filesystem.decoding import decode_text
from connectors.sources.filesystem.errors import LockedFile, UnusableFile
from connectors.sources.filesystem.front_matter import FrontMatter, split_front_matter
from connectors.sources.filesystem.listing import FoundFile
from connectors.sources.filesystem.settings import FilesystemSettings

TEXT_SIZE_LIMIT = 20_000_000
"""Bytes of one file of text: some 10,000 pages. More is a log or an export of data, which answers no question."""

SIZE_LIMIT = 100_000_000
"""Bytes of one file of another format. Nearly all of a large one is pictures, so its size says little of its text;
but it is in memory whole here, on its way to a converter and there, and a converter may take 1 GB."""

_MARKDOWN = "text/markdown"


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
        front_matter, content = _content(file)
        return SourceDocument(
            id=file.id,
            content=ByteStream(content, mime_type=_mime_type(file)),
            title=front_matter.title,
            url=front_matter.url or self._link(file),
            updated_at=front_matter.updated or _day(file.mtime_ns),
            owner=front_matter.owner or self._settings.owner,
            access=self._access(file) if front_matter.access is None else front_matter.access,
            language=front_matter.language,
        )

    def access_origin(self, file: FoundFile) -> AccessOrigin:
        """Return what decides who may read `file`. Raises as `read` does."""
        front_matter, _ = _content(file)
        if front_matter.access is not None:
            return AccessOrigin("front matter")
        governing = self._governing(file)
        return AccessOrigin("setting") if governing is None else AccessOrigin("access.toml", governing.name)

    def failure(self, file: FoundFile, error: UnusableFile) -> DocumentIssue:
        """Return what to report of a file whose reading raised `error`, with who may read what it held before."""
        access = None if isinstance(error, LockedFile) else self._access_without_reading(file)
        return DocumentIssue(file.id, error.reason, error.remedy, access)

    def _access_without_reading(self, file: FoundFile) -> frozenset[str] | None:
        """Return who may read what `file` held before; None where only its bytes, or nothing, can tell."""
        if _mime_type(file) == _MARKDOWN:
            return None
        try:
            return self._access(file)
        except UnusableFile:
            return None

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
            link = (self._settings.path.absolute() / file.relative).as_uri()
        else:
            link = self._settings.url.replace("{path}", quote(file.relative, safe="/"))
        # Every reader of PDFs opens `#page=3` there (RFC 8118). In the path `#` and `{` are encoded.
        takes_anchor = _mime_type(file) == PDF and "#" not in link and ANCHOR not in link
        return f"{link}#{ANCHOR}" if takes_anchor else link


def _mime_type(file: FoundFile) -> str:
    # What an administrator includes beyond the known endings (.log, .rst) is text.
    return mime_type(file.id, "text/plain")


def _content(file: FoundFile) -> tuple[FrontMatter, bytes]:
    """Return what the file says about itself, and its content: text in UTF-8, another format as it is."""
    if not _mime_type(file).startswith("text/"):
        return FrontMatter(), _bytes(file, SIZE_LIMIT)
    text = decode_text(_bytes(file, TEXT_SIZE_LIMIT))
    is_markdown = _mime_type(file) == _MARKDOWN
    front_matter, body = split_front_matter(text) if is_markdown else (FrontMatter(), text)
    return front_matter, body.encode()


def _bytes(file: FoundFile, limit: int) -> bytes:
    """Return the file's bytes. Nothing is read of one that is too large, and no more of one that grows."""
    data = b"" if file.size > limit else _read(file.path, limit + 1)
    if max(file.size, len(data)) > limit:
        reason = f"it is larger than {limit // 10**6} MB"
        raise UnusableFile(reason, "Split it, or leave it out with `exclude`.")
    return data


def _read(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason, remedy = f"it can't be read: {error.strerror}", "Check that Kennisbot's user may read it."
        raise (LockedFile if isinstance(error, PermissionError) else UnusableFile)(reason, remedy) from error


def _day(mtime_ns: int) -> date | None:
    try:
        return datetime.fromtimestamp(mtime_ns // 1_000_000_000, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None  # a date beyond the year 9999 says nothing
