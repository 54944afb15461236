"""Which paths in a folder are documents."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from connectors.sources.filesystem.access import ACCESS_FILE

_OFFICE_LOCK = "~$"
"""Beside a document that is open, Microsoft Office keeps a file of this name with the name of who has it open.
LibreOffice's (`.~lock.name#`) is hidden."""


class Selection:
    """Globs that choose among the paths of a folder, all relative to it, with `/`."""

    def __init__(self, include: tuple[str, ...], exclude: tuple[str, ...]) -> None:
        """`include`, `exclude`: globs in which `**` stands for any number of folders."""
        self._include = tuple(_Glob(glob) for glob in include)
        self._exclude = tuple(_Glob(glob) for glob in exclude)

    def includes(self, path: str) -> bool:
        """Tell whether the file at `path` is a document, were nothing left out."""
        return any(glob.matches(path) for glob in self._include)

    def leaves_out(self, path: str) -> bool:
        """Tell whether the file or folder at `path` is hidden, a lock, excluded, or in such a folder."""
        pure = PurePosixPath(path)
        if pure.name == ACCESS_FILE or pure.name.startswith(_OFFICE_LOCK):
            return True
        if any(part.startswith(".") for part in pure.parts):
            return True
        return any(glob.matches_within(path) for glob in self._exclude)


class _Glob:
    """Matches part by part and keeps all positions it may be at: no depth or pattern makes it slow."""

    def __init__(self, glob: str) -> None:
        *folders, name = PurePosixPath(glob).parts or ("",)
        self._parts = (*folders, _with_lower_ending(name))

    def matches(self, path: str) -> bool:
        """Tell whether the whole of `path` matches."""
        return [*self._matches_so_far(path)][-1]

    def matches_within(self, path: str) -> bool:
        """Tell whether `path` or a folder that it is in matches."""
        return any(self._matches_so_far(path))

    def _matches_so_far(self, path: str) -> Iterator[bool]:
        positions = self._with_skips({0})
        for part in PurePosixPath(path).parts:
            positions = self._with_skips({self._after(position, part) for position in positions} - {-1})
            yield len(self._parts) in positions

    def _after(self, position: int, part: str) -> int:
        """Return the position after `part`, -1 where it does not match."""
        if position == len(self._parts):
            return -1
        if self._parts[position] == "**":
            return position
        is_last = position == len(self._parts) - 1
        matches = fnmatchcase(_with_lower_ending(part) if is_last else part, self._parts[position])
        return position + 1 if matches else -1

    def _with_skips(self, positions: set[int]) -> set[int]:
        """Add the positions that are reached by taking `**` for no folder at all."""
        for position, part in enumerate(self._parts):
            if part == "**" and position in positions:
                positions = positions | {position + 1}
        return positions


def _with_lower_ending(name: str) -> str:
    """README.MD is Markdown as well."""
    pure = PurePosixPath(name)
    return pure.stem + pure.suffix.lower()
