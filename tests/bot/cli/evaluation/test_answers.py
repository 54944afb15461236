"""`kennisbot eval answers`: the figures that an administrator sees, and the wrong answers."""

from pathlib import Path
from typing import Any

import pytest

from tests.builders.dataset import ANSWERS, DOCUMENTS, QUERIES, RELEVANT, write_dataset
from tests.fakes.company import Company

KEYS = [
    "dataset",
    "queries",
    "answerable",
    "unanswerable",
    "left_out",
    "off_topic",
    "quotes",
    "intervals",
    "query_ms",
    "wrong",
]
ANSWERABLE = ["answered", "closest", "not_found", "cited_right", "section_right", "rouge_l", "token_recall"]
OUTCOMES = ["answered", "closest", "not_found"]
QUESTION = QUERIES["q-days"]


@pytest.fixture
def questions(company: Company) -> Path:
    return write_dataset(company.folder / "questions")


def _mislabelled(company: Company) -> Path:
    """Return a data set that says of an answerable question that nothing answers it."""
    answers = [{"query-id": "q-days", "answerable": False}, *ANSWERS[1:]]
    return write_dataset(company.folder / "mislabelled", answers)


def _shares(found: dict[str, Any]) -> list[float]:
    return [found[outcome] for outcome in OUTCOMES]


def test_json(company: Company, questions: Path) -> None:
    """Shares of outcomes, and what the quotes are worth, each with its interval."""
    found = company.json("eval", "answers", str(questions))
    assert list(found) == KEYS
    assert (found["dataset"], found["queries"], found["wrong"]) == ("questions", len(QUERIES), [])
    assert list(found["answerable"]) == ANSWERABLE
    assert _shares(found["answerable"]) == [1, 0, 0]
    assert (found["answerable"]["cited_right"], found["answerable"]["section_right"]) == (1, 1)
    assert 0.5 < found["answerable"]["rouge_l"] < found["answerable"]["token_recall"] == 1
    assert found["intervals"]["answerable"]["answered"] == [1, 1]
    assert 0 < found["query_ms"]["p50"] <= found["query_ms"]["p95"]


def test_what_nobody_asked_for_is_null(company: Company, questions: Path) -> None:
    """Without --leave-out and --off-topic the one labelled question is all that nothing answers."""
    found = company.json("eval", "answers", str(questions))
    assert found["unanswerable"]["answered"] == 0
    assert _shares(found["left_out"]) == _shares(found["off_topic"]) == [None, None, None]
    assert found["intervals"]["left_out"]["answered"] is None


def test_without_expected_answers(company: Company) -> None:
    """A BEIR folder alone is enough: what is answerable is known by its judgements, sections and words are not."""
    found = company.json("eval", "answers", str(write_dataset(company.folder / "plain", ())))
    assert found["answerable"]["cited_right"] == 1
    assert found["answerable"]["section_right"] is found["answerable"]["rouge_l"] is None
    assert _shares(found["unanswerable"]) == [None, None, None]


def test_leave_out(company: Company, questions: Path) -> None:
    """Asked again without the right documents, no question is answered by them, and those count as unanswerable."""
    found = company.json("eval", "answers", str(questions), "--leave-out")
    assert {wrong["why"] for wrong in found["wrong"]} == {"left_out"}
    for wrong in found["wrong"]:
        assert not set(RELEVANT[wrong["query"]]) & {quoted["document"] for quoted in wrong["quoted"]}
    assert sum(_shares(found["left_out"])) == pytest.approx(1)
    assert found["left_out"]["answered"] < found["answerable"]["answered"] == 1
    assert found["unanswerable"] != found["left_out"]


def test_off_topic(company: Company, questions: Path) -> None:
    """Another data set's questions are asked of this one; what is answered is wrong, whatever it quotes."""
    found = company.json("eval", "answers", str(questions), "--off-topic", str(_mislabelled(company)))
    assert (found["queries"], found["off_topic"]["answered"]) == (4, 0.75)
    assert [wrong["query"] for wrong in found["wrong"]] == ["q-days", "q-days-again", "q-bicycle"]
    assert {wrong["why"] for wrong in found["wrong"]} == {"off_topic"}


def test_wrong_answer_can_be_judged(company: Company) -> None:
    """What was quoted stands with the question, so that it can be seen what is wrong: the answer or the label."""
    [wrong] = company.json("eval", "answers", str(_mislabelled(company)))["wrong"]
    assert (wrong["why"], wrong["question"]) == ("unanswerable", QUESTION)
    first = wrong["quoted"][0]
    assert (first["document"], first["section"]) == ("holidays", 1)
    assert "Full-timers have 25 holidays each year." in first["text"]


def test_tables(company: Company, questions: Path) -> None:
    """A row for each kind of question that was asked, and for each measure that has a value; bars beside."""
    result = company.run("eval", "answers", str(questions), "--leave-out")
    assert result.exit_code == 0, result.stderr
    words = " ".join(result.stdout.split())
    assert "questions: 4 questions" in words
    assert "answerable 3 100.0% 0.0% 0.0% 0.0%" in words
    assert "no document answers it 1 0.0%" in words
    assert "its documents left out 3" in words
    assert "off-topic" not in words
    assert "a right document quoted, where answered 3 1.000 1.000 to 1.000" in words
    assert "characters quoted 3" in words
    assert "asking" in result.stderr


def test_wrong_answers_are_listed(company: Company) -> None:
    """An administrator reads the question and what was quoted for it."""
    result = company.run("eval", "answers", str(_mislabelled(company)))
    words = " ".join(result.stdout.split())
    assert "Wrongly answered: 1" in words
    assert f"No document answers it: {QUESTION}" in words
    assert "Full-timers have 25 holidays each year." in words


def test_text_moves_no_cursor(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody wrote into a document is read on the terminal, and not obeyed by it."""
    monkeypatch.setitem(DOCUMENTS, "holidays", "Full-timers have 25 holidays \x1b[2J each year.")
    result = company.run("eval", "answers", str(_mislabelled(company)))
    assert "Full-timers have 25 holidays [2J each year." in " ".join(result.stdout.split())
    assert "\x1b" not in result.stdout


def test_folder_that_is_no_data_set(company: Company) -> None:
    """It is said which file is missing, before anything is made."""
    result = company.run("eval", "answers", "wiki")
    assert result.exit_code == 1
    assert "corpus.jsonl" in result.stderr
    assert not (company.folder / "data").exists()
