"""What stands on a slide, in the order in which people read it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from pipelines.converters.looks import OFF_PAGE
from pipelines.converters.pptx.boxes import Box, inner_box, own_box
from pipelines.converters.pptx.ground import Ground

_FURNITURE = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SAME_LINE = 0.02  # of the slide's height: what starts within it of each other is placed side by side
_DEEPEST_GROUP = 20
_LONGEST_TITLE = 80
_TITLE_ENDS = 0.25  # of the slide's height
_NOT_BESIDE = 0.8  # of the title's height: frames overlap a little more often than what is in them
_UNSCALED = Box(0, 0, 1, 1)

Size = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class PlacedShape:
    """A shape with its place on the slide; `on_white`: nothing but white lies behind its text."""

    shape: Any
    box: Box
    on_white: bool

    @property
    def is_title(self) -> bool:
        """Whether it is the slide's title by its kind."""
        return _placeholder_kind(self.shape) in _TITLES

    @property
    def is_deck_title(self) -> bool:
        """Whether it is the kind of title that title slides have."""
        return bool(_placeholder_kind(self.shape) == PP_PLACEHOLDER.CENTER_TITLE)


def unwrap_alternatives(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    """Put in place of each pair of a newer and an older form the newer: the library passes over both."""
    for pair in list(slide.iter(_ALTERNATIVES)):
        parent, chosen = pair.getparent(), pair[0] if len(pair) else ()
        if parent is not None:
            for child in list(chosen):
                pair.addprevious(child)
            parent.remove(pair)


def placed_shapes(slide: Any, ground: Ground, size: Size, left_out: Counter[str]) -> list[PlacedShape]:  # noqa: ANN401 - the library types little of it
    """Return the shapes that are seen: the title, then from top to bottom and left to right, groups opened.

    They are drawn on `ground`. What is hidden or lies off the slide, which measures `size`, is counted in
    `left_out` where it holds text.
    """
    seen: list[PlacedShape] = []
    for shape, box in _flat(slide.shapes, _UNSCALED, _UNSCALED, 0):
        reason = _reason(shape, box, size)
        if reason:
            left_out[reason] += bool(shape.has_text_frame and shape.text_frame.text.strip())
        elif _placeholder_kind(shape) not in _FURNITURE:
            seen.append(PlacedShape(shape, box, ground.is_white(shape, box)))
            ground.draw(shape, box)
    return _in_reading_order(seen, size[1])


def slide_title(shapes: Sequence[PlacedShape], height: int) -> PlacedShape | None:
    """Return the shape that is the slide's title: by its kind, else a short line alone at the top."""
    titles = [placed for placed in shapes if placed.is_title and placed.shape.text_frame.text.strip()]
    if titles or not shapes:
        return titles[0] if titles else None
    first, others = shapes[0], shapes[1:]
    alone = all(other.box.top >= first.box.top + first.box.height * _NOT_BESIDE for other in others)
    return first if others and alone and _reads_as_title(first, height) else None


def _reads_as_title(placed: PlacedShape, height: int) -> bool:
    if not placed.shape.has_text_frame or placed.box.bottom > height * _TITLE_ENDS:
        return False
    lines = [each.text for each in placed.shape.text_frame.paragraphs if each.text.strip()]
    return len(lines) == 1 and len(lines[0]) <= _LONGEST_TITLE and not lines[0].rstrip().endswith((".", ":", ";"))


def _flat(shapes: Iterable[Any], inside: Box, outside: Box, depth: int) -> Iterator[tuple[Any, Box]]:
    """Yield each shape that is no group with its place on the slide: a group measures its shapes on its own scale."""
    for shape in shapes:
        box = own_box(shape).scaled(inside, outside)
        if shape.shape_type != MSO_SHAPE_TYPE.GROUP:
            yield shape, box
        elif depth < _DEEPEST_GROUP and not _is_hidden(shape):
            yield from _flat(shape.shapes, inner_box(shape), box, depth + 1)


def _reason(shape: Any, box: Box, size: Size) -> str | None:  # noqa: ANN401 - the library types little of it
    if _is_hidden(shape):
        return "passages of hidden text"
    return None if box.overlaps(Box(0, 0, *size)) else OFF_PAGE


def _is_hidden(shape: Any) -> bool:  # noqa: ANN401 - the library types little of it
    return shape._element._nvXxPr.cNvPr.get("hidden") in ("1", "true")


def _placeholder_kind(shape: Any) -> Any:  # noqa: ANN401 - the library types little of it
    return shape.placeholder_format.type if shape.is_placeholder else None


def _in_reading_order(shapes: Iterable[PlacedShape], height: int) -> list[PlacedShape]:
    lines: list[list[PlacedShape]] = []
    for placed in sorted(shapes, key=lambda placed: placed.box.top):
        if not lines or placed.box.top > lines[-1][0].box.top + height * _SAME_LINE:
            lines.append([])
        lines[-1].append(placed)
    ordered = [placed for line in lines for placed in sorted(line, key=lambda placed: placed.box.left)]
    return sorted(ordered, key=lambda placed: not placed.is_title)
