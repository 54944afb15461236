"""How text looks, and whether anybody can see it."""

import re
from dataclasses import dataclass, fields

LEAST_WHITE = 240
"""Of 255, in each of red, green and blue: paper white to the eye."""

_HEX = re.compile(r"#?([0-9a-f]{6})(?:[0-9a-f]{2})?")
_SHORT_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?")
_RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,[\d.]+)?\)")
HIDDEN = "passages of hidden text"
TINY = "passages of text of size 0"
WHITE = "passages of white text"
OFF_PAGE = "passages of text off the page"

_NAMES = ("white", "snow", "ghostwhite", "whitesmoke", "floralwhite", "mintcream", "azure", "ivory")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks, as far as something says so; None: that is left to what stands behind it."""

    hidden: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    on_dark: bool | None = None

    def over(self, behind: "Look") -> "Look":
        """Return this look, with that of `behind` where it leaves something open."""
        values = ((getattr(self, one.name), getattr(behind, one.name)) for one in fields(self))
        return Look(*(behind if own is None else own for own, behind in values))

    def reason(self) -> str:
        """Return what to count text with this look as, "" where a reader sees it."""
        if self.hidden:
            return HIDDEN
        if self.tiny:
            return TINY
        return WHITE if self.white and not self.on_dark else ""


def is_white(colour: str) -> bool:
    """Return whether a colour of CSS, OpenDocument or Word (`FFFFFF`) is white to the eye, or nearly."""
    name = "".join(colour.lower().split())
    if found := _HEX.fullmatch(name):
        return min(bytes.fromhex(found[1])) >= LEAST_WHITE
    if found := _SHORT_HEX.fullmatch(name):
        return min(int(digit * 2, 16) for digit in found.groups()) >= LEAST_WHITE
    if found := _RGB.fullmatch(name):
        return min(map(int, found.groups())) >= LEAST_WHITE
    return name in _NAMES
