"""`kennisbot eval new`: an administrator's own questions become what the other commands measure with."""

import json
from pathlib import Path

import pytest

from pipelines.evaluation.dataset import read_dataset
from tests.builders.csv import csv_text
from tests.builders.dataset import DOCUMENTS, QUERIES
from tests.fakes.company import Company

KEYS = ["folder", "documents", "asked", "questions", "with_document", "without_document", "few", "left_out"]
ROWS = [
    [QUERIES["q-days"], "https://wiki.example.com/holidays.md#days", "25 holidays"],
    [QUERIES["q-bicycle"], "bicycles.md", ""],
    [QUERIES["q-moon"], "", ""],
    ["How long is the working week?", "https://wiki.example.com/holiday.md", ""],
]
COMMAND = ("eval", "new", "measuring", "--questions", "questions.csv")


@pytest.fixture
def indexed(company: Company) -> Company:
    """A company whose documents have been indexed, and whose questions stand in a file."""
    for name, text in DOCUMENTS.items():
        company.write(f"wiki/{name}.md", text)
    assert company.run("sync").exit_code == 0
    _ask(company, *ROWS)
    return company


def _ask(company: Company, *rows: list[str]) -> Path:
    """Write the questions as a Dutch Excel does."""
    text = csv_text([["Vraag", "Bron", "Antwoord"], *rows])
    return company.write("questions.csv", f"\ufeff{text}")


def _words(text: str) -> str:
    return " ".join(text.split())


def test_data_set_can_be_measured(indexed: Company) -> None:
    """From a spreadsheet to figures in two commands; the right documents are found among all there are."""
    assert indexed.run(*COMMAND).exit_code == 0
    found = indexed.json("eval", "retrieval", "measuring")
    assert (found["dataset"], found["queries"], found["recall_at_5"]) == ("measuring", 2, 1)
    answers = indexed.json("eval", "answers", "measuring", "--leave-out")
    assert answers["queries"] == 3
    assert answers["answerable"]["token_recall"] == 1


def test_folder_holds_the_questions_and_the_whole_index(indexed: Company) -> None:
    """As they were asked, with what is known of the answers; a document is what the index has of it."""
    indexed.run(*COMMAND)
    dataset = read_dataset(indexed.folder / "measuring")
    assert {query.id: query.text for query in dataset.queries} == {f"q{n}": row[0] for n, row in enumerate(ROWS[:3], 2)}
    assert dataset.relevant == {"q2": {"wiki/holidays.md": 1}, "q3": {"wiki/bicycles.md": 1}}
    assert [one.answerable for one in dataset.answers.values()] == [True, True, False]
    assert dataset.answers["q2"].answer == "25 holidays"
    texts = {document.id: document.text for document in dataset.documents}
    assert len(texts) == len(DOCUMENTS) + 1
    assert texts["wiki/holidays.md"] == DOCUMENTS["holidays"]


def test_administrator_reads_what_became_of_the_file(indexed: Company) -> None:
    """How many questions, what was left out and why, that it is confidential, and what to run next."""
    result = indexed.run(*COMMAND)
    shown = _words(result.stdout)
    assert "measuring: 3 questions and 34 documents of the index" in shown
    assert "2 with a document that answers, 1 that nothing answers" in shown
    assert "Left out: 1 document line 5: How long is the working week?" in shown
    assert "holiday.md: it is not in the index; the nearest is wiki/holidays.md." in shown
    assert "1 question of 4 left out with them: no document remains for it." in shown
    assert "only you may open the folder" in shown
    assert "fewer than 30 questions" in shown
    assert "kennisbot eval retrieval measuring #" in shown
    assert "kennisbot eval answers measuring --leave-out #" in shown
    assert "kennisbot calibrate measuring #" in shown
    assert "reading the index" in result.stderr
    assert (indexed.folder / "measuring").stat().st_mode & 0o777 == 0o700


def test_nothing_is_left_out_where_all_is_found(indexed: Company) -> None:
    """Nothing to mend, nothing said; thirty questions are enough to say nothing of intervals."""
    _ask(indexed, *([f"Question number {n}?", "Leave", ""] for n in range(30)))
    shown = indexed.run("eval", "new", "my questions", "--questions", "questions.csv").stdout
    assert "my questions: 30 questions" in shown
    assert "kennisbot eval retrieval 'my questions'" in shown
    assert "eft out" not in shown
    assert "fewer than" not in shown


def test_json_is_one_document_with_the_documented_keys(indexed: Company) -> None:
    """For scripts: the same, and the exit code says that it went well."""
    result = indexed.run(*COMMAND, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(found) == KEYS
    assert [found[key] for key in KEYS[:-1]] == ["measuring", 34, 4, 3, 2, 1, True]
    [left_out] = found["left_out"]
    assert list(left_out) == ["line", "question", "document", "reason", "remedy"]
    assert (left_out["line"], left_out["document"]) == (5, "https://wiki.example.com/holiday.md")


def test_nothing_is_made_of_nothing(indexed: Company) -> None:
    """What is wrong with each is told, then that no data set was made of them."""
    _ask(indexed, ROWS[2], ROWS[3])
    result = indexed.run(*COMMAND)
    assert result.exit_code == 1
    assert "the nearest is wiki/holidays.md" in _words(result.stdout)
    assert "Now run" not in result.stdout
    assert "none of its questions has a document that is in the index" in _words(result.stderr)
    assert not (indexed.folder / "measuring").exists()


def test_nothing_is_one_document_too(indexed: Company) -> None:
    """Scripts find the reasons under the same keys, and no folder."""
    _ask(indexed, ROWS[3])
    result = indexed.run(*COMMAND, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert list(found) == KEYS
    assert (found["folder"], len(found["left_out"])) == (None, 1)


def test_folder_is_never_overwritten(indexed: Company) -> None:
    """Said before the index is read."""
    result = indexed.run("eval", "new", "wiki", "--questions", "questions.csv")
    assert result.exit_code == 1
    assert "wiki: it is not empty" in result.stderr
    assert "reading the index" not in result.stderr


def test_broken_file_is_told_with_its_line(indexed: Company) -> None:
    """Nothing is made of the rest, since what was meant can't be told."""
    _ask(indexed, *ROWS, ["", "leave.md", ""])
    result = indexed.run(*COMMAND)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "questions.csv, line 6: it has no question" in _words(result.stderr)
    assert not (indexed.folder / "measuring").exists()


def test_missing_index_is_told(company: Company) -> None:
    """A sync has to come first."""
    _ask(company, *ROWS)
    result = company.run(*COMMAND)
    assert result.exit_code == 1
    assert "kennisbot sync" in result.stderr


def test_text_moves_no_cursor(indexed: Company) -> None:
    """What somebody wrote into the file is read on the terminal, and not obeyed by it."""
    _ask(indexed, ROWS[0], ["How \x1b[2J long?", "no\x1bwhere", ""])
    result = indexed.run(*COMMAND)
    assert "How [2J long?" in result.stdout
    assert "\x1b" not in result.stdout


def test_command_explains_itself_with_an_example(company: Company) -> None:
    """Whoever does not know it can copy the line."""
    result = company.run("eval", "new", "--help")
    assert result.exit_code == 0
    assert "Example: kennisbot eval new measuring --questions questions.csv" in _words(result.stdout)
