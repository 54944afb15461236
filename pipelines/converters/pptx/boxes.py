"""Rectangles on a slide."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the slide, in English Metric Units (914,400 to the inch)."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two share a point."""
        across = self.left <= other.left + other.width and other.left <= self.left + self.width
        return across and self.top <= other.bottom and other.top <= self.bottom

    def scaled(self, inside: "Box", outside: "Box") -> "Box":
        """Return the place of a box in a group: the group measures `inside` and is drawn as `outside`."""
        across, down = outside.width / (inside.width or 1), outside.height / (inside.height or 1)
        left, top = outside.left + (self.left - inside.left) * across, outside.top + (self.top - inside.top) * down
        return Box(left, top, self.width * across, self.height * down)


def own_box(shape: Any) -> Box:  # noqa: ANN401 - the library types little of it
    """Return the place of a shape on the scale of what holds it."""
    return Box(shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0)


def inner_box(group: Any) -> Box:  # noqa: ANN401 - the library types little of it
    """Return the scale on which a group measures its shapes."""
    frame = group._element.grpSpPr.xfrm
    offset, extent = (None, None) if frame is None else (frame.chOff, frame.chExt)
    return own_box(group) if offset is None or extent is None else Box(offset.x, offset.y, extent.cx, extent.cy)
