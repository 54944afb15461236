"""What is read of a page, in the page's own upright frame: points from its top left corner, y downwards."""

from collections.abc import Sequence
from dataclasses import dataclass

Corners = tuple[float, float, float, float]
"""Left, top, right and bottom, in points."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a passage is set: `turns` are quarter turns counter-clockwise, None for any other angle."""

    size: float
    bold: bool
    unpainted: bool
    white: bool
    turns: int | None


@dataclass(slots=True)
class Word:
    """Characters without a space between them, in one style; `glued` to the word before it if no space is."""

    text: str
    box: Corners
    baseline: float
    style: Style
    glued: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page (left, bottom, right, top in the file's points) and how it is turned upright."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, upright."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the file as seen upright."""
        if self.turns == 0:
            return x - self.left, self.top - y
        turned = (
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )
        return turned[self.turns - 1]

    def corners(self, left: float, bottom: float, right: float, top: float) -> Corners:
        """Return a box of the file (its sides in order) as seen upright."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn besides text: straight level and upright `strokes`, and where `images` are."""

    strokes: Sequence[Corners] = ()
    images: Sequence[Corners] = ()


@dataclass(slots=True)
class Page:
    """One page as read, before anything is left out."""

    number: int
    frame: Frame
    words: list[Word]
    drawing: Drawing
    unmapped: int = 0


def middle(box: Corners) -> tuple[float, float]:
    """Return the centre of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def holds(box: Corners, point: tuple[float, float]) -> bool:
    """Say whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def union(one: Corners, other: Corners) -> Corners:
    """Return the smallest box around two."""
    left, top, right, bottom = one
    its_left, its_top, its_right, its_bottom = other
    # Not by `min` and `max`: this is asked for each character, and calls take three times as long.
    return (
        left if left < its_left else its_left,
        top if top < its_top else its_top,
        right if right > its_right else its_right,
        bottom if bottom > its_bottom else its_bottom,
    )
