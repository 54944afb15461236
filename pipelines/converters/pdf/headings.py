"""Which blocks are headings, and of which level: by the outline where it tells, else by size and weight."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipelines.converters.pdf.blocks import Block
from pipelines.converters.pdf.document import Bookmark
from pipelines.converters.pdf.inline import LEADERS
from pipelines.converters.pdf.page import Word

_LARGER = 1.12
"""Of the body's size: 11 points in a text of 10 are still text, 12.5 are a heading."""
_SMALLER = 0.95
_LONGEST = 200
_LONGEST_BOLD = 120
"""Characters; a bold sentence of more is a warning."""
_DEEPEST = 4
_NO_HEADING_END = (".", ",", ";", ":", "!")
_LETTERS = re.compile(r"[^\W\d_]+")

_Style = tuple[float, bool]


def body_style(words: Sequence[Word]) -> _Style:
    """Return size and weight of most characters; sizes are counted in half points."""
    counts: Counter[_Style] = Counter()
    for word in words:
        counts[_half_points(word.style.size), word.style.bold] += len(word.text)
    return counts.most_common(1)[0][0] if counts else (0.0, False)


def _half_points(size: float) -> float:
    return round(size * 2) / 2


def mark_headings(blocks: Sequence[Block], body: _Style, marks: Sequence[Bookmark]) -> None:
    """Set `kind` and `level` of the blocks that are headings."""
    told = _told_by_outline(blocks, marks)
    by_look = [block for block in blocks if id(block) not in told and _looks_like_heading(block, body)]
    levels = _levels([*by_look, *(block for block in blocks if id(block) in told)], told)
    for block in blocks:
        if id(block) in told:
            block.kind, block.level = "heading", min(told[id(block)], _DEEPEST)
    for block in by_look:
        block.kind, block.level = "heading", levels[_style(block)]


def _style(block: Block) -> _Style:
    return _half_points(block.size), block.bold


def _looks_like_heading(block: Block, body: _Style) -> bool:
    text, (size, bold) = block.text, body
    if not _LETTERS.search(text) or len(text) > _LONGEST or LEADERS.search(text) or _is_sentence_list(block):
        return False
    if block.size >= _LARGER * size:
        return True
    stands_out = block.bold and not bold and block.size >= _SMALLER * size
    return stands_out and len(text) <= _LONGEST_BOLD and not text.endswith(_NO_HEADING_END)


def _is_sentence_list(block: Block) -> bool:
    return block.kind == "item" and block.text.endswith((".", ";"))


def _levels(headings: Sequence[Block], told: dict[int, int]) -> dict[_Style, int]:
    """Return a level for each look: the outline's, where it tells one, else by size, the largest first."""
    known: dict[_Style, Counter[int]] = defaultdict(Counter)
    for block in headings:
        if id(block) in told:
            known[_style(block)][told[id(block)]] += 1
    styles = sorted({_style(block) for block in headings}, reverse=True)
    unknown = [style for style in styles if style not in known]
    levels = {style: counts.most_common(1)[0][0] for style, counts in known.items()}
    for style in unknown:
        above = [level for other, level in levels.items() if other > style and other in known]
        rank = unknown.index(style) + 1
        levels[style] = (max(above) + 1 if above else 1) if known else rank
    return {style: min(level, _DEEPEST) for style, level in levels.items()}


def _told_by_outline(blocks: Sequence[Block], marks: Sequence[Bookmark]) -> dict[int, int]:
    """Return the level of each block that an entry of the outline names, by the block's identity."""
    pages = [block.page for block in blocks]
    told: dict[int, int] = {}
    for mark in marks:
        title = _letters(mark.title)
        on_page = blocks[bisect_left(pages, mark.page) : bisect_left(pages, mark.page + 1)]
        named = (block for block in on_page if len(block.lines) <= _DEEPEST and _letters(block.text) == title)
        block = next((block for block in named if id(block) not in told), None)
        if block and title:
            told[id(block)] = mark.level
    return told


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text[: 2 * _LONGEST])).lower()
