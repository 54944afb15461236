"""The files that an evaluation is kept in."""

from pathlib import Path

import pytest

from bot.cli.evaluation.options import RunFiles
from pipelines.errors import DatasetError
from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.run import MeasuredQuestion, Run

DATASET = Dataset("staff", (), (Query("q1", "What?"),), {}, {})


def _run(value: float) -> Run:
    questions = {"q1": MeasuredQuestion(text="What?", values={"worth": value}, found="answered")}
    return Run(kind="answers", dataset="staff", fingerprint=DATASET.fingerprint(), settings={}, questions=questions)


def test_no_file_is_needed() -> None:
    """Then there is nothing to compare with, and nothing is written or said."""
    files = RunFiles(None, None, None)
    assert files.earlier("answers", DATASET, ["q1"]) is None
    assert files.keep(_run(1), None) is None


def test_run_may_take_the_place_of_the_one_that_it_is_compared_with(tmp_path: Path) -> None:
    """One file that always holds the latest run: the earlier one is read before it is written over."""
    path = tmp_path / "run.json"
    RunFiles(None, path, None).keep(_run(0), None)
    files = RunFiles(path, path, None)
    earlier = files.earlier("answers", DATASET, ["q1"])
    comparison = files.keep(_run(1), earlier)
    assert comparison is not None
    assert comparison.by("worth").mean == 1
    assert files.earlier("answers", DATASET, ["q1"]) == _run(1)


@pytest.mark.parametrize("option", ["save", "report"])
def test_what_can_not_be_written_is_told_first(tmp_path: Path, option: str) -> None:
    """Whichever file it is; nothing is left behind."""
    files = {"against": None, "save": tmp_path / "a", "report": tmp_path / "b", option: tmp_path}
    with pytest.raises(DatasetError, match="it can't be written: Is a directory"):
        RunFiles(**files).earlier("answers", DATASET, ["q1"])
    assert list(tmp_path.iterdir()) == []


def test_report_is_told_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path with brackets stays as it is, and a long one on one line."""
    path = tmp_path / "[of] november" / ("long" * 20) / "report.html"
    RunFiles(None, None, path).tell()
    assert capsys.readouterr().out == f"\nThe report is {path}.\n"
