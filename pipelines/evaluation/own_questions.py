"""A company's own questions, read from a CSV file as spreadsheets write it.

Its first row names the columns: `question`, `document` and, where it is there, `answer`, in English or Dutch; others
are passed over. A document is named as people name one (see `document_lookup`); a cell may name several, one on each
line, and a question may have several rows. A question whose document is left empty is one that nothing answers.

A line is counted as a spreadsheet counts its rows: from 1, and a cell with line breaks in it makes no further ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.converters.csv import DELIMITERS, read_rows, without_statement
from pipelines.document_store.overview import folded
from pipelines.errors import DatasetError, UnreadableContent

_COLUMNS: Mapping[str, str] = {
    "question": "question",
    "vraag": "question",
    "document": "document",
    "link": "document",
    "bron": "document",
    "answer": "answer",
    "antwoord": "answer",
}
_REQUIRED = ("question", "document")
_ENCODINGS = ("utf-8-sig", "cp1252")
"""Excel writes "CSV UTF-8" with a mark, and plain CSV in Western Europe as Windows-1252."""

_FORM = "Begin it with a row that names the columns: question, document and, where you have it, answer."
_SAVE = "In the spreadsheet, save it as CSV UTF-8."


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document as somebody named it, and on which line."""

    line: int
    name: str


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question; `line` is its first. Without `documents` nothing answers it; `answer`: in words, None: not known."""

    line: int
    text: str
    documents: tuple[NamedDocument, ...]
    answer: str | None


def read_questions(path: Path) -> tuple[OwnQuestion, ...]:
    """Return the questions in the file, each once, in their order.

    Raises `DatasetError` naming the file, the line, and what to do.
    """
    same: dict[str, list[_Row]] = {}
    for row in _rows(path, *_table(path)):
        same.setdefault(folded(row.question), []).append(row)
    if not same:
        raise DatasetError(path, None, "it holds no question", "Write a question in each row below the first.")
    return tuple(_question(path, rows) for rows in same.values())


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    question: str
    documents: tuple[str, ...]
    answer: str


def _table(path: Path) -> tuple[list[tuple[int, list[str]]], str]:
    """Return the rows that hold anything, with their lines, and the delimiter between cells."""
    text, stated = without_statement(_text(path))
    delimiter = stated or _delimiter(text)
    try:
        rows = read_rows(text, delimiter)
    except UnreadableContent as error:
        raise DatasetError(path, None, error.reason, _SAVE) from error
    return [(line, row) for line, row in enumerate(rows, start=1) if any(row)], delimiter


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DatasetError(
            path, None, f"it can't be read: {error.strerror}", "Name a file that you may read."
        ) from error
    text = next(_decoded(data), None)
    if text is None or "\0" in text:
        raise DatasetError(path, None, "it is not a text file", _SAVE)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _delimiter(text: str) -> str:
    """Return what parts the first row into the most names of columns: below it, questions hold commas of their own."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(DELIMITERS, key=lambda delimiter: sum(_named(cell) is not None for cell in _cells(first, delimiter)))


def _cells(line: str, delimiter: str) -> list[str]:
    return read_rows(line, delimiter)[0]


def _named(cell: str) -> str | None:
    return _COLUMNS.get(folded(cell))


def _rows(path: Path, table: Sequence[tuple[int, list[str]]], delimiter: str) -> Iterator[_Row]:
    if not table:
        raise DatasetError(path, None, "it is empty", _FORM)
    (first, header), *rows = table
    columns = _columns(path, first, header)
    for line, row in rows:
        if any(row[len(header) :]):
            what, quotes = f"it has more cells than line {first}", f'Put a cell that holds "{delimiter}" in quotes.'
            raise DatasetError(path, line, what, quotes)
        yield _row(path, line, {name: "".join(row[place : place + 1]) for name, place in columns.items()})


def _columns(path: Path, line: int, header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = _named(cell)
        if name in places:
            raise DatasetError(path, line, f"it has two columns for the {name}", "Keep one, or rename the other.")
        if name:
            places[name] = place
    for name in _REQUIRED:
        if name not in places:
            raise DatasetError(path, line, f"it names no column `{name}`", _FORM)
    return places


def _row(path: Path, line: int, cells: Mapping[str, str]) -> _Row:
    question = " ".join(cells["question"].split())
    if not question:
        raise DatasetError(path, line, "it has no question", "Write the question in each of its rows.")
    documents = tuple(name.strip() for name in cells["document"].split("\n") if name.strip())
    return _Row(line, question, documents, cells.get("answer", ""))


def _question(path: Path, rows: Sequence[_Row]) -> OwnQuestion:
    """Return what the rows of one question say together."""
    named: dict[str, int] = {}
    for row in rows:
        for name in row.documents:
            named.setdefault(name, row.line)
    _refuse_contradiction(path, rows)
    documents = tuple(NamedDocument(line, name) for name, line in named.items())
    answers = dict.fromkeys(row.answer for row in rows if row.answer)
    return OwnQuestion(rows[0].line, rows[0].question, documents, "\n".join(answers) or None)


def _refuse_contradiction(path: Path, rows: Sequence[_Row]) -> None:
    """Raise `DatasetError` where one row says that nothing answers the question, and another names what does."""
    naming = next((row for row in rows if row.documents), None)
    empty = next((row for row in rows if not row.documents), None)
    if naming and empty:
        what = f"it names no document for a question that line {naming.line} names one for"
        raise DatasetError(path, empty.line, what, "Name the document, or take one of the two lines out.")
