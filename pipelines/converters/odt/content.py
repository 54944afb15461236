"""The elements of an OpenDocument text as those of HTML, without what no reader sees."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Tag
from odfdo import Element

from pipelines.converters.looks import HIDDEN, Look
from pipelines.converters.odt.styles import Styles

_DEEPEST_HEADING = 6  # of Markdown
_MOST_REPEATED = 100
"""Cells or rows that one element may stand for: programs write a thousand empty ones so."""

_LEFT_OUT = frozenset(
    (
        "draw:image",
        "draw:object",
        "draw:object-ole",
        "draw:plugin",
        "office:annotation-end",
        "office:event-listeners",
        "office:forms",
        "svg:desc",
        "svg:title",
        "table:covered-table-cell",
        "table:desc",
        "table:title",
        "text:alphabetical-index",
        "text:illustration-index",
        "text:object-index",
        "text:ruby-text",
        "text:script",
        "text:soft-page-break",
        "text:table-index",
        "text:table-of-content",
        "text:tracked-changes",
        "text:user-index",
    )
)
_SPACES = ("text:s", "text:tab")
_BOXES = ("draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:polygon")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page an element goes, how text looks there, and which list it is in."""

    parent: Tag
    look: Look
    list_style: str = ""
    depth: int = 0


class Content:
    """Reads one document. `title`: what is written in the style Title; `left_out`: what no reader sees."""

    def __init__(self, styles: Styles) -> None:
        """Take the document's styles."""
        self.title: str | None = None
        self.left_out: Counter[str] = Counter()
        self._styles = styles
        self._page = BeautifulSoup("", "html.parser")
        self._after: list[tuple[Element, str, Look]] = []
        self._passage = ""
        self._counted: dict[str, int] = {}
        self._readers: Mapping[str, Callable[[Element, _Place], None]] = {
            "text:h": self._paragraph,
            "text:p": self._paragraph,
            "text:span": self._span,
            "text:a": self._link,
            "text:line-break": self._line_break,
            "text:list": self._list,
            "text:section": self._section,
            "text:note": self._note,
            "text:hidden-text": self._field,
            "text:hidden-paragraph": self._field,
            "office:annotation": self._comment,
            "table:table": self._table,
            **dict.fromkeys(_SPACES, self._space),
            **dict.fromkeys(_BOXES, self._box),
        }

    def page(self, body: Element) -> BeautifulSoup:
        """Return the document's body as a page."""
        for element in body.children:
            self._read(element, _Place(self._page, self._styles.ground))
            self._read_after()
        return self._page

    def _read(self, element: Element, place: _Place) -> None:
        if element.tag not in _LEFT_OUT:
            self._readers.get(element.tag, self._inside)(element, place)

    def _inside(self, element: Element, place: _Place) -> None:
        self._text(element.text, place)
        for child in element.children:
            self._read(child, place)
            self._text(child.tail or "", place)

    def _text(self, text: str, place: _Place) -> None:
        reason = place.look.reason()
        if text and not reason:
            place.parent.append(text)
        elif text.strip():
            self.left_out[reason] += reason != self._passage
        if text.strip():
            self._passage = reason

    def _add(self, name: str, place: _Place, **attributes: str) -> _Place:
        """Put an element into the page, and return the place in it."""
        tag = self._page.new_tag(name, attrs=attributes)
        place.parent.append(tag)
        return replace(place, parent=tag)

    def _paragraph(self, paragraph: Element, place: _Place) -> None:
        style = _stated(paragraph, "text:style-name")
        is_title = self._styles.is_title(style)
        level = 1 if is_title else self._styles.heading_level(style)
        if paragraph.tag == "text:h":
            level = int(_stated(paragraph, "text:outline-level") or "1")
        inside = self._add(f"h{min(level, _DEEPEST_HEADING)}" if level else "p", place)
        self._passage = ""
        look = self._styles.look("paragraph", style).over(place.look)
        self._inside(paragraph, replace(self._emphasized("paragraph", style, inside), look=look))
        if is_title:
            words = inside.parent.get_text().split()
            self.title = " ".join(filter(None, [self.title, *words])) or None

    def _span(self, span: Element, place: _Place) -> None:
        style = _stated(span, "text:style-name")
        look = self._styles.look("text", style).over(place.look)
        self._inside(span, replace(self._emphasized("text", style, place), look=look))

    def _emphasized(self, family: str, style: str, place: _Place) -> _Place:
        for mark in self._styles.emphasis(family, style):
            place = self._add(mark, place)
        return place

    def _link(self, link: Element, place: _Place) -> None:
        href = _stated(link, "xlink:href")
        self._inside(link, place if href.startswith("#") else self._add("a", place, href=href))

    def _space(self, _: Element, place: _Place) -> None:
        self._text(" ", place)

    def _line_break(self, _: Element, place: _Place) -> None:
        self._add("br", place)

    def _list(self, list_: Element, place: _Place) -> None:
        """Read a list; one that numbers headings is none to a reader."""
        style = _stated(list_, "text:style-name") or place.list_style
        inside = replace(place, list_style=style, depth=place.depth + 1)
        if list_.get_element(".//text:h") is not None:
            for item in list_.children:
                self._inside(item, inside)
            return
        is_numbered = self._styles.is_numbered(style, inside.depth)
        first = self._first_number(list_, inside)
        inside = self._add("ol" if is_numbered else "ul", inside, start=str(first))
        for item in list_.children:
            stated = {"value": value} if (value := _stated(item, "text:start-value")) else {}
            self._inside(item, self._add("li", inside, **stated))
        self._counted[f"{style} {inside.depth}"] = first + len(list_.children) - 1

    def _first_number(self, list_: Element, place: _Place) -> int:
        continues = _stated(list_, "text:continue-numbering") == "true" or _stated(list_, "text:continue-list")
        return self._counted.get(f"{place.list_style} {place.depth}", 0) + 1 if continues else 1

    def _section(self, section: Element, place: _Place) -> None:
        shown = _stated(section, "text:display")
        if shown == "none" or (shown == "condition" and _stated(section, "text:is-hidden") == "true"):
            self.left_out[HIDDEN] += bool(section.text_recursive.strip())
        else:
            self._inside(section, self._add("div", place))

    def _field(self, field: Element, place: _Place) -> None:
        """Read a field whose text a condition shows or hides."""
        if _stated(field, "text:is-hidden") == "true":
            self.left_out[HIDDEN] += 1
        else:
            self._text(_stated(field, "text:string-value") or field.text, place)

    def _comment(self, comment: Element, _: _Place) -> None:
        self.left_out["comments"] += bool(comment.text_recursive.strip())

    def _note(self, note: Element, place: _Place) -> None:
        """Put a note's number where it stands, and keep its text for after this block."""
        number = "".join(one.text_recursive for one in note.get_elements("text:note-citation")).strip()
        self._text(f"[{number}]", place)
        if not place.look.reason():
            self._after += [(body, f"[{number}] ", self._styles.ground) for body in note.get_elements("text:note-body")]

    def _box(self, box: Element, place: _Place) -> None:
        """Keep what stands in a frame or shape for after this block."""
        frame = box.parent if box.tag == "draw:text-box" and box.parent is not None else box
        look = self._styles.look("graphic", _stated(frame, "draw:style-name"))
        self._after.append((box, "", replace(self._styles.ground, on_dark=look.over(place.look).on_dark)))

    def _read_after(self) -> None:
        while self._after:
            (element, number, look), *self._after = self._after
            inside = self._add("div", _Place(self._page, look))
            self._inside(element, inside)
            first = inside.parent.find("p") or inside.parent
            first.insert(0, number)

    def _table(self, table: Element, place: _Place) -> None:
        look = self._styles.look("table", _stated(table, "table:style-name")).over(place.look)
        self._rows(table, replace(self._add("table", place), look=look))

    def _rows(self, group: Element, place: _Place) -> None:
        for child in group.children:
            if child.tag == "table:table-row":
                self._row(child, place)
            elif child.tag in ("table:table-rows", "table:table-row-group"):
                self._rows(child, place)
            elif child.tag == "table:table-header-rows":
                self._rows(child, self._add("thead", place))

    def _row(self, row: Element, place: _Place) -> None:
        if _stated(row, "table:visibility") in ("collapse", "filter"):
            self.left_out["hidden rows"] += _count(row, "table:number-rows-repeated")
            return
        look = self._styles.look("table-row", _stated(row, "table:style-name")).over(place.look)
        for _ in range(_repeated(row, "table:number-rows-repeated")):
            inside = replace(self._add("tr", place), look=look)
            for cell in _cells(row):
                self._cell(cell, inside)

    def _cell(self, cell: Element, place: _Place) -> None:
        spans = {
            "colspan": _stated(cell, "table:number-columns-spanned") or "1",
            "rowspan": _stated(cell, "table:number-rows-spanned") or "1",
        }
        look = self._styles.look("table-cell", _stated(cell, "table:style-name")).over(place.look)
        self._inside(cell, replace(self._add("td", place, **spans), look=look))


def _cells(row: Element) -> Iterator[Element]:
    for cell in row.children:
        if cell.tag == "table:table-cell":
            for _ in range(_repeated(cell, "table:number-columns-repeated")):
                yield cell


def _repeated(element: Element, name: str) -> int:
    return min(_count(element, name), _MOST_REPEATED)


def _count(element: Element, name: str) -> int:
    stated = _stated(element, name)
    return int(stated) if stated.isdecimal() else 1


def _stated(element: Element, name: str) -> str:
    return str(element.attributes.get(name, ""))
