"""What no reader of a Word file sees: hidden text and rows, white text on white, text of size 0."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipelines.converters.docx.package import DOCUMENT, HEADER, Package
from pipelines.converters.docx.styles import Styles, is_dark, paragraph_style, read_look
from pipelines.converters.docx.xml import MC, WP, WPS, A, V, W, child, children_named, is_on, remove, value
from pipelines.converters.looks import WHITE, Look, is_white

_SEEN = tuple(W + name for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen", "drawing", "pict", "object"))
_LARGE = 7_560_000 * 10_692_000 // 4  # a quarter of an A4 page, in English metric units (360,000 to a centimetre)
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")


def remove_replaced(root: etree._Element) -> None:
    """Of each drawing that is there twice, for newer and older programs, leave the one that holds text."""
    for alternatives in list(root.iter(MC + "AlternateContent")):
        choice, fallback = alternatives.find(MC + "Choice"), alternatives.find(MC + "Fallback")
        if choice is not None and fallback is not None:
            alternatives.remove(fallback if next(choice.iter(W + "t"), None) is not None else choice)


class Visibility:
    """Tells what is seen in the parts of one file.

    Where something dark may lie under white text, the text stays: a shading, a filled shape, the ground of the
    page, or a picture of at least a quarter of a page, that floats on the same page or stands in a header.
    """

    def __init__(self, styles: Styles, package: Package) -> None:
        """Look at what can lie under the text of all pages."""
        self._styles = styles
        document = package.part(DOCUMENT)
        ground = value(document, "background", name="color") or "FFFFFF"
        self._ground_is_dark = ground != "auto" and not is_white(ground)
        self._ground_is_dark |= any(_is_ground(anchor) for root in package.parts(HEADER) for anchor in _anchors(root))

    def remove_hidden(self, root: etree._Element) -> Counter[str]:
        """Take out of a part what is not seen, and return how many passages and rows of which kind."""
        rows = [row for row in root.iter(W + "tr") if _is_hidden_row(row)]
        remove(rows)
        passages: Counter[str] = Counter({"hidden rows": len(rows)} if rows else {})
        pages = _Pages(root)
        before: tuple[etree._Element | None, str] = (None, "")
        for run in list(root.iter(W + "r")):
            reason = self._reason(run, pages)
            if not reason and not _is_read(run):
                continue
            passage = (run.getparent(), reason)
            if reason and _is_read(run):
                passages[reason] += passage != before
            before = passage
            if reason:
                remove([part for part in run if part.tag in _SEEN])
        return passages

    def _reason(self, run: etree._Element, pages: "_Pages") -> str:
        look = self._look(run)
        reason = look.reason()
        return "" if reason == WHITE and (self._is_on_dark(run, look) or pages.has_ground(run)) else reason

    def _look(self, run: etree._Element) -> Look:
        paragraph = next(run.iterancestors(W + "p"), None)
        style = None if paragraph is None else paragraph_style(paragraph)
        return read_look(child(run, "rPr")).over(self._styles.look(value(run, "rPr", "rStyle"), style))

    def _is_on_dark(self, run: etree._Element, look: Look) -> bool:
        if look.on_dark is not None:
            return look.on_dark
        grounds = (self._ground(element) for element in run.iterancestors())
        return next((ground for ground in grounds if ground is not None), self._ground_is_dark)

    def _ground(self, element: etree._Element) -> bool | None:
        """Return whether `element` lays something dark under what is in it, None where it lays nothing."""
        if element.tag == W + "p":
            own = is_dark(child(element, "pPr", "shd"))
            return self._shading_of_styles(paragraph_style(element)) if own is None else own
        if element.tag == W + "tc":
            return is_dark(child(element, "tcPr", "shd"))
        if element.tag == W + "tbl":
            own = is_dark(child(element, "tblPr", "shd"))
            return self._any_shading(value(element, "tblPr", "tblStyle")) if own is None else own
        return _fill(element)

    def _shading_of_styles(self, style_id: str | None) -> bool | None:
        shadings = (is_dark(child(style, "pPr", "shd")) for style in self._styles.chain(style_id))
        return next((dark for dark in shadings if dark is not None), None)

    def _any_shading(self, style_id: str | None) -> bool | None:
        """Return True where a table's style makes any of its rows or columns dark: it may be this one."""
        shadings = (is_dark(shading) for style in self._styles.chain(style_id) for shading in style.iter(W + "shd"))
        return any(shadings) or None


class _Pages:
    """On which pages of a part a large picture or shape lies, as far as the breaks in it tell."""

    def __init__(self, root: etree._Element) -> None:
        self._page_of: dict[etree._Element, int] = {}
        self._with_ground: set[int] = set()
        page = 0
        if not any(_is_ground(anchor) for anchor in _anchors(root)):
            return
        for element in root.iter(W + "r", W + "br", W + "lastRenderedPageBreak", W + "sectPr", WP + "anchor"):
            if element.tag == W + "r":
                self._page_of[element] = page
            elif element.tag == WP + "anchor":
                self._with_ground |= {page} if _is_ground(element) else set()
            elif element.tag != W + "br" or value(element.getparent(), "br", name="type") == "page":
                page += 1

    def has_ground(self, run: etree._Element) -> bool:
        """Return whether there is one on the page of `run`."""
        return self._page_of.get(run, -1) in self._with_ground


def _is_hidden_row(row: etree._Element) -> bool:
    return any(is_on(switch) for switch in children_named(child(row, "trPr"), "hidden"))


def _is_read(run: etree._Element) -> bool:
    return any((text.text or "").strip() for text in run.iter(W + "t"))


def _anchors(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(WP + "anchor")


def _is_ground(anchor: etree._Element) -> bool:
    """Return whether a floating drawing is large, and more than the frame of a text."""
    extent = anchor.find(WP + "extent")
    size = 0 if extent is None else _number(extent.get("cx")) * _number(extent.get("cy"))
    is_filled = next(anchor.iter(A + "blip"), None) is not None or any(
        _fill(shape) for shape in anchor.iter(WPS + "wsp")
    )
    return size >= _LARGE and is_filled


def _number(stated: str | None) -> int:
    return int(stated) if stated and stated.isdecimal() else 0


def _fill(shape: etree._Element) -> bool | None:
    """Return whether a shape is filled with anything but white, None where it is not filled or is no shape."""
    if shape.tag == WPS + "wsp":
        return _drawing_fill(shape)
    if not str(shape.tag).startswith(V):
        return None
    colour = shape.get("fillcolor", "")
    return None if not colour or shape.get("filled") in ("f", "false") else not is_white(colour.split(" ")[0])


def _drawing_fill(shape: etree._Element) -> bool | None:
    properties = shape.find(WPS + "spPr")
    if properties is not None and properties.find(A + "noFill") is not None:
        return None
    fills = [] if properties is None else [one for name in _FILLS if (one := properties.find(A + name)) is not None]
    if fills:
        return not _is_white_fill(fills[0])
    styled = shape.find(f"{WPS}style/{A}fillRef")
    return None if styled is None or styled.get("idx") == "0" else True


def _is_white_fill(fill: etree._Element) -> bool:
    colours = [one.get("val", "") for one in fill if len(one) == 0]
    return fill.tag == A + "solidFill" and any(colour == "bg1" or is_white(colour) for colour in colours)
