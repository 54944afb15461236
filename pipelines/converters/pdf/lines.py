"""Words into lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipelines.converters.pdf.page import Corners, Word, union

_SAME_BASELINE = 0.35
"""Of the size: raised and lowered figures belong to their line."""
_WORD_GAP = 1.0
"""Of the size: words further apart stand in two columns or at a tab stop."""
_GLUED_GAP = 0.1
"""Of the size: the narrowest space of justified print is twice as wide."""


@dataclass(slots=True)
class Line:
    """Words on one baseline, in the order of reading."""

    words: list[Word]
    box: Corners

    @property
    def text(self) -> str:
        """Return the words with their spaces, without markup."""
        return "".join(gap + word.text for gap, word in spaced(self.words))

    @property
    def size(self) -> float:
        """Return the size of its largest words: code in a line is set smaller, and so are raised figures.

        A single character is left aside where it can be: an initial is set large.
        """
        sizes = [word.style.size for word in self.words if len(word.text) > 1]
        return max(sizes or [word.style.size for word in self.words])

    @property
    def bold(self) -> bool:
        """Say whether all that can be bold is."""
        lettered = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(lettered) and all(word.style.bold for word in lettered)

    @property
    def baseline(self) -> float:
        """Return where its longest word stands."""
        return max(self.words, key=lambda word: len(word.text)).baseline


def spaced(words: Sequence[Word]) -> Iterable[tuple[str, Word]]:
    """Yield each word with what stands before it: "" or a space."""
    if words:
        yield "", words[0]
    for before, word in pairwise(words):
        yield "" if word.glued and _touch(before, word) else " ", word


def _touch(before: Word, word: Word) -> bool:
    return _apart(before.box, word.box) <= max(before.style.size, word.style.size) * _WORD_GAP


def _apart(one: Corners, other: Corners) -> float:
    return max(other[0] - one[2], one[0] - other[2])


def fragments(words: Sequence[Word]) -> list[Line]:
    """Return the words as pieces of lines that no column's gap or tab interrupts."""
    pieces: list[Line] = []
    for word in words:
        if pieces and _continues(pieces[-1], word):
            pieces[-1].words.append(word)
            pieces[-1].box = union(pieces[-1].box, word.box)
        else:
            pieces.append(Line([word], word.box))
    return _merged(pieces, _WORD_GAP)


def _continues(piece: Line, word: Word) -> bool:
    last = piece.words[-1]
    size = max(last.style.size, word.style.size)
    rise = abs(word.baseline - last.baseline)
    return rise <= _SAME_BASELINE * size and _apart(last.box, word.box) <= _WORD_GAP * size


def whole_lines(pieces: Sequence[Line]) -> list[Line]:
    """Return the pieces of one column as lines from top to bottom, whatever the gaps in them."""
    return _merged(pieces, None)


def _merged(pieces: Sequence[Line], gap: float | None) -> list[Line]:
    return [line for row in _rows(pieces) for line in _joined(row, gap)]


def _joined(row: Sequence[Line], gap: float | None) -> list[Line]:
    lines: list[Line] = []
    for piece in sorted(row, key=lambda piece: piece.box[0]):
        if lines and _near(lines[-1], piece, gap):
            _append(lines[-1], piece)
        else:
            lines.append(Line(list(piece.words), piece.box))
    return lines


def _near(line: Line, piece: Line, gap: float | None) -> bool:
    return gap is None or _apart(line.box, piece.box) <= gap * max(line.size, piece.size)


def _append(line: Line, piece: Line) -> None:
    first = piece.words[0]
    first.glued = _apart(line.box, piece.box) <= _GLUED_GAP * first.style.size
    line.words += piece.words
    line.box = union(line.box, piece.box)


def _rows(pieces: Sequence[Line]) -> list[list[Line]]:
    """Return the pieces by baseline, from the top down."""
    ordered = sorted(pieces, key=lambda piece: piece.baseline)
    numbers, number = [0], 0
    for above, below in pairwise(ordered):
        number += below.baseline - above.baseline > _SAME_BASELINE * max(above.size, below.size)
        numbers.append(number)
    grouped = groupby(zip(numbers, ordered, strict=False), key=lambda pair: pair[0])
    return [[piece for _, piece in group] for _, group in grouped]
