"""What a page hides: comments, and text that its reader cannot see."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement, PreformattedString

from pipelines.converters.looks import HIDDEN, OFF_PAGE, TINY, WHITE, is_white

_MARKUP = re.compile(r"\s*\[(?:if|endif)\b|<[a-zA-Z/!]", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]")
_NOTHING = re.compile(r"0+(?:\.0*)?(?:[a-z%]+)?")
_TINY = re.compile(r"(?:0?\.\d+|1)(?:px|pt)|" + _NOTHING.pattern)
_RELATIVE = re.compile(r"[^r]em$|%$|^inherit$")
_FAR_OFF = re.compile(r"-\d{3,}(?:\.\d*)?[a-z%]*")
_FAR = -999  # pixels; pages that put text out of sight use -999 to -9999
_GROUNDS = ("background", "background-color", "background-image")


@dataclass(frozen=True, slots=True)
class _Look:
    """How text looks in an element. `hidden_by` is the element that put it out of sight, `why` what that does."""

    why: str = ""
    hidden_by: int = 0
    tiny_by: int = 0
    white_by: int = 0
    may_be_dark: bool = False

    def reason(self) -> tuple[str, int]:
        """Return why no reader sees text with this look and which element does it; "" where one sees it."""
        if self.why:
            return self.why, self.hidden_by
        if self.tiny_by:
            return TINY, self.tiny_by
        return (WHITE, self.white_by) if self.white_by and not self.may_be_dark else ("", 0)


def remove_comments(page: BeautifulSoup) -> int:
    """Take comments and the like out of `page`, and return how many of them hold words.

    Markup in a comment (an element that was put aside, a condition for a browser) is no remark of anybody's.
    """
    found = page.find_all(string=lambda text: isinstance(text, PreformattedString))
    for text in found:
        text.extract()
    return sum(isinstance(text, Comment) and _is_remark(text) for text in found)


def _is_remark(text: str) -> bool:
    return bool(_WORDS.search(text)) and not _MARKUP.search(text)


def remove_hidden(page: BeautifulSoup, *, judges_white: bool) -> Counter[str]:
    """Take the text that no reader sees out of `page`, and return how many passages of which kind.

    `judges_white`: whether only attributes can put a dark ground under white text.
    """
    looks = {id(page): _Look(may_be_dark=not judges_white)}
    passages: set[tuple[str, int]] = set()
    for node in list(page.descendants):
        if isinstance(node, Tag):
            looks[id(node)] = _look(node, looks[id(node.parent)])
        reason = _reason(node, looks)
        if reason[0]:
            node.extract()
            passages |= {reason} if str(node).strip() else set()
    return Counter(why for why, _ in passages)


def _reason(node: PageElement, looks: Mapping[int, _Look]) -> tuple[str, int]:
    """Return why `node`, a text or a picture, is not seen, and by which element; "" where it is."""
    if not isinstance(node, Tag):
        return looks[id(node.parent)].reason()
    look = looks[id(node)]
    return (look.why, look.hidden_by) if node.name == "img" else ("", 0)


def _look(element: Tag, around: _Look) -> _Look:
    style = _declarations(str(element.get("style", "")))
    look = _with_ground(element, style, _with_colour(element, style, around))
    size = style.get("font-size", "")
    if _TINY.fullmatch(size):
        look = replace(look, tiny_by=around.tiny_by or id(element))
    elif size and not _RELATIVE.search(size):
        look = replace(look, tiny_by=0)
    if not around.why and (why := _hidden(element, style)):
        look = replace(look, why=why, hidden_by=id(element))
    return look


def _hidden(element: Tag, style: Mapping[str, str]) -> str:
    if element.has_attr("hidden") or style.get("display") == "none" or style.get("visibility") == "hidden":
        return HIDDEN
    if _NOTHING.fullmatch(style.get("opacity", "1")) or style.get("color") == "transparent":
        return HIDDEN
    if style.get("overflow") == "hidden" and any(
        _NOTHING.fullmatch(style.get(name, "1")) for name in ("height", "max-height", "width", "max-width")
    ):
        return HIDDEN
    return OFF_PAGE if _is_off_page(style) else ""


def _is_off_page(style: Mapping[str, str]) -> bool:
    moved = ["text-indent"]
    if style.get("position") in ("absolute", "fixed"):
        moved += ["left", "top"]
    values = [value for name in moved if _FAR_OFF.fullmatch(value := style.get(name, ""))]
    return any(float(value.rstrip("abcdefghijklmnopqrstuvwxyz%")) <= _FAR for value in values)


def _with_colour(element: Tag, style: Mapping[str, str], around: _Look) -> _Look:
    colour = style.get("color") or (str(element.get("color", "")) if element.name == "font" else "")
    if not colour or colour == "inherit":
        return around
    return replace(around, white_by=(around.white_by or id(element)) if is_white(colour) else 0)


def _with_ground(element: Tag, style: Mapping[str, str], look: _Look) -> _Look:
    grounds = [style[name] for name in _GROUNDS if name in style]
    grounds += [str(element[name]) for name in ("bgcolor", "background") if element.has_attr(name)]
    if element.has_attr("class") or any(not is_white(ground) for ground in grounds):
        return replace(look, may_be_dark=True)
    return look


def _declarations(style: str) -> dict[str, str]:
    """Return the values of a `style` attribute by property, in lower case and without spaces."""
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): "".join(value.split()).removesuffix("!important") for name, _, value in pairs}
