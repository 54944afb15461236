"""Runs that are kept and held against each other."""

from pathlib import Path

import pytest

from pipelines.errors import DatasetError
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, Query
from pipelines.evaluation.run import (
    MeasuredQuestion,
    Run,
    compare,
    read,
    read_comparable,
    require_writable,
    save,
)

DATASET = Dataset("staff", (EvaluationDocument("d1", "", "Text"),), (Query("q1", "What?"),), {"q1": {"d1": 1}}, {})


def _run(values: list[float], **changes: object) -> Run:
    questions = {
        f"q{n}": MeasuredQuestion(text=f"Question {n}?", values={"ndcg": value}, found=f"rank {n}")
        for n, value in enumerate(values)
    }
    whole = {"kind": "retrieval", "dataset": "staff", "fingerprint": DATASET.fingerprint(), "settings": {}}
    return Run(**(whole | {"questions": questions} | changes))


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    """Whole, letters with accents too; what was there before is replaced."""
    run = _run([0.5, 1.0], settings={"top_k": 100, "typos": None, "embedder": "é"})
    save(_run([0.1]), tmp_path / "run.json")
    save(run, tmp_path / "run.json")
    assert read(tmp_path / "run.json") == run


def test_questions_better_worse_and_equal_are_counted() -> None:
    """And by how much they differ in the mean, with what chance may have done."""
    one = compare(_run([0.5, 0.5, 0.5, 0.5]), _run([1.0, 0.7, 0.4, 0.5 + 1e-12])).by("ndcg")
    assert (one.won, one.lost, one.equal) == (2, 1, 1)
    assert one.mean == pytest.approx(0.15)
    assert one.interval[0] < 0.15 < one.interval[1]


def test_interval_is_of_pairs() -> None:
    """Questions differ much from each other; what all of them gain is no chance."""
    one = compare(_run([0.0, 1.0] * 20), _run([0.1, 1.1] * 20)).by("ndcg")
    assert one.interval == pytest.approx((0.1, 0.1))


def test_questions_that_changed_most_come_first() -> None:
    """Whichever way; those that did not change are left out."""
    comparison = compare(_run([0.5, 0.5, 0.5, 0.5]), _run([0.6, 0.0, 0.5, 0.8]))
    assert [change.now.text for change in comparison.most_changed("ndcg", 10)] == [
        "Question 1?",
        "Question 3?",
        "Question 0?",
    ]
    assert len(comparison.most_changed("ndcg", 2)) == 2


def test_settings_that_differ_are_told() -> None:
    """Before and now, and those that only one of them has."""
    comparison = compare(_run([1], settings={"a": 1, "b": 2}), _run([1], settings={"a": 1, "b": 3, "c": "x"}))
    assert comparison.settings == {"b": (2, 3), "c": (None, "x")}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dataset": "wixqa", "fingerprint": "0"}, "it measured wixqa, and this is staff"),
        ({"fingerprint": "0"}, "it measured staff with other documents, questions or judgements than it has now"),
        ({"kind": "answers"}, "it is a run of `eval answers`, and this is `eval retrieval`"),
    ],
)
def test_run_of_something_else_is_refused(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """Its figures say nothing about these; what to do is told."""
    save(_run([1.0], **changes), tmp_path / "run.json")
    with pytest.raises(DatasetError) as caught:
        read_comparable(tmp_path / "run.json", "retrieval", DATASET, ["q0"])
    assert caught.value.reason == f"{tmp_path / 'run.json'}: {said}"
    assert "--save" in caught.value.remedy


def test_run_of_the_same_questions_is_compared_though_the_folder_was_renamed(tmp_path: Path) -> None:
    """What counts is what was asked of what."""
    save(_run([1.0], dataset="before"), tmp_path / "run.json")
    assert read_comparable(tmp_path / "run.json", "retrieval", DATASET, ["q0"]).dataset == "before"


@pytest.mark.parametrize("asked", [["q0", "q1", "q2"], ["q0", "other"]])
def test_run_with_other_questions_is_refused(tmp_path: Path, asked: list[str]) -> None:
    """It was asked with other options: what has no counterpart can't be held against anything."""
    save(_run([1.0, 0.5]), tmp_path / "run.json")
    with pytest.raises(DatasetError) as caught:
        read_comparable(tmp_path / "run.json", "retrieval", DATASET, asked)
    assert f"it asked other questions than are asked now (2 then, {len(asked)} now)" in caught.value.reason
    assert "same options" in caught.value.remedy


def _partly(*values: dict[str, float]) -> Run:
    questions = {f"q{n}": MeasuredQuestion(text=f"{n}?", values=one, found="") for n, one in enumerate(values)}
    return _run([], questions=questions)


def test_questions_without_a_value_are_not_compared() -> None:
    """Only those that have it in both runs, and it is said how many these are."""
    before = _partly({"ndcg": 0.5}, {"ndcg": 0.5}, {}, {"rouge": 1.0})
    comparison = compare(before, _partly({"ndcg": 1.0}, {}, {"ndcg": 1.0}, {"rouge": 0.5}))
    one = comparison.by("ndcg")
    assert (one.questions, one.won, one.mean) == (1, 1, 0.5)
    assert [change.now.text for change in comparison.most_changed("ndcg", 10)] == ["0?"]
    assert [len(comparison.having(measure)) for measure in ("ndcg", "rouge", "worth")] == [1, 1, 0]


@pytest.mark.parametrize("content", ["", "[]", '{"kind": "retrieval"}'])
def test_file_that_is_no_run_is_told(tmp_path: Path, content: str) -> None:
    """By its path; so is one that is not there."""
    (tmp_path / "run.json").write_text(content, "utf-8")
    with pytest.raises(DatasetError, match="not a saved run"):
        read(tmp_path / "run.json")
    with pytest.raises(DatasetError, match="No such file"):
        read(tmp_path / "other.json")


def test_run_that_can_not_be_saved_is_told(tmp_path: Path) -> None:
    """A folder that is not there."""
    with pytest.raises(DatasetError, match="it can't be written: No such file"):
        save(_run([1.0]), tmp_path / "none" / "run.json")


def test_file_that_can_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    """Asking makes no file, and empties none."""
    (tmp_path / "old.json").write_text("kept")
    require_writable(tmp_path / "old.json")
    require_writable(tmp_path / "new.json")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old.json", "kept")]


def test_file_that_can_not_be_written_is_told_beforehand(tmp_path: Path) -> None:
    """In a folder that is not there, or under the name of a folder."""
    with pytest.raises(DatasetError, match="it can't be written: No such file") as caught:
        require_writable(tmp_path / "none" / "run.json")
    assert caught.value.remedy == "Choose a file that you may write."
    with pytest.raises(DatasetError, match="it can't be written: Is a directory"):
        require_writable(tmp_path)
