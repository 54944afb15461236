"""A table as Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_MOST_REPEATED = 50_000  # cells: more than any table that people read has; beyond it nothing is repeated
_WIDEST = 1000  # columns that one cell may span, by the HTML standard


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as Markdown, and over how many columns and rows it lies."""

    text: str
    columns: int = 1
    rows: int = 1


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return `rows`, the first of them the header, as a pipe table; "" for no rows.

    Cells are Markdown in one line each: line breaks become spaces, bars are escaped, short rows are filled up.
    """
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = [_line(row, width) for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def spread_cells(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the texts by row and column: what lies over several stands in each of them.

    A row is then understood without the one above it. After 50,000 repeated cells a span counts as one.
    """
    carried: dict[int, tuple[int, str]] = {}
    spread = []
    allowed = _MOST_REPEATED
    for row in rows:
        texts, carried = _spread_row(row, carried, wide=allowed > 0)
        allowed -= max(len(texts) - len(row), 0)
        spread.append(texts)
    return spread


def _spread_row(
    row: Sequence[Cell], above: dict[int, tuple[int, str]], *, wide: bool
) -> tuple[list[str], dict[int, tuple[int, str]]]:
    """Return the row's texts, and by column what reaches into the next row: over how many more, and its text."""
    texts: list[str] = []
    below: dict[int, tuple[int, str]] = {}
    for cell in row:
        _take_over(texts, above, below)
        for _ in range(min(max(cell.columns, 1), _WIDEST) if wide else 1):
            if cell.rows > 1 and wide:
                below[len(texts)] = (cell.rows - 1, cell.text)
            texts.append(cell.text)
    for column in sorted(above):
        texts += [""] * (column - len(texts))
        _take_over(texts, above, below)
    return texts, below


def _take_over(texts: list[str], above: dict[int, tuple[int, str]], below: dict[int, tuple[int, str]]) -> None:
    while len(texts) in above:
        rows, text = above.pop(len(texts))
        if rows > 1:
            below[len(texts)] = (rows - 1, text)
        texts.append(text)


def _line(row: Sequence[str], width: int) -> str:
    cells = [_SPACE.sub(" ", cell).strip().replace("|", r"\|") for cell in row]
    return "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"
