"""What the styles of an OpenDocument text say, each with those that it is based on."""

import re
from collections.abc import Iterator
from functools import cached_property

from odfdo import Document, Element

from pipelines.converters.looks import Look, is_white

_HEADING = re.compile(r"(?:heading|kop)(?:_20_| )?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel", re.IGNORECASE)
_LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt|px)")
_MILLIMETRES = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
_TINY = 0.36  # millimetres: one point
_LARGE = 210 * 297 / 4  # square millimetres: a quarter of an A4 page


class Styles:
    """The styles by family and name; any may be unknown, and any chain of styles may be a ring."""

    def __init__(self, document: Document) -> None:
        """Read the styles of `document`, those that its program made up before those that people named."""
        parts = (document.content, document.styles)
        self._styles: dict[tuple[str, str], Element] = {}
        for style in (style for part in parts for style in part.get_elements("//style:style")):
            self._styles.setdefault((_stated(style, "style:family"), _stated(style, "style:name")), style)
        self._defaults = {
            _stated(one, "style:family"): one for one in document.styles.get_elements("//style:default-style")
        }
        self._lists = {
            (_stated(one, "style:name"), _stated(level, "text:level")): level
            for part in parts
            for one in part.get_elements("//text:list-style")
            for level in one.children
        }
        self._looks: dict[tuple[str, str], Look] = {}
        self._document = document

    @cached_property
    def ground(self) -> Look:
        """How text looks by what lies under every page: its colour, or a large picture anywhere in the document."""
        pages = self._document.styles.get_elements("//style:page-layout-properties")
        frames = [one.parent for one in self._document.body.get_elements("//draw:frame/draw:image")]
        is_dark = any(_is_dark(page) for page in pages) or any(_area(frame) >= _LARGE for frame in frames if frame)
        return Look(hidden=False, white=False, tiny=False, on_dark=is_dark)

    def look(self, family: str, name: str) -> Look:
        """Return how text looks by a style, as far as that says so."""
        if (family, name) not in self._looks:
            look = Look()
            for style in self._chain(family, name):
                look = look.over(_look(style))
            self._looks[family, name] = look
        return self._looks[family, name]

    def emphasis(self, family: str, name: str) -> list[str]:
        """Return the elements of HTML that a style of text stands for: of `strong`, `em` and `s`."""
        stated: dict[str, str] = {}
        for style in self._chain(family, name):
            for properties in style.get_elements("style:text-properties"):
                stated = {**properties.attributes, **stated}
        marks = {
            "strong": stated.get("fo:font-weight") in ("bold", "600", "700", "800", "900"),
            "em": stated.get("fo:font-style") in ("italic", "oblique"),
            "s": stated.get("style:text-line-through-style", "none") != "none",
        }
        return [mark for mark, is_set in marks.items() if is_set]

    def is_title(self, name: str) -> bool:
        """Return whether a paragraph with this style is the document's title."""
        return any(_TITLE.fullmatch(one) for one in self._names(name))

    def heading_level(self, name: str) -> int | None:
        """Return the level that a style gives to a paragraph that is not marked as a heading."""
        return next((int(found[1]) for one in self._names(name) if (found := _HEADING.fullmatch(one))), None)

    def is_numbered(self, list_style: str, depth: int) -> bool:
        """Return whether the items of a list have numbers, at a depth counted from 1."""
        level = self._lists.get((list_style, str(depth)))
        return level is not None and level.tag == "text:list-level-style-number" and bool(_format(level))

    def _names(self, name: str) -> list[str]:
        """Return the names of a paragraph's style and of those that it is based on, be they defined or not."""
        return [name, *(_stated(style, "style:parent-style-name") for style in self._chain("paragraph", name))]

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        seen = set()
        while (style := self._styles.get((family, name))) is not None and name not in seen:
            seen.add(name)
            yield style
            name = _stated(style, "style:parent-style-name")
        if family in self._defaults:
            yield self._defaults[family]


def _look(style: Element) -> Look:
    look = Look()
    for properties in style.children:
        stated = properties.attributes
        dark = _is_dark(properties)
        if properties.tag != "style:text-properties":
            look = look.over(Look(on_dark=dark))
            continue
        shown, colour, size = (stated.get(name) for name in ("text:display", "fo:color", "fo:font-size"))
        automatic = stated.get("style:use-window-font-color") == "true"
        look = Look(
            hidden=None if shown is None else shown == "none",
            white=(False if automatic else None) if colour is None else is_white(colour) and not automatic,
            tiny=None if size is None or (length := _millimetres(size)) is None else length <= _TINY,
            on_dark=dark,
        ).over(look)
    return look


def _is_dark(properties: Element) -> bool | None:
    """Return whether something lays a ground that is not white, None where it lays none."""
    stated = properties.attributes
    fill = stated.get("draw:fill")
    if fill not in (None, "none", "solid"):
        return True
    colour = stated.get("draw:fill-color") if fill == "solid" else stated.get("fo:background-color")
    return None if colour in (None, "transparent") else not is_white(str(colour))


def _area(frame: Element) -> float:
    sides = (_millimetres(str(frame.attributes.get(name, ""))) or 0 for name in ("svg:width", "svg:height"))
    return next(sides) * next(sides)


def _millimetres(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _MILLIMETRES[found[2]] if found else None


def _format(level: Element) -> str:
    return _stated(level, "style:num-format")


def _stated(element: Element, name: str) -> str:
    return str(element.attributes.get(name, ""))
