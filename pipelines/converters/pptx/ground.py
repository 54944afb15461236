"""Whether what a shape lies on is certainly white, so that nobody sees white text on it."""

import re
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE

from pipelines.converters.looks import is_white
from pipelines.converters.pptx.boxes import Box, own_box
from pipelines.converters.pptx.xpath import found

_FILLS = ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill")
_LIGHT = ("bg1", "lt1")
_WHITE_THEME = re.compile(rb'<a:lt1>\s*<a:(?:sysClr val="window"|srgbClr val="FFFFFF")', re.IGNORECASE)
_MOST_PAINTED = 500  # shapes to look for below a text; with more of them nothing is certain


class Ground:
    """What has been drawn on a slide so far, from its background up."""

    def __init__(self, slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        """Start with the slide's background and with what its layout and its master draw."""
        layout = slide.slide_layout
        self._levels = (slide, layout, layout.slide_master)
        self._light_is_white = _is_light_white(self._levels)
        self._is_white = self._has_white_background()
        self._painted: list[Box] = []
        for level in self._levels[1:]:
            for shape in level.shapes:
                if not shape.is_placeholder:
                    self.draw(shape, own_box(shape))

    def draw(self, shape: Any, box: Box) -> None:  # noqa: ANN401 - the library types little of it
        """Add a shape, which hides what is below it unless it is a text without a fill."""
        if not shape.has_text_frame or _is_filled(shape):
            self._painted.append(box)

    def is_white(self, shape: Any, box: Box) -> bool:  # noqa: ANN401 - the library types little of it
        """Return whether a shape that is drawn next certainly has white behind its text."""
        if not self._is_white or len(self._painted) > _MOST_PAINTED or _is_filled(shape):
            return False
        return not any(box.overlaps(other) for other in self._painted)

    def is_white_fill(self, properties: Any) -> bool:  # noqa: ANN401 - the library types little of it
        """Return whether the element is filled in plain white (its colour's transforms make it another)."""
        colours = found(properties, "./a:solidFill/*[not(*)]")
        return any(self._is_white_colour(colour) for colour in colours)

    def _is_white_colour(self, colour: Any) -> bool:  # noqa: ANN401 - the library types little of it
        value = str(colour.get("val"))
        return is_white(value) or (value in _LIGHT and self._light_is_white)

    def _has_white_background(self) -> bool:
        for level in self._levels:
            for background in found(level._element, "./p:cSld/p:bg/*"):
                plain = background.tag.endswith("}bgRef") and background.get("idx") == "1001"
                referred = plain and any(self._is_white_colour(colour) for colour in found(background, "./*[not(*)]"))
                return referred or self.is_white_fill(background)
        return True


def _is_light_white(levels: tuple[Any, ...]) -> bool:
    """Return whether the theme's light colour is white and is what texts and grounds call so."""
    master = levels[-1]
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    remapped = any(found(level._element, ".//a:overrideClrMapping") for level in levels)
    return bool(_WHITE_THEME.search(theme)) and not remapped and found(master._element, "./p:clrMap/@bg1") == ["lt1"]


def _is_filled(shape: Any) -> bool:  # noqa: ANN401 - the library types little of it
    """Return whether a shape may have a fill: its own, its style's, or that of the placeholder it stands in."""
    while shape is not None:
        properties = found(shape._element, "./p:spPr")
        if any(found(each, " | ".join(f"./{fill}" for fill in _FILLS)) for each in properties):
            return True
        if any(found(each, "./a:noFill") for each in properties):
            return False
        if found(shape._element, "./p:style/a:fillRef[not(@idx='0')]"):
            return True
        shape = getattr(shape, "_base_placeholder", None)
    return False
