"""What the styles of a Word file say, each with those that it is based on."""

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.converters.docx.xml import W, child, children_named, is_on, value
from pipelines.converters.looks import Look, is_white

_HEADING = re.compile(r"(?:heading|kop|überschrift|titre|título|titolo|rubrik) ?([1-9])", re.IGNORECASE)
"""Word itself names its styles in English in the file, in whatever language it speaks; other programs do not."""

_CONTENTS = re.compile(r"(?:toc|contents|inhopg|inhoud) ?(?:\d|heading)|table of figures", re.IGNORECASE)
_TITLE = re.compile(r"title|titel", re.IGNORECASE)
_BODY_LEVEL = 9  # an outline level of 9 is body text, 0 to 8 are headings (17.3.1.20 of ISO/IEC 29500-1)
_TINY = 2  # half points
_GROUND_THEMES = ("background1", "bg1")


class Styles:
    """The styles by their ids; any id may be unknown, and any chain of styles may be a ring."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read `root`, the part with the styles."""
        self._by_id: dict[str, etree._Element] = {}
        for style in children_named(root, "style"):
            self._by_id.setdefault(style.get(W + "styleId", ""), style)
        defaults = [style for style in self._by_id.values() if style.get(W + "default") in ("1", "true")]
        self._default = next((one.get(W + "styleId") for one in defaults if one.get(W + "type") == "paragraph"), None)
        self._document = read_look(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._looks: dict[tuple[str | None, str | None], Look] = {}

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """Yield the style, then the one that it is based on, and so on."""
        seen = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            yield self._by_id[style_id]
            style_id = value(self._by_id[style_id], "basedOn")

    def look(self, run_style: str | None, paragraph_style: str | None) -> Look:
        """Return how a run looks by its styles."""
        key = (run_style, paragraph_style or self._default)
        if key not in self._looks:
            look = Look()
            for style_id in key:
                for style in self.chain(style_id):
                    look = look.over(read_look(child(style, "rPr")))
            self._looks[key] = look.over(self._document)
        return self._looks[key]

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """Return the level of a heading (from 1), None for other text."""
        own = value(paragraph, "pPr", "outlineLvl")
        if own is not None:
            return _level(own)
        for style in self.chain(paragraph_style(paragraph)):
            stated = value(style, "pPr", "outlineLvl")
            if named := _HEADING.fullmatch(_name(style)):
                return int(named[1])
            if stated is not None:
                return _level(stated)
        return None

    def is_title(self, paragraph: etree._Element) -> bool:
        """Return whether a paragraph is the document's title, by its style."""
        return any(_TITLE.fullmatch(_name(style)) for style in self.chain(paragraph_style(paragraph)))

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Return whether a paragraph belongs to a table of contents, by its style."""
        return any(_CONTENTS.fullmatch(_name(style)) for style in self.chain(paragraph_style(paragraph)))


def paragraph_style(paragraph: etree._Element) -> str | None:
    """Return the id of the style that a paragraph names."""
    return value(paragraph, "pPr", "pStyle")


def read_look(properties: etree._Element | None) -> Look:
    """Return what a run's or a style's properties say themselves."""
    hidden = child(properties, "vanish")
    size = value(properties, "sz")
    return Look(
        hidden=None if hidden is None else is_on(hidden),
        white=_is_white(child(properties, "color")),
        tiny=int(size) <= _TINY if size and size.isdecimal() else None,
        on_dark=_on_highlight(value(properties, "highlight"), is_dark(child(properties, "shd"))),
    )


def is_dark(shading: etree._Element | None) -> bool | None:
    """Return whether a shading is anything but white, None where there is none."""
    if shading is None:
        return None
    fill = shading.get(W + "fill", "auto")
    if shading.get(W + "val", "clear") not in ("clear", "nil"):
        return True
    if shading.get(W + "themeFill", _GROUND_THEMES[0]) not in _GROUND_THEMES:
        return True
    return None if fill == "auto" else not is_white(fill)


def _on_highlight(highlight: str | None, shading: bool | None) -> bool | None:
    return shading if highlight in (None, "none") else highlight != "white"


def _is_white(colour: etree._Element | None) -> bool | None:
    if colour is None:
        return None
    theme = colour.get(W + "themeColor")
    if theme is not None and theme not in _GROUND_THEMES:
        return is_white(colour.get(W + "val", ""))
    is_shaded = colour.get(W + "themeShade") is not None
    return is_white(colour.get(W + "val", "")) or (theme is not None and not is_shaded)


def _level(stated: str) -> int | None:
    return int(stated) + 1 if stated.isdecimal() and int(stated) < _BODY_LEVEL else None


def _name(style: etree._Element) -> str:
    return (value(style, "name") or "").strip()
