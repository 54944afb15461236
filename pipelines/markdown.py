"""Markdown seen as blocks: sections by heading, and in them the pieces that may not be cut."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

from pipelines.sentences import split_sentences

_EXPLICIT_ANCHOR = re.compile(r"\s*\{#([^}\s]+)\}\s*$")
_TABLE_HEADER_LINES = 2
_LONGEST_BLOCK = 5000
"""Characters that no sentence, row or item has that people wrote: what is longer came out of a program."""
_LONGEST_HEADER = 1000
"""Characters of the header of a table that is repeated above its rows; a longer one stands once."""
_LONGEST_HEADING = 300
"""Characters; what is longer is no heading, and would stand above each of its chunks."""
_PLACE = re.compile(r"<!-- (page|slide|notes) (\d+) -->\s*")

_LISTS = ("bullet_list_open", "ordered_list_open")
_COMPLETE = re.compile(r"[.!][*_\"')\]\u201d\u2019]*\s*$")

PlaceKind = Literal["page", "slide", "notes"]


def place_marker(kind: PlaceKind, number: int) -> str:
    """Return the line that says on which page or slide what follows stands, counted from 1.

    `notes` are a speaker's, with the slide of that number. The line is an HTML comment, which nothing shows;
    no converter passes a document's own comments on, so none can be forged.
    """
    return f"<!-- {kind} {number} -->"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown that reads on its own: a sentence, a list item, a table row, a code block.

    `header` is what must stand above it to be understood (a table's header row and rule).
    `follows` is how it joins the block before it: " " inside a paragraph, a line break inside a
    list or table, an empty line between paragraphs. `place` is where it stands by the last marker before it:
    "page 3", "slide 2", "notes 2", or "" where there is none. `lead_in` is what a list item needs to be understood:
    the text of the sentence before its list, a block of its own, where that leaves open what follows ("Bring:").
    """

    text: str
    header: str = ""
    follows: str = "\n\n"
    place: str = ""
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading.

    `path` holds the headings from the outermost to its own, without markup; `level` is its own (1 to
    6); `index` counts headings from 1, and 0 is the text before the first; `anchor` is its address
    in the page.
    """

    index: int
    level: int
    path: tuple[str, ...]
    anchor: str
    blocks: tuple[Block, ...]

    def __deepcopy__(self, _: dict[int, object]) -> "Section":
        # Haystack copies what flows between components; nothing in here can change.
        return self


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=6)
    parser.core.ruler.at("inline", _parse_headings)
    return parser


def _parse_headings(state: StateCore) -> None:
    """Parse what is inside headings alone: the rest is kept as it stands, and parsing it took most of the time."""
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open":
            inline.children = inline.children or []
            state.md.inline.parse(inline.content, state.md, state.env, inline.children)


def split_sections(markdown: str, language: str) -> list[Section]:
    """Return the sections of `markdown` in order, each with its blocks.

    Anchors are made as GitHub makes them, unless the heading ends in `{#anchor}`.
    Sentences are split by the rules of `language` (ISO 639-1).
    """
    lines = markdown.split("\n")
    sections = [Section(0, 0, (), "", ())]
    blocks: list[list[Block]] = [[]]
    open_headings: list[tuple[int, str]] = []
    place = ""
    for opening, inner in _top_level(_parser().parse(markdown)):
        if opening.type == "heading_open":
            sections.append(_heading(opening, inner, open_headings, len(sections)))
            blocks.append([])
        elif marker := _marker(opening):
            place = marker
        else:
            blocks[-1] += [replace(block, place=place) for block in _blocks(opening, inner, lines, language)]
    return [replace(section, blocks=tuple(its)) for section, its in zip(sections, blocks, strict=True)]


def split_blocks(markdown: str, language: str) -> list[Block]:
    """Return the blocks of a piece of Markdown, headings included as blocks of their own."""
    lines = markdown.split("\n")
    blocks: list[Block] = []
    lead_in = ""
    for opening, inner in _top_level(_parser().parse(markdown)):
        new = list(_blocks(opening, inner, lines, language))
        blocks += [replace(block, lead_in=lead_in) for block in new] if opening.type in _LISTS else new
        lead_in = _lead_in(new) if opening.type == "paragraph_open" else ""
    return blocks


def _lead_in(paragraph: list[Block]) -> str:
    last = paragraph[-1].text if paragraph else ""
    return "" if _COMPLETE.search(last) else last


def join_blocks(blocks: list[Block]) -> str:
    """Return the blocks as Markdown again; a header stands once above the rows that share it."""
    text, header = "", ""
    for block in blocks:
        starts_table = bool(block.header) and (block.header != header or block.follows == "\n\n")
        piece = f"{block.header}\n{block.text}" if starts_table else block.text
        gap = "\n\n" if starts_table or block.header != header else block.follows
        text += gap + piece if text else piece
        header = block.header
    return text


def _top_level(tokens: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yield each outermost block's first token with the tokens inside it."""
    start = 0
    for i, token in enumerate(tokens):
        if token.level == 0 and token.nesting == 1:
            start = i
        elif token.level == 0:
            yield tokens[start if token.nesting == -1 else i], tokens[start + 1 : i]


def _marker(opening: Token) -> str:
    found = _PLACE.fullmatch(opening.content) if opening.type == "html_block" else None
    return f"{found[1]} {found[2]}" if found else ""


def _heading(opening: Token, inner: list[Token], open_headings: list[tuple[int, str]], index: int) -> Section:
    level = int(opening.tag[1:])
    explicit = _EXPLICIT_ANCHOR.search(inner[0].content)
    anchor = explicit[1] if explicit else str(opening.attrs.get("id", ""))
    while open_headings and open_headings[-1][0] >= level:
        open_headings.pop()
    open_headings.append((level, _EXPLICIT_ANCHOR.sub("", plain_text(inner[0]))[:_LONGEST_HEADING]))
    return Section(index, level, tuple(text for _, text in open_headings), anchor[:_LONGEST_HEADING], ())


def plain_text(inline: Token) -> str:
    """Return what a reader sees of an inline token: no markup, links by their text."""
    parts = [" " if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children or []]
    return "".join(parts).strip()


def _blocks(opening: Token, inner: list[Token], lines: list[str], language: str) -> Iterator[Block]:
    for block in _whole_blocks(opening, inner, lines, language):
        if len(block.text) <= _LONGEST_BLOCK:
            yield block
        else:
            yield from _cut(block)


def _cut(block: Block) -> Iterator[Block]:
    """Yield a block that is too long in pieces, cut at spaces where there are any."""
    pieces = textwrap.wrap(block.text, _LONGEST_BLOCK, break_on_hyphens=False, replace_whitespace=False)
    for i, piece in enumerate(pieces):
        yield replace(block, text=piece, follows=" " if i else block.follows)


def _whole_blocks(opening: Token, inner: list[Token], lines: list[str], language: str) -> Iterator[Block]:
    first, last = opening.map or (0, 0)
    source = lines[first:last]
    if opening.type == "table_open":
        yield from _rows(source)
    elif opening.type in _LISTS:
        yield from _items(inner, lines)
    elif opening.type == "paragraph_open":
        yield from _sentences("\n".join(source), language)
    elif opening.type != "hr" and "".join(source).strip():
        yield Block("\n".join(source).strip("\n"))


def _rows(source: list[str]) -> Iterator[Block]:
    header = "\n".join(line.strip() for line in source[:_TABLE_HEADER_LINES])
    rows = [line.strip() for line in source[_TABLE_HEADER_LINES:] if line.strip()]
    if not rows or len(header) > _LONGEST_HEADER:
        yield Block(header)
        header = ""
    for i, row in enumerate(rows):
        yield Block(row, header, "\n" if i else "\n\n")


def _items(inner: list[Token], lines: list[str]) -> Iterator[Block]:
    items = [token.map for token in inner if token.type == "list_item_open" and token.level == 1 and token.map]
    for i, (first, last) in enumerate(items):
        text = "\n".join(lines[first:last]).rstrip()
        if text:
            yield Block(text, follows="\n" if i else "\n\n")


def _sentences(paragraph: str, language: str) -> Iterator[Block]:
    follows = "\n\n"
    for sentence in split_sentences(paragraph, language):
        text = sentence.strip()
        if text:
            yield Block(text, follows=follows)
            follows = "\n" if sentence.endswith("\n") else " "
