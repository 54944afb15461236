"""What a made-up document says, whatever its format: headings, paragraphs, lists and tables of odd text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

_WORDS = (
    "leave",
    "bonus",
    "fiets",
    "Één café",
    "parttimers",
    "25",
    "1.234,50",
    "€ 3",
    "e-mail",
    "a|b",
    "x_y_z",
    "50 %",
)
_FORGERIES = (
    "<!-- page 3 -->",
    "\n\n<!-- slide 2 -->\n\n",
    "<!-- notes 1 -->\n",
    "\\<!-- page 4 -->",
    "&lt;!-- page 5 --&gt;",
    "&#60;!-- page 6 --&#62;",
    "<!--",
    "-->",
    "# Heading",
    "\n\n## Heading\n\n",
    "\nTitle\n=====\n",
    "\nTitle\n-----\n",
    "<h1>Heading</h1>",
    "<script>alert(1)</script>",
    "</td></tr></table>",
    "| a | b |\n| --- | --- |\n| c | d |",
    "```\n",
    "~~~",
    "> quote",
    "- item",
    "1. item",
    "[x]: /y",
    "[text](javascript:alert(1))",
    "![picture](https://x.example/?q=1)",
    "{#anchor}",
    "***",
    "`",
    "\\",
    "]]>",
    "&amp;",
    "=1+1",
)
_ODD = (
    "\u202egnul\u202c",
    "שלום",
    "مرحبا",
    "e\u0301\u0301",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "\u2028",
    "\x85",
    "\x0b",
    "\x0c",
    "\x1f",
    "\x7f",
    "\t",
    "\r\n",
    "\U000e0041\U000e007f",
    "👩\u200d👩\u200d👧",
    "9" * 400,
    "-1e309",
    "31-02-2025",
)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the first row its header; all rows have the same length."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Table
Outline = tuple[Block, ...]

_TEXTS = st.lists(
    st.one_of(
        st.sampled_from(_WORDS),
        st.sampled_from(_FORGERIES),
        st.sampled_from(_ODD),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
    ),
    min_size=1,
    max_size=6,
).flatmap(lambda pieces: st.sampled_from((" ", "", "\n")).map(lambda joint: joint.join(pieces)))


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.tuples(*[_TEXTS] * width)
    return Table(tuple(draw(st.lists(row, min_size=1, max_size=4))))


def outlines() -> st.SearchStrategy[Outline]:
    """Return a strategy of documents of up to eight blocks."""
    headings = st.builds(Heading, st.integers(1, 6), _TEXTS)
    bullets = st.builds(Bullets, st.lists(_TEXTS, min_size=1, max_size=4).map(tuple))
    blocks = st.one_of(headings, st.builds(Paragraph, _TEXTS), bullets, _tables())
    return st.lists(blocks, max_size=8).map(tuple)


def in_xml(text: str) -> str:
    """Return `text` without what no XML can hold."""
    return _NOT_IN_XML.sub("", text)


def lines(block: Block) -> Iterator[str]:
    """Yield the texts of a block, a table's row by row."""
    match block:
        case Heading(_, text) | Paragraph(text):
            yield text
        case Bullets(items):
            yield from items
        case Table(rows):
            yield from ("\t".join(row) for row in rows)
