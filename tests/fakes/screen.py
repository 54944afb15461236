"""What a terminal's output looks like to whoever reads it."""

import io
import re

from rich.console import Console

_LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\")
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_CURSOR = re.compile(r"(?:\r|\x1b\[\?25h|\x1b\[2K|\x1b\[1A)+")
_BEGIN = "\x1b[?25l"
"""The cursor is hidden: something that changes in place begins."""


class Screen:
    """A terminal, or where `terminal` is False a pipe, of a width in columns."""

    def __init__(self, width: int = 80, *, terminal: bool = True) -> None:
        self.file = io.StringIO()
        self.console = Console(
            file=self.file,
            width=width,
            force_terminal=terminal,
            color_system="truecolor" if terminal else None,
            highlight=False,
        )

    @property
    def written(self) -> str:
        return self.file.getvalue()

    @property
    def text(self) -> str:
        return plain(self.written)

    @property
    def links(self) -> list[str]:
        """The addresses that can be clicked, in order."""
        return [link for link in _LINK.findall(self.written) if link]

    @property
    def posts(self) -> list[list[str]]:
        """Each thing that changed in place, as the texts that it showed."""
        return [_frames(part) for part in self.written.split(_BEGIN)[1:]]


def plain(written: str) -> str:
    """Return what is read of terminal output: no styles, no link targets."""
    return _STYLE.sub("", _LINK.sub("", written))


def _frames(written: str) -> list[str]:
    frames = [frame.strip() for frame in _CURSOR.split(plain(written)) if frame.strip()]
    return [frame for i, frame in enumerate(frames) if i == 0 or frame != frames[i - 1]]
