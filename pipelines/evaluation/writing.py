"""A data set written to a folder, as `read_dataset` reads it; for its owner's eyes alone, for it holds whole texts."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipelines.errors import DatasetError
from pipelines.evaluation.dataset import Dataset, ExpectedAnswer

_FOLDER, _FILE = 0o700, 0o600
_HEADER = "query-id\tcorpus-id\tscore\n"


def check_free(folder: Path) -> None:
    """Raise `DatasetError` where `folder` is there and not empty: nothing is overwritten."""
    try:
        taken = any(folder.iterdir()) if folder.is_dir() else folder.exists()
    except OSError as error:
        raise _unwritable(folder, error) from error
    if taken:
        problem = "it is not empty" if folder.is_dir() else "it is a file"
        raise DatasetError(folder, None, problem, "Name a folder that is new or empty: nothing is overwritten.")


def write_dataset(dataset: Dataset, folder: Path) -> None:
    """Write `dataset` to `folder`, whole or not at all; `read_dataset` gives it back, named after the folder.

    No one but its owner may read it. Raises `DatasetError` where the folder is not free, where it can't be written, and
    for an id that the layout can't hold.
    """
    check_free(folder)
    folder = folder.resolve()
    _check_ids(folder, dataset)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            made = Path(beside, "made")
            _write(dataset, made)
            made.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _check_ids(folder: Path, dataset: Dataset) -> None:
    for id_ in {*dataset.relevant, *(id_ for documents in dataset.relevant.values() for id_ in documents)}:
        if any(sign in id_ for sign in "\t\r\n"):
            what = f"the id {id_!r} can't be written: it holds a tab or a line break"
            raise DatasetError(folder, None, what, "Give its file another name, and run kennisbot sync.")


def _write(dataset: Dataset, folder: Path) -> None:
    for part in (folder, folder / "qrels"):
        part.mkdir(_FOLDER)
    documents = ({"_id": one.id, "title": one.title, "text": one.text} for one in dataset.documents)
    _write_lines(folder / "corpus.jsonl", _as_json(documents))
    _write_lines(folder / "queries.jsonl", _as_json({"_id": one.id, "text": one.text} for one in dataset.queries))
    _write_lines(folder / "qrels" / "test.tsv", _judgements(dataset.relevant))
    if dataset.answers:
        answers = (_answer(id_, one) for id_, one in dataset.answers.items())
        _write_lines(folder / "answers.jsonl", _as_json(answers))


def _as_json(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return (f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _judgements(relevant: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield _HEADER
    for query, documents in relevant.items():
        for document, relevance in documents.items():
            yield f"{query}\t{document}\t{relevance}\n"


def _answer(id_: str, expected: ExpectedAnswer) -> dict[str, Any]:
    """Return a line of answers.jsonl; what is not known is not in it."""
    known = {"section": expected.section, "answer": expected.answer}
    line = {"query-id": id_, "answerable": expected.answerable}
    return line | {name: value for name, value in known.items() if value is not None}


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE), "w", encoding="utf-8") as file:
        file.writelines(lines)


def _unwritable(folder: Path, error: OSError) -> DatasetError:
    problem = f"it can't be written: {error.strerror}"
    return DatasetError(folder, None, problem, "Choose a folder that you may write to, on a disk with room.")
