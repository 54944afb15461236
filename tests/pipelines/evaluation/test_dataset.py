"""A folder with questions to measure by."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.errors import DatasetError
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, ExpectedAnswer, Query, read_dataset

CORPUS = [
    {"_id": "d1", "title": "Leave", "text": "You get 25 days.\n\n## Part-time\n\nLess.", "metadata": {"url": "x"}},
    {"_id": "d2", "text": "Cars are parked\u2028behind the building."},
]
QUERIES = [{"_id": "q1", "text": "How many days?"}, {"_id": "q2", "text": "Who is the king?"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole data set of two documents and two questions."""
    folder = tmp_path / "staff"
    (folder / "qrels").mkdir(parents=True)
    _write(folder / "corpus.jsonl", CORPUS)
    _write(folder / "queries.jsonl", QUERIES)
    (folder / "qrels/test.tsv").write_text(QRELS, "utf-8")
    return folder


def _write(path: Path, lines: Sequence[object]) -> None:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8")


def test_folder_becomes_a_data_set(folder: Path) -> None:
    """Named after the folder; what is not relevant is not among the relevant, and keys of others do no harm."""
    dataset = read_dataset(folder)
    assert dataset.name == "staff"
    assert dataset.documents == (
        EvaluationDocument("d1", "Leave", "You get 25 days.\n\n## Part-time\n\nLess."),
        EvaluationDocument("d2", "", "Cars are parked\u2028behind the building."),
    )
    assert dataset.queries == (Query("q1", "How many days?"), Query("q2", "Who is the king?"))
    assert (dataset.relevant, dataset.answers) == ({"q1": {"d1": 2}}, {})


def test_retrieval_is_measured_on_questions_that_have_a_document(folder: Path) -> None:
    """Where nothing can be found, nothing can be ranked."""
    assert [query.id for query in read_dataset(folder).judged()] == ["q1"]


def test_expected_answers_are_read_where_there_are_any(folder: Path) -> None:
    """Section and text may be left open."""
    _write(
        folder / "answers.jsonl",
        [
            {"query-id": "q1", "answerable": True, "section": 0, "answer": "25 days"},
            {"query-id": "q2", "answerable": False},
        ],
    )
    assert read_dataset(folder).answers == {
        "q1": ExpectedAnswer(answerable=True, section=0, answer="25 days"),
        "q2": ExpectedAnswer(answerable=False, section=None, answer=None),
    }


def test_judgements_need_no_header_and_files_may_begin_with_a_mark(folder: Path) -> None:
    """As other programs write them."""
    (folder / "qrels/test.tsv").write_text("q1\td1\t1\n\n", "utf-8-sig")
    assert read_dataset(folder).relevant == {"q1": {"d1": 1}}


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_missing_file_is_told(folder: Path, name: str) -> None:
    """With its path and the layout that is expected."""
    (folder / name).unlink()
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    assert (caught.value.path, caught.value.line) == (folder / name, None)
    assert "No such file" in caught.value.reason
    assert "qrels/test.tsv in one folder" in caught.value.remedy


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_empty_file_is_told(folder: Path, name: str) -> None:
    """There is nothing to measure."""
    (folder / name).write_text("\n", "utf-8")
    with pytest.raises(DatasetError, match="it is empty"):
        read_dataset(folder)


BROKEN = [
    ("corpus.jsonl", b'{"_id": "d1", "text": "a"}\n\n{"_id": "d2"', 3, "invalid JSON"),
    ("corpus.jsonl", b'{"_id": "d1"}', 1, "`text`: Field required"),
    ("corpus.jsonl", b'{"_id": "", "text": "a"}', 1, "`_id`: String should have at least 1"),
    ("corpus.jsonl", b'{"_id": "d1", "text": "a"}\n{"_id": "d1", "text": "b"}', 2, "'d1' was there before"),
    ("queries.jsonl", b'{"_id": "q1", "text": ""}', 1, "`text`: String should have at least 1"),
    ("queries.jsonl", b"\xff\xfe", None, "not UTF-8"),
    ("answers.jsonl", b'{"query-id": "q9", "answerable": true}', 1, "there is no question 'q9' in queries.jsonl"),
    ("answers.jsonl", b'{"query-id": "q1", "answerable": true, "section": -1}', 1, "`section`: Input should be"),
    ("qrels/test.tsv", b"h\th\th\nq9\td1\t1", 2, "there is no question 'q9' in queries.jsonl"),
    ("qrels/test.tsv", b"h\th\th\nq1\td9\t1", 2, "there is no document 'd9' in corpus.jsonl"),
    ("qrels/test.tsv", b"h\th\th\nq1\t0\td1\t1", 2, "parted by tabs"),
    ("qrels/test.tsv", b"h\th\th\nq1\td1\tyes", 2, "parted by tabs"),
    ("qrels/test.tsv", b"q1\td1\t0", None, "no document that answers a question"),
]


@pytest.mark.parametrize(("name", "content", "line", "said"), BROKEN)
def test_what_is_wrong_is_told_with_its_line(
    folder: Path, name: str, content: bytes, line: int | None, said: str
) -> None:
    """File, line, what is wrong and what to do: a corpus may have thousands of lines."""
    (folder / name).write_bytes(content)
    with pytest.raises(DatasetError) as caught:
        read_dataset(folder)
    assert (caught.value.path, caught.value.line) == (folder / name, line)
    assert said in caught.value.reason
    assert str(folder / name) in caught.value.reason
    assert caught.value.remedy


def _dataset(name: str = "staff", text: str = "Text", question: str = "What?", relevance: int = 1) -> Dataset:
    documents, queries = (EvaluationDocument("d1", "", text),), (Query("q1", question),)
    return Dataset(name, documents, queries, {"q1": {"d1": relevance}}, {})


@pytest.mark.parametrize("other", [{"text": "Other"}, {"question": "Who?"}, {"relevance": 2}])
def test_fingerprint_tells_data_sets_apart(other: dict[str, str]) -> None:
    """Figures of other documents, questions or judgements can't be compared; a folder may be renamed."""
    assert _dataset(**other).fingerprint() != _dataset().fingerprint()  # type: ignore[arg-type]  # one of its own
    assert _dataset(name="renamed").fingerprint() == _dataset().fingerprint()


def test_fingerprint_of_the_documents_knows_nothing_of_questions() -> None:
    """New questions need no new index."""
    assert _dataset(question="Who?").corpus_fingerprint() == _dataset().corpus_fingerprint()
    assert _dataset(text="Other").corpus_fingerprint() != _dataset().corpus_fingerprint()
