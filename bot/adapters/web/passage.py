"""Where in a document the passage stands that an answer quotes.

It is looked for in the Markdown itself, white space aside, as that is where it was quoted from.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from bot.adapters.web.rendering import visible

EXPLICIT_ANCHOR = re.compile(r"\s*\{#[^}\s]+\}\s*$")
"""The anchor that a heading may be given at its end, which nobody is to see."""

_MOST_OCCURRENCES = 1000
"""Places that are looked at for a piece that stands everywhere in a document, such as "Yes."."""
_DISTINCT = 20
"""Characters from which on a piece may also begin or end inside a word, as a program's longest lines are cut."""

_HEADING = re.compile(r" {0,3}#{1,6}\s(.*)")
_SEPARATOR = " › "

Span = tuple[int, int]
"""From and up to, in characters that are no white space."""


class PackedText:
    """A text without its white space, and where its lines and words begin in that."""

    def __init__(self, text: str) -> None:
        """`text`: as `visible` gives it."""
        self.source_lines = text.split("\n")
        self.lines = [pack(line) for line in self.source_lines]
        self.text = "".join(self.lines)
        self.starts = [0, *accumulate(map(len, self.lines))]

    def parts_words(self, position: int) -> bool:
        """Tell whether a word ends or begins at `position`, or neither side of it is part of a word."""
        if position in self._word_ends:
            return True
        return not (self.text[position - 1].isalnum() and self.text[position].isalnum())

    @cached_property
    def _word_ends(self) -> frozenset[int]:
        """Where a word begins or ends; an end is where the next one begins."""
        words = (word for line in self.source_lines for word in line.split())
        return frozenset({0, *accumulate(map(len, words))})


def pack(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def unpacked(text: str, position: int) -> int:
    """Return where in `text` the character stands that has `position` without white space."""
    seen = 0
    for found in re.finditer(r"\S+", text):
        seen += len(found[0])
        if seen > position:
            return found.end() - (seen - position)
    return len(text)


def find_passage(packed: PackedText, passage: Sequence[str], section: str) -> list[Span]:
    """Return where the pieces of a passage stand, in order; those that do not stand there are left out."""
    pieces = [piece for text in passage for piece in _found(packed, visible(text))]
    if not pieces:
        return []
    rarest = min(range(len(pieces)), key=lambda i: (len(pieces[i].starts), -pieces[i].length))
    parts = list(_of_section(packed, section)) if section else []
    layouts = [_around(pieces, rarest, start) for start in pieces[rarest].starts]
    return _merged(min(layouts, key=lambda spans: (not _within(spans, parts), _extent(spans), spans)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is looked for, by its length without white space and where it stands."""

    length: int
    starts: list[int]


def _found(packed: PackedText, text: str) -> Iterator[_Piece]:
    """Yield the piece where it stands whole, else those of its lines that stand there."""
    candidates = [text, *(text.split("\n") if "\n" in text.strip() else ())]
    for i, candidate in enumerate(map(pack, candidates)):
        starts = _occurrences(packed, candidate) if candidate else []
        if starts:
            yield _Piece(len(candidate), starts)
        if starts and i == 0:
            return


def _occurrences(packed: PackedText, piece: str) -> list[int]:
    starts: list[int] = []
    at = packed.text.find(piece)
    while at >= 0 and len(starts) < _MOST_OCCURRENCES:
        starts.append(at)
        at = packed.text.find(piece, at + 1)
    whole = [at for at in starts if packed.parts_words(at) and packed.parts_words(at + len(piece))]
    return whole or (starts if len(piece) >= _DISTINCT else [])


def _of_section(packed: PackedText, section: str) -> Iterator[Span]:
    """Yield where the sections stand whose heading is the last of `section`'s."""
    wanted = _letters(section.rpartition(_SEPARATOR)[2])
    headings = [i for i, line in enumerate(packed.source_lines) if _HEADING.match(line)]
    for first, following in pairwise([*headings, len(packed.lines)]):
        if _letters(packed.source_lines[first]) == wanted:
            yield packed.starts[first], packed.starts[following]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, EXPLICIT_ANCHOR.sub("", text)))


def _around(pieces: Sequence[_Piece], anchor: int, at: int) -> list[Span]:
    """Return the pieces as near to the one that stands `at` as their order lets them be."""
    before, end = [], at
    for piece in reversed(pieces[:anchor]):
        i = bisect_left(piece.starts, end - piece.length + 1)
        end = piece.starts[max(i - 1, 0)]
        before.append((end, end + piece.length))
    after, start = [], at
    for piece in pieces[anchor:]:
        i = bisect_left(piece.starts, start)
        start = piece.starts[min(i, len(piece.starts) - 1)] + piece.length
        after.append((start - piece.length, start))
    return [*reversed(before), *after]


def _within(spans: Sequence[Span], parts: Iterable[Span]) -> bool:
    start, end = spans[0][0], spans[-1][1]
    return any(first <= start and end <= last for first, last in parts)


def _extent(spans: Sequence[Span]) -> tuple[int, int]:
    """Return how many pieces stand before the end of the one that they follow, and how far all reach."""
    misplaced = sum(start < end for (_, end), (start, _) in pairwise(spans))
    return misplaced, max(end for _, end in spans) - min(start for start, _ in spans)


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
