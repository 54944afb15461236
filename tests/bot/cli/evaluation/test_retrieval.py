"""`kennisbot eval retrieval`: the figures that an administrator sees, and runs held against each other."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders.dataset import DOCUMENTS, QUERIES, write_dataset
from tests.fakes.company import Company

KEYS = [
    "dataset",
    "queries",
    "chunks",
    "ndcg_at_10",
    "recall_at_5",
    "mrr_at_10",
    "intervals",
    "index_seconds",
    "query_ms",
]
MEASURES = ["ndcg_at_10", "recall_at_5", "mrr_at_10"]


@pytest.fixture
def questions(company: Company) -> Path:
    """Three questions that a document answers, and one that none does."""
    return write_dataset(company.folder / "questions")


def _misjudge(folder: Path) -> None:
    """Say of one question that a document answers it which never comes first."""
    with (folder / "qrels/test.tsv").open("a", encoding="utf-8") as file:
        file.write("\nq-moon\tpart-time\t1\n")


def _spoil(path: Path) -> None:
    """Make a saved run one in which the first question found nothing."""
    run = json.loads(path.read_text("utf-8"))
    first: dict[str, Any] = run["questions"]["q-days"]
    first |= {"found": "not found", "values": dict.fromkeys(MEASURES, 0.0)}
    run["settings"]["retrieval.vector_weight"] = 0.1
    path.write_text(json.dumps(run), "utf-8")


def test_json_is_one_document_with_the_documented_keys(company: Company, questions: Path) -> None:
    """For scripts; only the questions that some document answers are counted."""
    found = company.json("eval", "retrieval", str(questions))
    assert list(found) == KEYS
    assert (found["dataset"], found["queries"]) == ("questions", len(QUERIES) - 1)
    assert found["chunks"] >= len(DOCUMENTS)
    assert [found[name] for name in MEASURES] == [1, 1, 1]
    assert found["intervals"] == {name: [1, 1] for name in MEASURES}
    assert found["index_seconds"] > 0
    assert 0 < found["query_ms"]["p50"] <= found["query_ms"]["p95"]


def test_table_shows_the_same_and_the_worst_questions(company: Company, questions: Path) -> None:
    """Each measure with its interval; progress goes to standard error."""
    _misjudge(questions)
    result = company.run("eval", "retrieval", str(questions))
    assert result.exit_code == 0
    for shown in ("questions: 4 questions, ", "nDCG@10", "recall@5", "MRR@10", " to 1.000", "Finding takes ", "p95 "):
        assert shown in result.stdout
    assert "The right document does not come first for 1 of 4; the worst" in result.stdout
    assert QUERIES["q-moon"] in result.stdout
    assert "indexing questions" in result.stderr
    assert "asking" in result.stderr


def test_nothing_is_worst_where_all_is_right(company: Company, questions: Path) -> None:
    """An empty table says nothing."""
    assert "the worst" not in company.run("eval", "retrieval", str(questions)).stdout


def test_second_run_finds_the_index(company: Company, questions: Path) -> None:
    """It is kept in the data folder, apart from the company's own."""
    company.run("eval", "retrieval", str(questions))
    assert "indexing" not in company.run("eval", "retrieval", str(questions)).stderr
    assert len(list((company.folder / ".kennisbot/evaluation").iterdir())) == 1
    assert not (company.folder / ".kennisbot/index.sqlite").exists()


def test_typing_errors_are_asked(company: Company, questions: Path) -> None:
    """The same ones each time; the saved run shows the questions as they were asked."""
    for name in ("a", "b"):
        result = company.run("eval", "retrieval", str(questions), "--typos", "7", "--save", f"{name}.json")
        assert result.exit_code == 0
    texts = [
        [
            question["text"]
            for question in json.loads((company.folder / f"{name}.json").read_text())["questions"].values()
        ]
        for name in ("a", "b")
    ]
    assert texts[0] == texts[1]
    assert not set(texts[0]) & set(QUERIES.values())


def test_run_is_compared_with_an_earlier_one(company: Company, questions: Path) -> None:
    """Better, worse and equal, the settings that differ, and the questions that changed most."""
    company.run("eval", "retrieval", str(questions), "--save", "run.json")
    _spoil(company.folder / "run.json")
    shown = company.run("eval", "retrieval", str(questions), "--against", "run.json").stdout
    assert "retrieval.vector_weight: 0.1 → 0.6" in shown
    assert "Changed most, by nDCG@10" in shown
    [changed] = [line.split() for line in shown.splitlines() if "How many holidays" in line]
    assert changed[:8] == ["+1.000", "not", "found", "rank", "1", "How", "many", "holidays"]
    row = next(line.split() for line in shown.splitlines() if "+0.333" in line)
    assert (row[0], row[-3:]) == ("nDCG@10", ["1", "0", "2"])


def test_comparison_is_in_the_json(company: Company, questions: Path) -> None:
    """Under one key more, which is not there without --against."""
    company.run("eval", "retrieval", str(questions), "--save", "run.json")
    _spoil(company.folder / "run.json")
    found = company.json("eval", "retrieval", str(questions), "--against", "run.json")
    assert list(found) == [*KEYS, "against"]
    against = found["against"]
    assert against["settings"] == {"retrieval.vector_weight": [0.1, 0.6]}
    counts = {"questions": 3, "won": 1, "lost": 0, "equal": 2}
    assert {name: against["mrr_at_10"][name] for name in counts} == counts
    assert against["mrr_at_10"]["interval"][0] <= against["mrr_at_10"]["difference"] == 0.3333
    assert [change["question"] for change in against["changed"]] == [QUERIES["q-days"]]
    assert (against["changed"][0]["before"], against["changed"][0]["now"]) == ("not found", "rank 1")


def test_runs_that_are_alike_change_nothing(company: Company, questions: Path) -> None:
    """A comparison with itself."""
    company.run("eval", "retrieval", str(questions), "--save", "run.json")
    shown = company.run("eval", "retrieval", str(questions), "--against", "run.json").stdout
    assert "Compared with the earlier run" in shown
    assert "Changed most" not in shown


def test_run_of_another_data_set_is_refused(company: Company, questions: Path) -> None:
    """Before anything is indexed, in words and as JSON."""
    other = write_dataset(company.folder / "other")
    _misjudge(other)
    company.run("eval", "retrieval", str(other), "--save", "run.json")
    result = company.run("eval", "retrieval", str(questions), "--against", "run.json", "--json")
    assert result.exit_code == 1
    assert "run.json: it measured other, and this is questions" in json.loads(result.stdout)["error"]["message"]
    assert "measure this one with --save first" in result.stderr
    assert "indexing" not in result.stderr


def test_folder_that_is_no_data_set_is_told(company: Company) -> None:
    """With the file that is missing and the layout that is expected."""
    result = company.run("eval", "retrieval", "wiki")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "wiki/corpus.jsonl: it can't be read: No such file or directory" in result.stderr


@pytest.mark.parametrize("arguments", [("eval",), ("eval", "--help")])
def test_help_names_what_can_be_measured(company: Company, arguments: tuple[str, ...]) -> None:
    """Each on one line that is not cut off."""
    text = company.run(*arguments).output
    assert "retrieval" in text
    assert "answers" in text
    assert "…" not in text


def test_retrieval_explains_itself_with_an_example(company: Company) -> None:
    """Whoever does not know it can copy the line."""
    result = company.run("eval", "retrieval", "--help")
    assert result.exit_code == 0
    assert "Example: kennisbot eval retrieval" in result.stdout


@pytest.mark.parametrize("option", ["--save", "--report"])
def test_file_that_can_not_be_written_is_told_before_anything_is_asked(
    company: Company, questions: Path, option: str
) -> None:
    """Not after the minutes that measuring takes."""
    result = company.run("eval", "retrieval", str(questions), option, "none/file")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "none/file: it can't be written: No such file or directory" in result.stderr
    assert "Choose a file that you may write." in result.stderr
    assert "indexing" not in result.stderr


def test_report_is_a_page(company: Company, questions: Path) -> None:
    """Written beside what the terminal shows, which says where it is; --json stays one document."""
    shown = company.run("eval", "retrieval", str(questions), "--report", "report.html")
    assert shown.stdout.endswith("\nThe report is report.html.\n")
    assert "<html" in (company.folder / "report.html").read_text("utf-8")
    (company.folder / "report.html").unlink()
    assert list(company.json("eval", "retrieval", str(questions), "--report", "report.html")) == KEYS
    assert (company.folder / "report.html").exists()
