"""A company's own questions, as spreadsheets save them."""

from pathlib import Path

import pytest

from pipelines.errors import DatasetError
from pipelines.evaluation.own_questions import NamedDocument, OwnQuestion, read_questions
from tests.builders.csv import csv_text

HEADER = ["question", "document", "answer"]
DAYS = "How many days, hours and minutes of leave do I get?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.csv"


def _questions(file: Path, *rows: list[str], delimiter: str = ";") -> tuple[OwnQuestion, ...]:
    """Return what is read of these rows, the first of which is the header."""
    file.write_text(csv_text(rows, delimiter), "utf-8")
    return read_questions(file)


def _error(file: Path, content: bytes) -> DatasetError:
    file.write_bytes(content)
    with pytest.raises(DatasetError) as caught:
        read_questions(file)
    assert caught.value.path == file
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_rows_become_questions(file: Path, delimiter: str) -> None:
    """Whatever parts the cells, and though the questions hold commas; no document: nothing answers it."""
    found = _questions(
        file, HEADER, [DAYS, "leave.md", "25, for all"], ["Who, if any, is king?", "", ""], delimiter=delimiter
    )
    assert found == (
        OwnQuestion(2, DAYS, (NamedDocument(2, "leave.md"),), "25, for all"),
        OwnQuestion(3, "Who, if any, is king?", (), None),
    )


@pytest.mark.parametrize(
    "header", [["Vraag", "Bron", "Antwoord"], ["VRAAG", "link", "answer"], ["question ", "Document", "antwoord"]]
)
def test_columns_have_dutch_and_english_names(file: Path, header: list[str]) -> None:
    """In whatever case."""
    assert _questions(file, header, [DAYS, "a.md", "25"]) == (OwnQuestion(2, DAYS, (NamedDocument(2, "a.md"),), "25"),)


def test_other_columns_are_passed_over(file: Path) -> None:
    """In any order; the answer may be missing, and so may the last cells of a row."""
    found = _questions(
        file, ["who", "document", "on", "question"], ["Tom", "a.md", "2026", "How?"], ["", "", "", "Why?"]
    )
    assert [(one.text, one.answer, len(one.documents)) for one in found] == [("How?", None, 1), ("Why?", None, 0)]
    file.write_text("question;document;answer\nHow?;a.md\nWhy?\n", "utf-8")
    assert [len(one.documents) for one in read_questions(file)] == [1, 0]


def test_several_documents_answer_a_question(file: Path) -> None:
    """In one cell or in several rows; each is named once, with its own line, and the answers stand together."""
    rows = (
        [DAYS, "a.md\nb.md\n", "25"],
        ["Why?", "c.md", ""],
        [f" {DAYS.upper()}", "d.md\na.md", "25"],
        [DAYS, "e.md", "30"],
    )
    found, why = _questions(file, HEADER, *rows)
    assert found.documents == tuple(map(NamedDocument, [2, 2, 4, 5], ["a.md", "b.md", "d.md", "e.md"]))
    assert (found.line, found.text, found.answer) == (2, DAYS, "25\n30")
    assert (why.line, why.documents) == (3, (NamedDocument(3, "c.md"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_file_is_read_as_excel_saves_it(file: Path, encoding: str, ending: str) -> None:
    """Accents stay, in "CSV UTF-8" and in plain CSV, and cells with line breaks in them."""
    text = 'vraag;bron\nHoe meld ik me ziek: één, € 5 of dag?;"ziek.md\nverzuim.md"\n'
    file.write_bytes(text.replace("\n", ending).encode(encoding))
    [found] = read_questions(file)
    assert found.text == "Hoe meld ik me ziek: één, € 5 of dag?"
    assert [one.name for one in found.documents] == ["ziek.md", "verzuim.md"]


def test_lines_are_counted_as_the_spreadsheet_shows_them(file: Path) -> None:
    """A cell of three lines is one row, empty rows count, and `sep=` is a line that no spreadsheet shows."""
    file.write_text('sep=;\n\nquestion;document\n"How\nso?";"a.md\nb.md"\n;\nWhy?;c.md\n', "utf-8")
    assert [(one.line, one.text) for one in read_questions(file)] == [(3, "How so?"), (5, "Why?")]


BROKEN = [
    (b"", None, "it is empty"),
    (b"\n\n", None, "it is empty"),
    (b"question;document\n", None, "it holds no question"),
    (b"question;text\nHow?;a.md\n", 1, "no column `document`"),
    (b"\nHow?;a.md\n", 2, "no column `question`"),
    (b"question;link;bron\nHow?;a.md;b.md\n", 1, "two columns for the document"),
    (b"question;document\nHow?;a.md\n;b.md\n", 3, "it has no question"),
    (b"question;document\nHow; and when?;a.md\n", 2, "more cells than line 1"),
    (b"question;document\nHow?;a.md\nWhy?;\nhow?;\n", 4, "no document for a question that line 2 names one for"),
    (b"question;document\nHow?;\nhow?;a.md\n", 2, "no document for a question that line 3 names one for"),
    (b"PK\x03\x04\x00\x00", None, "not a text file"),
    (b"question;document\nHow\x81?;a.md\n", None, "not a text file"),
    (b"question;document\nHow?;" + b"a" * 200_000, None, "a cell in it holds more than"),
]


@pytest.mark.parametrize(("content", "line", "said"), BROKEN)
def test_what_is_wrong_is_told_with_its_line(file: Path, content: bytes, line: int | None, said: str) -> None:
    """File, line, what is wrong and what to do: a question that is passed over in silence would be missed."""
    error = _error(file, content)
    assert error.line == line
    assert said in error.reason


def test_missing_file_is_told(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(DatasetError, match=r"none\.csv: it can't be read: No such file"):
        read_questions(tmp_path / "none.csv")
