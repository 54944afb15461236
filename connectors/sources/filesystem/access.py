"""Who may read: principals, and the `access.toml` files that govern folders.

An `access.toml` governs its folder and all below, down to the next one. It holds one key:
`access = ["hr", "sanne@x.example"]`; an empty list means nobody. It fails closed: where such a
file is there and can't be used, nobody may read what it governs.
"""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from connectors.sources.filesystem.errors import UnusableFile

ACCESS_FILE = "access.toml"


def normalise_principals(values: Iterable[str]) -> frozenset[str]:
    """Return `values` trimmed and case-folded. Raises `ValueError`: one of them is empty."""
    principals = frozenset(value.strip().casefold() for value in values)
    if "" in principals:
        raise ValueError("a principal is empty")
    return principals


@dataclass(frozen=True, slots=True)
class AccessFile:
    """One `access.toml`: `name` is its path from the root; with a `problem` it grants nothing."""

    name: str
    granted: frozenset[str] = frozenset()
    problem: str | None = None

    def principals(self) -> frozenset[str]:
        """Return who may read. Raises `UnusableFile`: that can't be told."""
        if self.problem is not None:
            reason = f"{self.name}, which says who may read it, can't be used: {self.problem}"
            raise UnusableFile(reason, f'Give {self.name} one line such as: access = ["hr"]')
        return self.granted


@dataclass(frozen=True, slots=True)
class AccessOrigin:
    """What decides who may read a document: its front matter, an `access.toml` (`file`), or the source's setting."""

    kind: Literal["front matter", "access.toml", "setting"]
    file: str = ""


class AccessFiles:
    """The `access.toml` files below a root, each read once: make a new one for each sync."""

    def __init__(self, root: Path) -> None:
        """`root`: the real path of the source's folder."""
        self._root = root
        self._files: dict[Path, AccessFile | None] = {}

    def nearest(self, folder: Path) -> AccessFile | None:
        """Return the file that governs `folder` (a real path, the root or below), or None."""
        for above in (folder, *folder.parents):
            if file := self._in(above):
                return file
            if above == self._root:
                break
        return None

    def _in(self, folder: Path) -> AccessFile | None:
        if folder not in self._files:
            self._files[folder] = self._read(folder)
        return self._files[folder]

    def _read(self, folder: Path) -> AccessFile | None:
        path = folder / ACCESS_FILE
        if not _is_there(path):
            return None
        name = path.relative_to(self._root).as_posix()
        try:
            return AccessFile(name, _granted(tomllib.loads(self._text(path))))
        except OSError as error:
            return AccessFile(name, problem=error.strerror or type(error).__name__)
        except RecursionError:
            return AccessFile(name, problem="it is nested too deeply")
        except ValueError as error:
            return AccessFile(name, problem=str(error))

    def _text(self, path: Path) -> str:
        target = Path(os.path.realpath(path, strict=True))
        if not target.is_relative_to(self._root):
            raise ValueError("it is a link that leaves the source's folder")
        # A named pipe would be waited for without end.
        if target.exists() and not target.is_file():
            raise ValueError("it is not a file")
        return target.read_text(encoding="utf-8-sig")


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        # It may be there, and then it governs: nobody may read rather than everybody.
        return True
    return True


def _granted(table: dict[str, Any]) -> frozenset[str]:
    if set(table) != {"access"}:
        found = ", ".join(sorted(table)) or "none"
        raise ValueError(f"expected the one key `access`, found {found}")
    values = table["access"]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError("`access` should be a list of texts")
    return normalise_principals(values)
