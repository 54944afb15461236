"""A data set written to a folder."""

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import DatasetError
from pipelines.evaluation import writing
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, ExpectedAnswer, Query, read_dataset
from pipelines.evaluation.writing import check_free, write_dataset

DATASET = Dataset(
    "staff",
    (EvaluationDocument("wiki/leave.md", "Leave", "25 days."), EvaluationDocument("wiki/cars.md", "", "Behind.")),
    (Query("q2", "How many days?"), Query("q3", "Who is the king?")),
    {"q2": {"wiki/leave.md": 2}},
    {"q2": ExpectedAnswer(True, 1, "25 days"), "q3": ExpectedAnswer(False, None, None)},
)

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_IDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\r\n"), min_size=1)
_ANSWERS = st.builds(ExpectedAnswer, st.booleans(), st.none() | st.integers(0, 99), st.none() | _TEXTS)


@st.composite
def _datasets(draw: st.DrawFn) -> Dataset:
    documents, queries = (draw(st.lists(_IDS, min_size=1, max_size=5, unique=True)) for _ in range(2))
    judged = st.dictionaries(st.sampled_from(documents), st.integers(1, 3), min_size=1)
    return Dataset(
        "made",
        tuple(EvaluationDocument(id_, draw(_TEXTS), draw(_TEXTS)) for id_ in documents),
        tuple(Query(id_, draw(_TEXTS.filter(bool))) for id_ in queries),
        draw(st.dictionaries(st.sampled_from(queries), judged, min_size=1)),
        draw(st.dictionaries(st.sampled_from(queries), _ANSWERS)),
    )


@settings(max_examples=60, deadline=None)
@given(_datasets())
def test_what_is_written_is_read_again(dataset: Dataset) -> None:
    """Whatever letters, quotes and line breaks titles, texts and ids hold."""
    with TemporaryDirectory() as folder:
        write_dataset(dataset, Path(folder) / "made")
        assert read_dataset(Path(folder) / "made") == dataset


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    """It holds whole texts, those that few may read too; also where every file is made open to all."""
    before = os.umask(0)
    try:
        write_dataset(DATASET, tmp_path / "staff")
    finally:
        os.umask(before)
    made = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert made == {
        "staff": 0o700,
        "staff/qrels": 0o700,
        **{f"staff/{name}.jsonl": 0o600 for name in ("corpus", "queries", "answers")},
        "staff/qrels/test.tsv": 0o600,
    }


def test_empty_folder_may_be_there(tmp_path: Path) -> None:
    """Or a link to one; folders above are made where they are missing. What was open becomes closed."""
    (tmp_path / "real").mkdir(mode=0o755)
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    write_dataset(DATASET, tmp_path / "linked")
    write_dataset(DATASET, tmp_path / "new" / "staff")
    assert read_dataset(tmp_path / "linked") == replace(DATASET, name="real")
    assert read_dataset(tmp_path / "new" / "staff") == DATASET
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o700


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Neither a folder that holds anything, hidden files too, nor a file."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".kept").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    for name, problem in {"full": "it is not empty", "file": "it is a file"}.items():
        for refuse in (check_free, lambda folder: write_dataset(DATASET, folder)):
            with pytest.raises(DatasetError, match=problem) as caught:
                refuse(tmp_path / name)
            assert "new or empty" in caught.value.remedy
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".kept", "file", "full"]


def test_half_a_data_set_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves nothing behind, not in the folder and not beside it."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_judgements", full)
    with pytest.raises(DatasetError, match="can't be written: No space left on device"):
        write_dataset(DATASET, tmp_path / "staff")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    """With what is in the way."""
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(DatasetError, match="staff: it can't be written: "):
        write_dataset(DATASET, tmp_path / "file" / "staff")


@pytest.mark.parametrize("sign", ["\t", "\n", "\r"])
def test_id_that_the_layout_can_not_hold_is_refused(tmp_path: Path, sign: str) -> None:
    """Rather than read as another one; files may have such names."""
    id_ = f"wiki/a{sign}b.md"
    dataset = replace(DATASET, documents=(EvaluationDocument(id_, "", "Text."),), relevant={"q2": {id_: 1}})
    with pytest.raises(DatasetError, match="a tab or a line break"):
        write_dataset(dataset, tmp_path / "staff")
    assert not (tmp_path / "staff").exists()
