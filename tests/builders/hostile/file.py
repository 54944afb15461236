"""One hostile or broken file, and what becomes of it in a sync."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

Fate = Literal["failed", "skipped", "indexed", "passed over"]
"""What a sync's report says of it; "passed over" is what is no document at all, and so is not mentioned."""


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file by `name`, written by `write`; `reason`: a pattern that is found in what the report gives as reason."""

    name: str
    write: Callable[[Path], object]
    fate: Fate
    reason: str = ""


def failing(name: str, make: Callable[[], bytes], reason: str) -> HostileFile:
    """Return a file that is reported as failed."""
    return HostileFile(name, partial(_write, make), "failed", reason)


def harmless(name: str, make: Callable[[], bytes]) -> HostileFile:
    """Return a file that looks hostile and is indexed all the same."""
    return HostileFile(name, partial(_write, make), "indexed")


def empty(name: str, make: Callable[[], bytes] = bytes) -> HostileFile:
    """Return a file that is left out since there is nothing to read in it."""
    return HostileFile(name, partial(_write, make), "skipped", "it holds no text")


def _write(make: Callable[[], bytes], path: Path) -> None:
    path.write_bytes(make())
