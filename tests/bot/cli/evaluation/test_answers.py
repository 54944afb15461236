"""`kennisbot eval answers`: the figures that an administrator sees, and the wrong answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.terminal import output
from pipelines.settings import AnswerSettings
from tests.builders.dataset import ANSWERS, DOCUMENTS, QUERIES, RELEVANT, write_dataset
from tests.fakes.company import Company

KEYS = [
    "dataset",
    "queries",
    "strictness",
    "answerable",
    "unanswerable",
    "left_out",
    "off_topic",
    "quotes",
    "intervals",
    "query_ms",
    "wrong",
]
OUTCOMES = ["answered", "closest", "not_found", "clarification"]
ANSWERABLE = [*OUTCOMES[:3], "cited_right", "section_right", "rouge_l", "token_recall", "clarification"]
MEASURES = ["worth", "answered", "not_answered", "cited_right_of_all", "section_right", "rouge_l"]
QUESTION = QUERIES["q-days"]
QUOTE = "quotes “Full-timers have 25 holidays each year.”"


@pytest.fixture
def questions(company: Company) -> Path:
    return write_dataset(company.folder / "questions")


def _mislabelled(company: Company) -> Path:
    """Return a data set that says of an answerable question that nothing answers it."""
    answers = [{"query-id": "q-days", "answerable": False}, *ANSWERS[1:]]
    return write_dataset(company.folder / "mislabelled", answers)


def _asked(company: Company, questions: Path, *arguments: str) -> Any:  # noqa: ANN401 - a document of any form
    """Return the saved run of a command with these arguments."""
    result = company.run("eval", "answers", str(questions), *arguments, "--save", "run.json")
    assert result.exit_code == 0, result.stderr
    return json.loads((company.folder / "run.json").read_text("utf-8"))


def _spoil(company: Company, run: dict[str, Any]) -> None:
    """Make the saved run one that found nothing for the first question, with another setting."""
    nothing = {"worth": 0.0, "answered": 0.0, "cited_right_of_all": 0.0}
    run["questions"]["asked/q-days"] |= {"found": "not found", "values": nothing}
    run["settings"]["answers.max_characters"] = 300
    (company.folder / "run.json").write_text(json.dumps(run), "utf-8")


def _shares(found: dict[str, Any]) -> list[float]:
    return [found[outcome] for outcome in OUTCOMES]


def test_json(company: Company, questions: Path) -> None:
    """Shares of outcomes, and what the quotes are worth, each with its interval."""
    found = company.json("eval", "answers", str(questions))
    assert list(found) == KEYS
    assert (found["dataset"], found["queries"], found["wrong"]) == ("questions", len(QUERIES), [])
    assert found["strictness"] == "careful"
    assert list(found["answerable"]) == ANSWERABLE
    assert list(found["unanswerable"]) == list(found["left_out"]) == list(found["off_topic"]) == OUTCOMES
    assert _shares(found["answerable"]) == [1, 0, 0, 0]
    assert (found["answerable"]["cited_right"], found["answerable"]["section_right"]) == (1, 1)
    assert 0.5 < found["answerable"]["rouge_l"] < found["answerable"]["token_recall"] == 1
    assert found["intervals"]["answerable"]["answered"] == [1, 1]
    assert 0 < found["query_ms"]["p50"] <= found["query_ms"]["p95"]


def test_what_nobody_asked_for_is_null(company: Company, questions: Path) -> None:
    """Without --leave-out and --off-topic the one labelled question is all that nothing answers."""
    found = company.json("eval", "answers", str(questions))
    assert found["unanswerable"]["answered"] == 0
    assert _shares(found["left_out"]) == _shares(found["off_topic"]) == [None, None, None, None]
    assert found["intervals"]["left_out"]["answered"] is None


def test_without_expected_answers(company: Company) -> None:
    """A BEIR folder alone is enough: what is answerable is known by its judgements, sections and words are not."""
    found = company.json("eval", "answers", str(write_dataset(company.folder / "plain", ())))
    assert found["answerable"]["cited_right"] == 1
    assert found["answerable"]["section_right"] is found["answerable"]["rouge_l"] is None
    assert _shares(found["unanswerable"]) == [None, None, None, None]


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


def test_run_is_saved_with_all_that_may_make_it_another(company: Company, questions: Path) -> None:
    """Each question of each kind, and the settings of finding and of answering."""
    run = _asked(company, questions, "--leave-out", "--off-topic", str(questions))
    assert run["kind"] == "answers"
    groups = [id_.split("/")[0] for id_ in run["questions"]]
    assert [groups.count(group) for group in ("asked", "left_out", "off_topic")] == [4, 3, 4]
    assert run["questions"]["asked/q-days"]["found"] == f"answered, {QUOTE} and 1 more"
    assert {"answers.documents", "retrieval.top_k", "languages"} <= run["settings"].keys()


def test_run_is_compared_with_an_earlier_one(
    company: Company, questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it is worth first, then what that is made of; the question that changed, with what was quoted for it."""
    monkeypatch.setattr(output, "width", 200)  # so that a row is a line
    _spoil(company, _asked(company, questions))
    words = " ".join(company.run("eval", "answers", str(questions), "--against", "run.json").stdout.split())
    assert f"answers.max_characters: 300 → {AnswerSettings().max_characters}" in words
    assert "worth (1 helps, -1 misleads) 4 +0.250 +0.000 to +0.750 1 0 3" in words
    assert "answerable, answered 3 +0.333" in words
    assert "others, not answered 1 +0.000 +0.000 to +0.000 0 0 1" in words
    assert f"+1.000 not found answered, {QUOTE} and 1 more {QUESTION}" in words
    assert "Changed most, by worth" in words


def test_comparison_is_in_the_json(company: Company, questions: Path) -> None:
    """As that of `eval retrieval`; of a section that was not quoted then nothing can be said."""
    _spoil(company, _asked(company, questions))
    found = company.json("eval", "answers", str(questions), "--against", "run.json")
    assert list(found) == [*KEYS, "against"]
    against = found["against"]
    assert list(against) == ["settings", *MEASURES, "changed"]
    assert against["settings"] == {"answers.max_characters": [300, AnswerSettings().max_characters]}
    assert (against["worth"]["questions"], against["worth"]["won"], against["worth"]["difference"]) == (4, 1, 0.25)
    assert (against["section_right"]["questions"], against["rouge_l"]) == (1, None)
    [changed] = against["changed"]
    assert changed == {
        "question": QUESTION,
        "before": "not found",
        "now": f"answered, {QUOTE} and 1 more",
        "difference": 1,
    }


def test_runs_asked_in_other_ways_are_not_compared(company: Company, questions: Path) -> None:
    """It is said before anything is asked, with what to do."""
    _asked(company, questions)
    result = company.run("eval", "answers", str(questions), "--leave-out", "--against", "run.json")
    assert result.exit_code == 1
    assert "it asked other questions than are asked now (4 then, 7 now)" in result.stderr
    assert "Ask with the same options as then" in result.stderr
    assert "asking" not in result.stderr


def test_run_of_retrieval_is_refused(company: Company, questions: Path) -> None:
    """It measured something else."""
    company.run("eval", "retrieval", str(questions), "--save", "run.json")
    result = company.run("eval", "answers", str(questions), "--against", "run.json")
    assert "run.json: it is a run of `eval retrieval`, and this is `eval answers`" in result.stderr


@pytest.mark.parametrize("option", ["--save", "--report"])
def test_file_that_can_not_be_written_is_told_before_anything_is_asked(
    company: Company, questions: Path, option: str
) -> None:
    """Not after the minutes that measuring takes."""
    result = company.run("eval", "answers", str(questions), option, "none/file", "--json")
    assert result.exit_code == 1
    assert "none/file: it can't be written" in json.loads(result.stdout)["error"]["message"]
    assert "indexing" not in result.stderr


def test_report_is_a_page(company: Company) -> None:
    """Written beside what the terminal shows, which says where it is; --json stays one document."""
    questions = _mislabelled(company)
    shown = company.run("eval", "answers", str(questions), "--report", "report.html")
    assert shown.stdout.endswith("\nThe report is report.html.\n")
    assert QUESTION in (company.folder / "report.html").read_text("utf-8")
    (company.folder / "report.html").unlink()
    assert list(company.json("eval", "answers", str(questions), "--report", "report.html")) == KEYS
    assert (company.folder / "report.html").exists()


def test_answers_explains_itself_with_examples(company: Company) -> None:
    """Whoever does not know it can copy the lines."""
    result = company.run("eval", "answers", "--help")
    assert "Example: kennisbot eval answers questions --leave-out --save before.json" in result.stdout
    for option in ("--against", "--save", "--report"):
        assert option in result.stdout
