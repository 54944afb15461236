"""A table as Markdown."""

import re
from collections.abc import Sequence

_SPACE = re.compile(r"\s+")


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return `rows`, the first of them the header, as a pipe table; "" for no rows.

    Cells are Markdown in one line each: line breaks become spaces, bars are escaped, short rows are filled up.
    """
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = [_line(row, width) for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _line(row: Sequence[str], width: int) -> str:
    cells = [_SPACE.sub(" ", cell).strip().replace("|", r"\|") for cell in row]
    return "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"
