"""The text of a shape as Markdown: paragraphs, nested lists and links."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pipelines.converters.inline import inline, link, paragraph
from pipelines.converters.looks import HIDDEN, TINY, WHITE
from pipelines.converters.pptx.bullets import Bullet, bullet_of
from pipelines.converters.pptx.ground import Ground
from pipelines.converters.pptx.xpath import found

_SMALLEST = 100  # hundredths of a point: what is no larger is there for programs
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

Run = tuple[str, str | None]
"""Inline Markdown, and the address that it leads to."""


class TextReader:
    """Reads the texts of one slide, and counts in `left_out` what in them nobody sees."""

    def __init__(self, left_out: Counter[str], ground: Ground | None = None) -> None:
        """`ground`: what the slide's texts lie on; without it no text is taken to be white on white."""
        self._left_out = left_out
        self._ground = ground

    def line(self, paragraphs: Any, on_white: bool = False) -> str:  # noqa: ANN401 - the library types little of it
        """Return paragraphs in one line, as in a heading or a cell."""
        return " ".join(" ".join(self._text(each, on_white) for each in paragraphs).split())

    def blocks(self, shape: Any, on_white: bool = False) -> list[str]:  # noqa: ANN401 - the library types little of it
        """Return the text of a shape: a block for each paragraph and for each list."""
        whole = _address(shape)
        lines = [
            (self._text(each, on_white, whole), each.level, bullet_of(each, shape))
            for each in shape.text_frame.paragraphs
        ]
        filled = [line for line in lines if line[0]]
        return [block for is_list, run in groupby(filled, key=_is_item) for block in _blocks(list(run), is_list)]

    def _text(self, each: Any, on_white: bool, whole: str | None = None) -> str:  # noqa: ANN401 - the library types little of it
        runs = groupby(self._runs(each, on_white), key=lambda run: run[1])
        return "".join(_linked("".join(text for text, _ in run), address or whole) for address, run in runs).strip()

    def _runs(self, each: Any, on_white: bool) -> Iterator[Run]:  # noqa: ANN401 - the library types little of it
        for element in each._p:
            kind = element.tag.rpartition("}")[2]
            if kind == "br":
                yield "\v", None
            elif kind == "r" or (kind == "fld" and element.get("type") != "slidenum"):
                yield from self._run(element, each) if not self._is_hidden(element, on_white) else ()
            else:
                yield "".join(text.text or "" for text in element.iter(_MATHS)), None

    def _run(self, element: Any, each: Any) -> Iterator[Run]:  # noqa: ANN401 - the library types little of it
        identifiers = found(element, "./a:rPr/a:hlinkClick/@r:id")
        rel = each.part.rels.get(identifiers[0]) if identifiers and identifiers[0] else None
        yield "".join(found(element, "./a:t/text()")), rel.target_ref if rel is not None and rel.is_external else None

    def _is_hidden(self, element: Any, on_white: bool) -> bool:  # noqa: ANN401 - the library types little of it
        reason = next((self._reason(each, on_white) for each in found(element, "./a:rPr")), None)
        if reason and "".join(found(element, "./a:t/text()")).strip():
            self._left_out[reason] += 1
        return reason is not None

    def _reason(self, properties: Any, on_white: bool) -> str | None:  # noqa: ANN401 - the library types little of it
        if int(properties.get("sz", _SMALLEST + 1)) <= _SMALLEST:
            return TINY
        if found(properties, "./a:ln[not(a:noFill)] | ./a:highlight | ./a:effectLst/*"):
            return None  # an outline, a marker or a shadow shows any text
        if found(properties, "./a:noFill | ./a:solidFill/*/a:alpha[@val='0']"):
            return HIDDEN
        is_white = on_white and self._ground is not None and self._ground.is_white_fill(properties)
        return WHITE if is_white else None


def _address(shape: Any) -> str | None:  # noqa: ANN401 - the library types little of it
    identifiers = found(shape._element, "./p:nvSpPr/p:cNvPr/a:hlinkClick/@r:id")
    rel = shape.part.rels.get(identifiers[0]) if identifiers and identifiers[0] else None
    return rel.target_ref if rel is not None and rel.is_external else None


def _linked(text: str, address: str | None) -> str:
    """Return text as a link, with the spaces around it outside of it."""
    lines = "\v".join(_spaced(line) for line in text.split("\v"))
    core = lines.strip()
    if not core or not address:
        return lines
    start = lines.index(core[0])
    return lines[:start] + link(" ".join(core.split()), address) + lines[start + len(core) :]


def _spaced(line: str) -> str:
    """Return a line as inline Markdown that keeps a space at either end, where the next run goes on."""
    return " " * line[:1].isspace() + inline(line) + " " * (line[-1:].isspace() and bool(line.strip()))


def _is_item(line: tuple[str, int, Bullet | None]) -> bool:
    return line[2] is not None


def _blocks(lines: list[tuple[str, int, Bullet | None]], is_list: bool) -> list[str]:
    return ["\n".join(_items(lines))] if is_list else [paragraph(text) for text, _, _ in lines]


def _items(lines: list[tuple[str, int, Bullet | None]]) -> Iterator[str]:
    """Yield the lines of a list; an item is nested below the last one of a lower level."""
    above: list[tuple[int, int, int]] = []  # level, indent and number of each open item
    for text, level, bullet in lines:
        last = None
        while above and above[-1][0] >= level:
            last = above.pop()
        indent = above[-1][1] if above else 0
        number = last[2] + 1 if last and last[0] == level else (bullet.start if bullet and bullet.start else 1)
        mark = f"{number}. " if bullet and bullet.start is not None else "- "
        above.append((level, indent + len(mark), number))
        yield " " * indent + mark + " ".join(paragraph(" ".join(text.split())).split())
