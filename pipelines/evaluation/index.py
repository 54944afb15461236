"""A data set as an index, made by the real indexing pipeline, and kept for the next time.

Every document may be read by `everyone` and by a principal of its own, so that a question can be asked with some
documents taken away by its principals alone.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from haystack.dataclasses import ByteStream

from connectors.base import Batch, SourceDocument
from connectors.cursor_store import CursorStore
from pipelines.analysis import ANALYSER_VERSION
from pipelines.calibrator import Calibrator
from pipelines.components.document_converter import document_id
from pipelines.converters import ConvertedText
from pipelines.converters.conversion import Conversion, File, Refusal, structured
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.document_store.sqlite.connection import SCHEMA_VERSION
from pipelines.embedders import Embedder
from pipelines.errors import PipelineError, UnreadableContent
from pipelines.evaluation.dataset import Dataset, EvaluationDocument
from pipelines.indexing import build_indexing_pipeline, made_with
from pipelines.settings import ChunkSettings
from pipelines.sync.lock import SyncLock
from pipelines.sync.synchronizer import Progress, Synchronizer

EVERYONE = "everyone"

_SOURCE = "dataset"
_MADE = "evaluation_index"
_A_BATCH = 16  # documents; after each batch the work may be cut short and go on from there


@dataclass(frozen=True, slots=True)
class IndexingParts:
    """What decides how a data set is indexed; `languages` are ISO 639-1 codes, the default first."""

    embedder: Embedder
    chunks: ChunkSettings
    languages: tuple[str, ...]


async def indexed(dataset: Dataset, parts: IndexingParts, folder: Path, progress: Progress) -> SQLiteDocumentStore:
    """Return the index of `dataset`, made in `folder` where it is not there already; some minutes for 3,000 chunks.

    What is there is told by the documents' texts and all that an index is made with. One that was cut short is never
    taken for whole: it goes on where it was. Raises `PipelineError` where it can't be made; `SyncRunning` where
    another process is making it.
    """
    place = folder / _key(dataset, parts)
    store = SQLiteDocumentStore(place / "index.sqlite")
    if store.fact(_MADE) is None:
        await _make(store, dataset, parts, progress)
    # An index that was kept may have thresholds that another version made.
    await asyncio.to_thread(Calibrator(store, parts.embedder).renew, progress.calibration)
    return store


def index_seconds(store: SQLiteDocumentStore) -> float | None:
    """Return how long it took to make the index, None where that was cut short and went on later."""
    seconds: float | None = store.fact(_MADE)["seconds"]
    return seconds


def document_principal(id_: str) -> str:
    """Return the principal that may read this one document of the data set; principals know no capitals, ids do."""
    return f"document:{id_.encode().hex()}"


def index_id(id_: str) -> str:
    """Return the id that a document of the data set has in the index."""
    return document_id(_SOURCE, id_)


def dataset_id(indexed_id: str) -> str:
    """Return the id that a document of the index has in the data set."""
    return indexed_id.removeprefix(index_id(""))


def _key(dataset: Dataset, parts: IndexingParts) -> str:
    fingerprint = {**made_with(parts.embedder, parts.chunks), "analyser": ANALYSER_VERSION, "layout": SCHEMA_VERSION}
    made_of = [dataset.corpus_fingerprint(), fingerprint, parts.languages]
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:16]


async def _make(store: SQLiteDocumentStore, dataset: Dataset, parts: IndexingParts, progress: Progress) -> None:
    resumed = store.count_documents() > 0
    started = perf_counter()
    place = store.path.parent
    pipeline = build_indexing_pipeline(store, parts.embedder, _MarkdownConverter(parts.languages), parts.chunks)
    cursors, calibrator = CursorStore(place / "cursors.sqlite"), Calibrator(store, parts.embedder)
    synchronizer = Synchronizer(store, pipeline, cursors, calibrator, SyncLock(place), progress)
    [report] = await synchronizer.sync([_DatasetConnector(dataset)])
    if report.failed:
        first = report.failed[0]
        raise PipelineError(
            f"the document {first.document_id!r} of {dataset.name} can't be indexed: {first.reason}", first.remedy
        )
    store.record_fact(_MADE, {"seconds": None if resumed else round(perf_counter() - started, 1)})


class _MarkdownConverter:
    """Takes the texts as they are, in this process: Markdown from one's own folder, perhaps made by a converter.

    So the marks of its pages stay. A document without a title keeps none: files are named after what they say, ids
    of a data set are not.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        return [self._converted(replace(file, name="")) for file in files]

    def _converted(self, file: File) -> Conversion | Refusal:
        try:
            return structured(file, ConvertedText(file.data.decode()), self._languages)
        except UnreadableContent as error:
            return Refusal(error.reason, error.remedy)


class _DatasetConnector:
    """The data set as a source; its cursor counts the documents that are indexed."""

    def __init__(self, dataset: Dataset) -> None:
        self._documents = dataset.documents

    @property
    def name(self) -> str:
        return _SOURCE

    async def changes(self, cursor: str | None) -> AsyncIterator[Batch]:
        for start in range(int(cursor or 0), len(self._documents), _A_BATCH):
            step = self._documents[start : start + _A_BATCH]
            done = start + len(step)
            yield Batch(tuple(map(_source_document, step)), (), (), str(done), len(self._documents) - done)

    async def list_ids(self) -> frozenset[str]:
        return frozenset(document.id for document in self._documents)


def _source_document(document: EvaluationDocument) -> SourceDocument:
    return SourceDocument(
        id=document.id,
        content=ByteStream(document.text.encode(), mime_type="text/markdown"),
        title=document.title or None,
        url="",
        updated_at=None,
        owner=None,
        access=frozenset({EVERYONE, document_principal(document.id)}),
    )
