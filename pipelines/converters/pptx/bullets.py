"""Which paragraphs are items of a list, as the slide, its layout and its master say in turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from pipelines.converters.pptx.xpath import found

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_MARK = "./a:buNone | ./a:buChar | ./a:buAutoNum | ./a:buBlip"


@dataclass(frozen=True, slots=True)
class Bullet:
    """An item's mark; `start` is its list's first number where it is numbered."""

    start: int | None = None


def bullet_of(paragraph: Any, shape: Any) -> Bullet | None:  # noqa: ANN401 - the library types little of it
    """Return the mark before a paragraph of a shape, None where it is plain text."""
    for properties in _properties(paragraph, shape):
        for mark in found(properties, _MARK):
            return _bullet(mark)
    return None


def _bullet(mark: Any) -> Bullet | None:  # noqa: ANN401 - the library types little of it
    kind = mark.tag.rpartition("}")[2]
    if kind == "buAutoNum":
        return Bullet(int(mark.get("startAt", 1)))
    return None if kind == "buNone" else Bullet()


def _properties(paragraph: Any, shape: Any) -> Iterator[Any]:  # noqa: ANN401 - the library types little of it
    """Yield the elements that may mark a paragraph, the nearest first (ECMA-376 part 1, 21.1.2.4)."""
    level = f"a:lvl{paragraph.level + 1}pPr"
    yield from found(paragraph._p, "./a:pPr")
    base = shape
    while base is not None:
        yield from found(base._element, f"./p:txBody/a:lstStyle/{level}")
        base = getattr(base, "_base_placeholder", None)
    if style := _master_style(shape):
        yield from found(shape.part.slide_layout.slide_master._element, f"./p:txStyles/p:{style}/{level}")


def _master_style(shape: Any) -> str | None:  # noqa: ANN401 - the library types little of it
    if not shape.is_placeholder or not hasattr(shape.part, "slide_layout"):
        return None  # text boxes and notes have no bullets by themselves
    return "titleStyle" if shape.placeholder_format.type in _TITLES else "bodyStyle"
