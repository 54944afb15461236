"""Lines into headings, paragraphs and list items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from pipelines.converters.pdf.grids import Grid
from pipelines.converters.pdf.lines import Line

_BULLETS = "•◦▪▫■□●○‣\u2043∙·➢➤✓✔❖►▶\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf02d"
"""The last ones are what Word's Symbol and Wingdings bullets become."""
_MARKER = re.compile(
    rf"([{_BULLETS}])\s*(?=\S)"  # a bullet
    r"|([-\u2013\u2014*o])\s+(?=\S)"  # what typists take for one
    r"|(\d{1,2}|[a-z]|[ivx]{1,5})([.)])\s+(?=\S)"  # a number or a letter
)
_SENTENCE_END = re.compile(r"[.!?:;…][\"'\u201d\u2019)\]]*$")
_SAME_SIZE = 0.08
"""Part by which lines of one paragraph differ in size: a raised figure can be a line's longest word."""
_LOOSE = 1.3
"""Of the column's usual leading: space between paragraphs is half a line and more."""
_USUAL_LEADING = 1.2
_WIDEST_LEADING = 2.2
"""Of the size: more is no leading but a gap."""
_INDENT = 0.8
"""Of the size: what is less is crooked, not indented."""
_SPARE = 0.08
"""Of the column's width: where the next word would have fitted with that to spare, the line was ended on purpose."""

Kind = Literal["text", "item", "heading"]


@dataclass(slots=True)
class Block:
    """Lines that belong together; `marker` is an item's bullet or number, `level` a heading's."""

    lines: list[Line]
    page: int
    right: float
    kind: Kind = "text"
    level: int = 0

    @property
    def size(self) -> float:
        """Return the size of its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Say whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def left(self) -> float:
        """Return its first line's left edge."""
        return self.lines[0].box[0]

    @property
    def text(self) -> str:
        """Return its words, roughly joined."""
        return " ".join(line.text for line in self.lines)


def marker(text: str) -> re.Match[str] | None:
    """Return the bullet (groups 1 and 2) or the number and its mark (3 and 4) that begin a list item."""
    return _MARKER.match(text)


def group_lines(items: Sequence[Line | Grid], page: int) -> list[Block | Grid]:
    """Return one column's lines and tables, from the top down, as blocks."""
    lines = [item for item in items if isinstance(item, Line)]
    leading = _leading(lines)
    right = max((line.box[2] for line in lines), default=0)
    blocks: list[Block | Grid] = []
    for item in items:
        last = blocks[-1] if blocks else None
        if isinstance(item, Grid):
            blocks.append(item)
        elif isinstance(last, Block) and not _begins(last, item, leading):
            last.lines.append(item)
        else:
            blocks.append(Block([item], page, right, "item" if marker(item.text) else "text"))
    return blocks


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of baselines, in sizes."""
    steps = [(below.baseline - above.baseline) / max(above.size, 1) for above, below in pairwise(lines)]
    return median([step for step in steps if 0 < step < _WIDEST_LEADING] or [_USUAL_LEADING])


def _begins(block: Block, line: Line, leading: float) -> bool:
    """Say whether a line begins a block of its own after `block`."""
    last = block.lines[-1]
    apart = line.baseline - last.baseline > _LOOSE * leading * max(last.size, line.size)
    return (
        apart or _other_style(last, line) or _starts_item(block, line) or _indents(block, line) or _ended(block, line)
    )


def _other_style(last: Line, line: Line) -> bool:
    return abs(line.size - last.size) > _SAME_SIZE * last.size or last.bold != line.bold


def _starts_item(block: Block, line: Line) -> bool:
    found = marker(line.text)
    if not found:
        return False
    # A line that happens to begin with "-" or a number in the middle of a sentence begins no item.
    in_sentence = block.kind == "text" and not found[1] and not _SENTENCE_END.search(block.lines[-1].text)
    return not (in_sentence and not _would_have_fitted(block, line))


def _indents(block: Block, line: Line) -> bool:
    last, step = block.lines[-1], _INDENT * line.size
    if block.kind == "item":
        return line.box[0] < block.left - step
    if len(block.lines) == 1:
        return line.box[0] > last.box[0] + step and not line.text[:1].islower()
    return abs(line.box[0] - last.box[0]) > step


def _ended(block: Block, line: Line) -> bool:
    """Say whether the block's last line was ended on purpose."""
    begins = not line.text[:1].islower()
    back = block.kind == "item" and line.box[0] <= block.left + 1
    return begins and (_would_have_fitted(block, line) or (back and bool(_SENTENCE_END.search(block.lines[-1].text))))


def _would_have_fitted(block: Block, line: Line) -> bool:
    last, first = block.lines[-1], line.words[0].box
    room = block.right - last.box[2] - (first[2] - first[0])
    return room > _SPARE * max(block.right - block.left, 1)


def join_over_breaks(columns: Sequence[Sequence[Block | Grid]], body: float) -> list[Block | Grid]:
    """Return all blocks in order; a paragraph that goes on in the next column or page is one, where it begins."""
    blocks: list[Block | Grid] = []
    for column in columns:
        rest = list(column)
        last = _last_running(blocks, body)
        first = rest[0] if rest else None
        if last and isinstance(first, Block) and _goes_on(last, first):
            last.lines += first.lines
            del rest[0]
        blocks += rest
    return blocks


def _last_running(blocks: Sequence[Block | Grid], body: float) -> Block | None:
    """Return the last block that is no footnote."""
    for block in reversed(blocks[-6:]):
        if not isinstance(block, Block):
            return None
        if block.size > body * (1 - _SAME_SIZE):
            return block
    return None


def _goes_on(last: Block, first: Block) -> bool:
    if first.kind != "text" or "heading" in (last.kind, first.kind) or _other_style(last.lines[-1], first.lines[0]):
        return False
    # Only the lines at the seam are asked for their text: a text without full stops would be asked in full each time.
    end, start = last.lines[-1].text, first.lines[0]
    if start.text[:1].islower():
        return not end.endswith((".", "!", "?"))
    return not _SENTENCE_END.search(end) and not _would_have_fitted(last, start)
