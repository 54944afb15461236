"""Which files a folder holds now, without reading any.

Skipped in silence: hidden files and folders, `access.toml`, what is excluded, links to folders
(they can make circles), and links to files that leave the root or lead to something skipped.
A folder that the service may not enter counts as empty: who locks the service out of it takes
its documents out of the answers.
"""

import os
import stat
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from connectors.base import DocumentIssue
from connectors.errors import SourceUnavailable
from connectors.sources.filesystem.selection import Selection
from connectors.sources.filesystem.settings import FilesystemSettings


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is a document.

    `id` is its path from the root in Unicode's composed form (NFC), `relative` the same path as it
    is on disk, `path` the real path of its bytes, which differs from them where the file is a link.
    """

    id: str
    relative: str
    path: Path
    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder, sorted by id, and what could not be listed."""

    files: tuple[FoundFile, ...]
    issues: tuple[DocumentIssue, ...]


def list_files(settings: FilesystemSettings) -> Listing:
    """Walk the folder. Raises `SourceUnavailable`: it is missing, no folder, or fails halfway."""
    return _Walk(settings).run()


class _Walk:
    def __init__(self, settings: FilesystemSettings) -> None:
        self._source = settings.name
        self._root = Path(os.path.realpath(settings.path))
        self._selection = Selection(settings.include, settings.exclude)
        self._folders = [""]
        self._files: dict[str, list[FoundFile]] = defaultdict(list)
        self._issues: list[DocumentIssue] = []

    def run(self) -> Listing:
        while self._folders:
            folder = self._folders.pop()
            for entry in self._entries(folder):
                self._try_to_visit(f"{folder}/{entry.name}" if folder else entry.name, entry)
        files = [self._only(id_, found) for id_, found in sorted(self._files.items())]
        return Listing(tuple(file for file in files if file), tuple(self._issues))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._root / folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._pass_over(folder, error)
            return []

    def _pass_over(self, folder: str, error: OSError) -> None:
        if folder and isinstance(error, PermissionError):
            self._report(folder, "the folder can't be entered", "Give Kennisbot's user the right to read it.")
        elif not folder or not isinstance(error, FileNotFoundError | NotADirectoryError):
            # Taking a failing disk or share for an empty folder would empty the index.
            reason = f"the folder {self._root / folder} can't be read: {error.strerror}"
            remedy = "Check that it exists, that it is mounted and that Kennisbot's user may read it."
            raise SourceUnavailable(self._source, reason, remedy) from error

    def _try_to_visit(self, relative: str, entry: os.DirEntry[str]) -> None:
        try:
            self._visit(relative, entry)
        except FileNotFoundError:
            return  # it has gone since the folder was listed, or it is a link to nothing
        except OSError as error:
            remedy = "Check that it is no broken link and that Kennisbot's user may read it."
            self._report(printable(relative), f"it can't be reached: {error.strerror}", remedy)

    def _visit(self, relative: str, entry: os.DirEntry[str]) -> None:
        is_folder = entry.is_dir(follow_symlinks=False)
        shown = printable(relative)
        if self._selection.leaves_out(shown) or not (is_folder or self._selection.includes(shown)):
            return
        if shown != relative:
            self._report(shown, "its name is not valid UTF-8", "Rename it.")
        elif is_folder:
            self._folders.append(relative)
        elif file := self._found(relative):
            self._files[file.id].append(file)

    def _found(self, relative: str) -> FoundFile | None:
        path = Path(os.path.realpath(self._root / relative, strict=True))
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or not self._may_lead_to(path):
            return None
        id_ = unicodedata.normalize("NFC", relative)
        return FoundFile(id_, relative, path, status.st_mtime_ns, status.st_size)

    def _may_lead_to(self, target: Path) -> bool:
        if not target.is_relative_to(self._root):
            return False
        return not self._selection.leaves_out(target.relative_to(self._root).as_posix())

    def _only(self, id_: str, files: list[FoundFile]) -> FoundFile | None:
        if len(files) == 1:
            return files[0]
        self._report(id_, "two files have this name, written in different Unicode forms", "Rename one of them.")
        return None

    def _report(self, path: str, reason: str, remedy: str) -> None:
        self._issues.append(DocumentIssue(path, reason, remedy))


def printable(path: str) -> str:
    """Return `path` with the bytes that are not UTF-8 written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
