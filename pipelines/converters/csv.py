"""CSV: one table, with whatever stands above its header as text."""

import csv
import re
from collections.abc import Iterator, Sequence
from statistics import median_high

from clevercsv import Detector

from pipelines.converters import ConvertedText
from pipelines.converters.headers import Value, names_columns
from pipelines.converters.inline import inline, paragraph
from pipelines.converters.tables import markdown_table
from pipelines.errors import UnreadableContent

DELIMITERS = ";,\t|"
"""Those that programs part the cells of a row by."""

_STATED = re.compile(r"sep=(.)\n", re.IGNORECASE)
_SAMPLE = 5_000
"""Characters in which the delimiter is looked for: the detector's worst case, one long word, took 0.2 s for
these and 2.3 s for 20,000."""
_END = "\ufffe"
"""A line put below the last, which reads as itself unless a quote was left open; no text holds this one."""
_MOST_CELLS = 2_500_000  # a cell takes at least two characters, and a document may have 5 million
_MOST_COLUMNS = 16_384  # Excel's own limit; a header is repeated above each piece of its table
_DATA = re.compile(
    r"[-+(]?[€$£]?\s?[-+]?[\d.,\s]*\d[\d.,]*\s?[%€)]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,16}|[^@\s]+@[^@\s]+"
)
_LONGEST_DATUM = 40

Rows = list[list[str]]


def convert_csv(text: str) -> ConvertedText:
    """Return the rows as one table; lines above the header become paragraphs, empty lines go.

    The delimiter is the one that a first line `sep=…` states, else the detected one. Cells beyond the table's width
    belong to its last column, in which somebody forgot the quotes. Without a header the table's header is empty.
    Raises `UnreadableContent` where the table, or a cell of it, is too large to be read by anybody.
    """
    text, stated = without_statement(text.lstrip("\ufeff"))
    delimiter = stated or _detected(text)
    preamble, rows = _parted([row for row in read_rows(text, delimiter) if any(row)])
    blocks = [paragraph(inline(" ".join(filter(None, row)))) for row in preamble]
    return ConvertedText("\n\n".join([*blocks, _table(rows, delimiter)]).strip())


def without_statement(text: str) -> tuple[str, str | None]:
    """Return the text below a first line `sep=…`, which spreadsheets do not show, and the delimiter that it states."""
    stated = _STATED.match(text)
    return (text[stated.end() :], stated[1]) if stated else (text, None)


def _detected(text: str) -> str:
    sample = text[:_SAMPLE]
    whole_lines = sample[: sample.rfind("\n") + 1] if len(text) > _SAMPLE else sample
    dialect = Detector().detect(whole_lines or sample)
    found = dialect.delimiter if dialect else None
    # The library also finds spaces between words; one that is in no text makes one column.
    return found if found and found in DELIMITERS else "\x1f"


def read_rows(text: str, delimiter: str) -> Rows:
    """Return the cells of all rows, empty rows too, without the space around them, as a spreadsheet would show them.

    Where a quote is left open, quotes are letters. Raises `UnreadableContent` where a cell is too long to be read.
    """
    lines = [*text.splitlines(keepends=True), "\n", _END]
    try:
        rows = list(_parsed(lines, delimiter, csv.QUOTE_MINIMAL))
    except csv.Error:  # a cell longer than the library takes: a quote that is never closed
        rows = []
    if rows[-1:] != [[_END]]:
        rows = _unquoted(lines, delimiter)
    return rows[:-1]


def _unquoted(lines: list[str], delimiter: str) -> Rows:
    try:
        return [[cell.strip('"') for cell in row] for row in _parsed(lines, delimiter, csv.QUOTE_NONE)]
    except csv.Error as error:
        reason = f"a cell in it holds more than {csv.field_size_limit():,} characters"
        raise UnreadableContent(reason, "Save it as text if it is no table, or exclude it.") from error


def _parsed(lines: list[str], delimiter: str, quoting: int) -> Iterator[list[str]]:
    for row in csv.reader(lines, delimiter=delimiter, quoting=quoting, skipinitialspace=True):  # type: ignore[arg-type]  # its types name each number
        yield [cell.strip() for cell in row]


def _parted(rows: Rows) -> tuple[Rows, Rows]:
    """Return the rows above the header, and the others."""
    if not rows:
        return [], []
    width = median_high([_width(row) for row in rows])
    start = next(i for i, row in enumerate(rows) if not _is_above_header(row, width))
    return rows[:start], rows[start:]


def _is_above_header(row: Sequence[str], width: int) -> bool:
    """Return whether it is a lone cell, fills less than half of the columns, or is short and holds a value."""
    filled = _filled(row)
    if width == 1 or _width(row) >= width:
        return filled == 1 < width
    return filled == 1 or filled * 2 < width or any(map(_is_data, row))


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _table(rows: Rows, delimiter: str) -> str:
    if not rows:
        return ""
    width = max(median_high([_width(row) for row in rows]), _width(rows[0]))
    if width * len(rows) > _MOST_CELLS or width > _MOST_COLUMNS:
        reason = f"it is a table of {len(rows):,} rows and {width:,} columns"
        raise UnreadableContent(reason, "Data of this size answers no question: save a summary, or exclude it.")
    cells = [[inline(cell) for cell in _fitted(row, width, delimiter)] for row in rows]
    return markdown_table(cells if _has_header(rows[0]) else [[""] * width, *cells])


def _width(row: Sequence[str]) -> int:
    """Return the number of cells up to the last that is filled: many programs end each line in delimiters."""
    return max((i for i, cell in enumerate(row, 1) if cell), default=0)


def _fitted(row: list[str], width: int, delimiter: str) -> list[str]:
    row = row[: _width(row)]
    if len(row) <= width:
        return row
    return [*row[: width - 1], f"{delimiter} ".join(row[width - 1 :])]


def _has_header(row: Sequence[str]) -> bool:
    names = [cell.casefold() for cell in row if cell]
    return len(set(names)) == len(names) and names_columns([Value(cell, _is_data(cell)) for cell in row])


def _is_data(cell: str) -> bool:
    return len(cell) <= _LONGEST_DATUM and bool(_DATA.fullmatch(cell))
