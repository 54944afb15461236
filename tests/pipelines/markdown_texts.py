"""Markdown made at random, with the pieces it was made of."""

from dataclasses import dataclass

from hypothesis import strategies as st

_WORDS = st.sampled_from(["leave", "bonus", "fiets", "parttimers", "request", "office", "25", "euro", "days"])
_PHRASES = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)
SENTENCES = _PHRASES.map(lambda phrase: f"The {phrase} counts.")


@dataclass(frozen=True)
class Piece:
    """What may not be cut, the header that must stand above it, and whether it is a heading."""

    text: str
    header: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class Part:
    """A block of Markdown and the pieces in it."""

    markdown: str
    pieces: tuple[Piece, ...]


@st.composite
def _headings(draw: st.DrawFn) -> Part:
    text = f"{'#' * draw(st.integers(1, 4))} {draw(_PHRASES)}"
    return Part(text, (Piece(text, is_heading=True),))


@st.composite
def _paragraphs(draw: st.DrawFn) -> Part:
    sentences = draw(st.lists(SENTENCES, min_size=1, max_size=6))
    return Part(" ".join(sentences), tuple(Piece(sentence) for sentence in sentences))


@st.composite
def _lists(draw: st.DrawFn) -> Part:
    texts = draw(st.lists(_PHRASES, min_size=1, max_size=6))
    mark = draw(st.sampled_from(["- ", "* ", "1. "]))
    nested = "\n" + " " * len(mark) + "- " + draw(_PHRASES) if draw(st.booleans()) else ""
    items = [f"{mark}{text}{nested}" for text in texts]
    return Part("\n".join(items), tuple(Piece(item) for item in items))


@st.composite
def _tables(draw: st.DrawFn) -> Part:
    header = f"| {draw(_WORDS)} | {draw(_WORDS)} |\n| --- | --- |"
    pairs = draw(st.lists(st.tuples(_PHRASES, _WORDS), min_size=1, max_size=8))
    rows = [f"| {left} | {right} |" for left, right in pairs]
    return Part("\n".join([header, *rows]), tuple(Piece(row, header) for row in rows))


@st.composite
def _fences(draw: st.DrawFn) -> Part:
    lines = draw(st.lists(st.sampled_from(["# no heading", "- no item", "", "| no | row |", "x = 1."]), min_size=1))
    text = "\n".join(["```python", *lines, "```"])
    return Part(text, (Piece(text),))


_PARTS = st.one_of(_headings(), _paragraphs(), _lists(), _tables(), _fences())


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[Piece]]:
    """Return Markdown and its pieces in order."""
    # A comment between two lists keeps them from being one; here a rule does, which is no text.
    parts = draw(st.lists(_PARTS, min_size=1, max_size=10))
    markdown = "\n\n---\n\n".join(part.markdown for part in parts)
    return markdown, [piece for part in parts for piece in part.pieces]
