"""What a source makes of one file, and why: for an administrator who asks about that file.

`list_files` passes over most of what is no document in silence; here each of its rules has its reason. It says
of every file that it is a document, or that it is none, as `list_files` does.
"""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath

from connectors.base import DocumentIssue, SourceDocument
from connectors.sources.filesystem.access import ACCESS_FILE, AccessOrigin
from connectors.sources.filesystem.errors import UnusableFile
from connectors.sources.filesystem.listing import FoundFile, printable
from connectors.sources.filesystem.reader import DocumentReader
from connectors.sources.filesystem.selection import Selection
from connectors.sources.filesystem.settings import FilesystemSettings

_NOT_A_FILE = ("it is not a regular file", "Only files can be documents: ask about one of those.")
_NO_SOURCE = "none"
_ANY = Selection((), ())
"""Leaves out what is never a document."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the source `source` makes of one file, `document_id` being its path from the source's folder.

    `document` is what a sync reads of it. Where that is None, `issue` says why, and `is_listed` whether it is one
    of the source's documents all the same: one that can't be used as it is. `access_from` says what decides who
    may read `document`.
    """

    source: str
    document_id: str
    is_listed: bool
    document: SourceDocument | None = None
    issue: DocumentIssue | None = None
    access_from: AccessOrigin | None = None


def explain(settings: FilesystemSettings, path: Path) -> Explanation | None:
    """Return what the source makes of the file at `path`, None where that is not below its folder.

    `path`: a file that exists. Nothing is remembered of it, and no other file but `access.toml` is read.
    """
    relative = _relative(settings, path)
    if relative is None:
        return None
    try:
        file = _found(settings, relative)
    except UnusableFile as error:
        issue = DocumentIssue(_id(relative), error.reason, error.remedy)
        return Explanation(settings.name, issue.document_id, is_listed=False, issue=issue)
    return _read(settings, file)


def read_alone(path: Path) -> Explanation:
    """Return what would be read of a file that no source reads: nobody may read it, and its source is "".

    `path`: a file that exists.
    """
    real = Path(os.path.realpath(path))
    if not real.is_file():
        issue = DocumentIssue(_id(path.name), *_NOT_A_FILE)
        return Explanation("", issue.document_id, is_listed=False, issue=issue)
    read = _read(FilesystemSettings(name=_NO_SOURCE, path=real.parent), _file(real.name, real))
    document = read.document and replace(read.document, access=frozenset())
    return replace(read, source="", is_listed=False, document=document, access_from=None)


def _relative(settings: FilesystemSettings, path: Path) -> str | None:
    """Return the path from the source's folder: as a walk comes to it, else as it is written, else as it leads."""
    root = Path(os.path.realpath(settings.path))
    places = (
        (Path(os.path.realpath(path.parent)) / path.name, root),
        (Path(os.path.abspath(path)), Path(os.path.abspath(settings.path))),
        (Path(os.path.realpath(path)), root),
    )
    below = (place.relative_to(folder).as_posix() for place, folder in places if place.is_relative_to(folder))
    return next(below, None)


def _found(settings: FilesystemSettings, relative: str) -> FoundFile:
    """Return the file at `relative`. Raises `UnusableFile`: a walk through the folder passes it over."""
    root = Path(os.path.realpath(settings.path))
    problems = chain(
        _named_wrongly(relative), _not_selected(settings, relative), _linked_wrongly(settings, root, relative)
    )
    if problem := next(problems, None):
        raise UnusableFile(*problem)
    path = Path(os.path.realpath(root / relative))
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnusableFile(*_NOT_A_FILE)
    return _file(relative, path)


def _named_wrongly(relative: str) -> Iterator[tuple[str, str]]:
    """Yield reason and remedy of each rule about names that leaves the file out, whatever is set."""
    shown = PurePosixPath(printable(relative))
    if shown.name == ACCESS_FILE:
        yield "it says who may read the files of its folder, so it is no document", "Ask about one of those files."
    if hidden := next((part for part in shown.parts if part.startswith(".")), None):
        yield f"it is hidden: {hidden} begins with a dot", "Rename that to have it read."
    if _ANY.leaves_out(str(shown)):
        yield "it is a lock file of Microsoft Office", "Ask about the document that is open."
    if any(_ANY.leaves_out(str(folder)) for folder in shown.parents[:-1]):
        yield "it lies in a folder with the name of a lock file or an access.toml", "Rename that folder."
    if str(shown) != relative:
        yield "its name is not valid UTF-8", "Rename it."


def _not_selected(settings: FilesystemSettings, relative: str) -> Iterator[tuple[str, str]]:
    """Yield reason and remedy of each setting that leaves the file out."""
    for glob in settings.exclude:
        if Selection((), (glob,)).leaves_out(relative):
            yield f'it matches `exclude` = "{glob}" of source {settings.name}', "Take that glob out to have it read."
    if not Selection(settings.include, ()).includes(relative):
        name = PurePosixPath(relative)
        ending = f"*{name.suffix}" if name.suffix else name.name
        yield f"it matches no glob of `include` of source {settings.name}", f'Add one, such as "**/{ending}".'


def _linked_wrongly(settings: FilesystemSettings, root: Path, relative: str) -> Iterator[tuple[str, str]]:
    """Yield reason and remedy of each rule about links that leaves the file out."""
    for folder in reversed(PurePosixPath(relative).parents[:-1]):
        if (root / folder).is_symlink():
            yield f"{folder} is a link to a folder, and those are not followed", "Name the folder itself as a source."
    target = Path(os.path.realpath(root / relative))
    if not target.is_relative_to(root):
        yield "it is a link that leaves the source's folder", "Put the file itself there."
    elif Selection((), settings.exclude).leaves_out(target.relative_to(root).as_posix()):
        yield "it is a link to a file that is left out", "Put the file itself there."


def _file(relative: str, path: Path) -> FoundFile:
    status = path.stat()
    return FoundFile(_id(relative), relative, path, status.st_mtime_ns, status.st_size)


def _id(relative: str) -> str:
    """Return `relative` in Unicode's composed form (NFC), as ids are."""
    return unicodedata.normalize("NFC", printable(relative))


def _read(settings: FilesystemSettings, file: FoundFile) -> Explanation:
    reader = DocumentReader(settings)
    try:
        document, access_from = reader.read(file), reader.access_origin(file)
    except UnusableFile as error:
        issue = reader.failure(file, error)
        return Explanation(settings.name, file.id, is_listed=True, issue=issue)
    return Explanation(settings.name, file.id, is_listed=True, document=document, access_from=access_from)
