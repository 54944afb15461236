"""Questions with the documents that answer them, read from a folder in the layout of BEIR.

`corpus.jsonl` (`_id`, `title`, `text` as Markdown), `queries.jsonl` (`_id`, `text`), `qrels/test.tsv` (a header, then
query, document and relevance, 0 for none), and where there are expectations `answers.jsonl` (`query-id`, `answerable`,
`section`, `answer`). Further keys are passed over. BEIR: Thakur et al. 2021, arXiv 2104.08663.
"""

import csv
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import DatasetError

_LAYOUT = "Make it as a BEIR data set has it: corpus.jsonl, queries.jsonl and qrels/test.tsv in one folder."
_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class EvaluationDocument:
    """A document; `title` is "" where it has none, `text` is Markdown."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as somebody asked it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """What is known of the right answer.

    `answerable`: whether the documents hold it; `section`: in which section of the right document, counted by its
    headings, 0 for the text before the first; `answer`: as somebody wrote it. None: not known.
    """

    answerable: bool
    section: int | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """Documents, questions, and which documents answer which question.

    `relevant`: by the question's id, the ids of the documents that answer it with how relevant they are, from 1 on; a
    question that none answers is not in it. `answers`: by the question's id, empty where nothing is expected. Both name
    only what is there.
    """

    name: str
    documents: tuple[EvaluationDocument, ...]
    queries: tuple[Query, ...]
    relevant: Mapping[str, Mapping[str, int]]
    answers: Mapping[str, ExpectedAnswer]

    def judged(self) -> tuple[Query, ...]:
        """Return the questions that some document answers, in their order: those that retrieval can be measured on."""
        return tuple(query for query in self.queries if query.id in self.relevant)

    def fingerprint(self) -> str:
        """Return what tells this data set from another, whatever its name: of all but the expected answers."""
        content = [asdict(document) for document in self.documents], [asdict(query) for query in self.queries]
        return _digest([*content, {id_: dict(documents) for id_, documents in self.relevant.items()}])

    def answers_fingerprint(self) -> str:
        """Return what tells these expected answers from others."""
        return _digest({id_: asdict(answer) for id_, answer in self.answers.items()})

    def corpus_fingerprint(self) -> str:
        """Return what tells these documents from others."""
        return _digest([asdict(document) for document in self.documents])


def read_dataset(folder: Path) -> Dataset:
    """Return the data set in `folder`, named after it.

    Raises `DatasetError` naming the file, the line, and what to do.
    """
    documents = _unique(folder / "corpus.jsonl", _DocumentLine)
    queries = _unique(folder / "queries.jsonl", _QueryLine)
    answers = folder / "answers.jsonl"
    return Dataset(
        folder.resolve().name,
        tuple(EvaluationDocument(line.id, line.title or "", line.text) for line in documents.values()),
        tuple(Query(line.id, line.text) for line in queries.values()),
        _relevant(folder / "qrels" / "test.tsv", queries, documents),
        _answers(answers, queries) if answers.exists() else {},
    )


class _Line(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str = Field(alias="_id", min_length=1)


class _DocumentLine(_Line):
    title: str | None = None
    text: str


class _QueryLine(_Line):
    text: str = Field(min_length=1)


class _AnswerLine(_Line):
    id: str = Field(alias="query-id", min_length=1)
    answerable: bool
    section: int | None = Field(default=None, ge=0)
    answer: str | None = None


Kind = TypeVar("Kind", bound=_Line)


def _unique(path: Path, kind: type[Kind], queries: Collection[str] | None = None) -> dict[str, Kind]:
    """Return the lines of a JSON Lines file by id; `queries`: the ids that they may have, None: any.

    Raises `DatasetError` for an empty file too.
    """
    found: dict[str, Kind] = {}
    for number, text in _lines(path):
        line = _parsed(path, number, text, kind)
        if line.id in found:
            raise DatasetError(path, number, f"the id {line.id!r} was there before", "Give each line an id of its own.")
        if queries is not None:
            _require(path, number, "question", line.id, queries)
        found[line.id] = line
    if not found:
        raise DatasetError(path, None, "it is empty", _LAYOUT)
    return found


def _parsed(path: Path, number: int, text: str, kind: type[Kind]) -> Kind:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        what = f"`{key}`: {first['msg']}" if key else first["msg"]
        names = ", ".join(f"`{f.alias or name}`" for name, f in kind.model_fields.items() if f.is_required())
        remedy = f"Make it one JSON object on one line, with at least {names}."
        raise DatasetError(path, number, what[:1].lower() + what[1:], remedy) from None


def _answers(path: Path, queries: Collection[str]) -> dict[str, ExpectedAnswer]:
    lines = _unique(path, _AnswerLine, queries)
    return {id_: ExpectedAnswer(line.answerable, line.section, line.answer) for id_, line in lines.items()}


def _relevant(path: Path, queries: Collection[str], documents: Collection[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for number, text in _lines(path):
        cells = next(csv.reader([text], delimiter="\t", quoting=csv.QUOTE_NONE))
        if number == 1 and not cells[-1].strip().isdigit():
            continue  # the header
        query, document, relevance = _judgement(path, number, cells)
        _require(path, number, "question", query, queries)
        _require(path, number, "document", document, documents)
        if relevance:
            found.setdefault(query, {})[document] = relevance
    if not found:
        raise DatasetError(path, None, "it names no document that answers a question", _LAYOUT)
    return found


def _judgement(path: Path, number: int, cells: list[str]) -> tuple[str, str, int]:
    if len(cells) != _COLUMNS or not cells[-1].strip().isdigit():
        what = "it is not a question, a document and a whole number, parted by tabs"
        raise DatasetError(path, number, what, "Write for example: q1, a tab, doc1, a tab, 1.")
    return cells[0], cells[1], int(cells[2])


def _require(path: Path, number: int, kind: str, id_: str, known: Collection[str]) -> None:
    if id_ not in known:
        file = "queries.jsonl" if kind == "question" else "corpus.jsonl"
        raise DatasetError(path, number, f"there is no {kind} {id_!r} in {file}", f"Add it to {file}, or take it out.")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that hold anything, numbered from 1."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise DatasetError(path, None, f"it can't be read: {error.strerror}", _LAYOUT) from error
    except UnicodeDecodeError as error:
        raise DatasetError(path, None, "it is not UTF-8 text", "Save it as UTF-8.") from error
    # No splitlines(): JSON strings may hold the line breaks that only Unicode knows.
    yield from ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _digest(content: Any) -> str:  # noqa: ANN401 - JSON
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
