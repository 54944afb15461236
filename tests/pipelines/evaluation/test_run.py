"""Runs that are kept and held against each other."""

from pathlib import Path

import pytest

from pipelines.errors import DatasetError
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, Query
from pipelines.evaluation.run import MeasuredQuestion, Run, compare, read, read_comparable, save

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
        read_comparable(tmp_path / "run.json", "retrieval", DATASET)
    assert caught.value.reason == f"{tmp_path / 'run.json'}: {said}"
    assert "--save" in caught.value.remedy


def test_run_of_the_same_questions_is_compared_though_the_folder_was_renamed(tmp_path: Path) -> None:
    """What counts is what was asked of what."""
    save(_run([1.0], dataset="before"), tmp_path / "run.json")
    assert read_comparable(tmp_path / "run.json", "retrieval", DATASET).dataset == "before"


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
    with pytest.raises(DatasetError, match="the run can't be saved: No such file"):
        save(_run([1.0]), tmp_path / "none" / "run.json")
