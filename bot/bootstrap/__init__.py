"""Where the parts are put together, and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.directory import PeopleFile
from bot.handlers.ask import AskHandler
from bot.handlers.help import HelpHandler, asks_for_help
from bot.history import MemoryHistory
from bot.index.knowledge import StoreKnowledge
from bot.locales import Texts
from bot.middleware.authorize import Authorize
from bot.middleware.explain_outage import ExplainOutage
from bot.middleware.load_history import LoadHistory
from bot.models import ChannelAdapter, ConversationHistory, Middleware, User, UserReference
from bot.settings import Settings
from bot.turns import TurnRunner
from connectors.base import Connector, SourceDocument
from connectors.cursor_store import CursorStore
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.explanation import Explanation, explain
from pipelines.analysis import ANALYSER_VERSION
from pipelines.calibrator import Calibrator
from pipelines.converters.processes import Converter, ConverterProcesses
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import build_embedder
from pipelines.errors import PipelineError
from pipelines.evaluation.dataset import Dataset
from pipelines.evaluation.index import IndexingParts, indexed
from pipelines.indexing import build_indexing_pipeline, made_with
from pipelines.inspection import IndexStatus, Inspection, index_status, inspect_document
from pipelines.query import QuestionAnswering, build_query_pipeline
from pipelines.sync.brake import Brake
from pipelines.sync.lock import SyncLock
from pipelines.sync.schedule import ScheduledSource, ScheduledSync, SyncEvents
from pipelines.sync.synchronizer import Progress, Synchronizer

if TYPE_CHECKING:
    from pipelines.calibration import Fit
    from pipelines.evaluation.run import Setting


def index_path(settings: Settings) -> Path:
    """Return where the embedded index is kept."""
    return settings.data_folder / "index.sqlite"


def database_path(settings: Settings) -> Path:
    """Return where the bot keeps its own things: threads and what people thought of answers."""
    return settings.data_folder / "bot.sqlite"


def build_store(settings: Settings, *, create: bool = False) -> SQLiteDocumentStore:
    """Return the document store; only a sync may create it."""
    return SQLiteDocumentStore(index_path(settings), create=create)


def build_cursors(settings: Settings) -> CursorStore:
    """Return what remembers how far each source has been read."""
    return CursorStore(settings.data_folder / "cursors.sqlite", context=settings.conversion.model_dump_json())


def build_connectors(settings: Settings) -> list[Connector]:
    """Return a connector for each configured source."""
    return [FilesystemConnector(source) for source in settings.sources]


def build_synchronizer(settings: Settings, progress: Progress) -> Synchronizer:
    """Return what brings the index in step with its sources.

    Raises `PipelineError` where the index can't be opened or was made with other settings.
    """
    store = build_store(settings, create=True)
    embedder = build_embedder(settings.embedder)
    converter = ConverterProcesses(settings.conversion, settings.languages)
    pipeline = build_indexing_pipeline(store, embedder, converter, settings.chunks)
    lock = SyncLock(settings.data_folder)
    return Synchronizer(store, pipeline, build_cursors(settings), Calibrator(store, embedder), lock, progress)


def explain_file(settings: Settings, path: Path) -> list[Explanation]:
    """Return what each source in whose folder the file at `path` lies makes of it, those that read it first."""
    explanations = [found for source in settings.sources if (found := explain(source, path))]
    return sorted(explanations, key=lambda one: (one.document is None, not one.is_listed))


def inspect(settings: Settings, converter: Converter, source: str, item: SourceDocument) -> Inspection:
    """Return what a document becomes with these settings; no model is loaded, nothing is written."""
    return inspect_document(source, item, converter, settings.chunks.max_characters)


def status_in_index(settings: Settings, explanation: Explanation) -> IndexStatus | None:
    """Return what the index has of a source's file, None where there is no index."""
    if not index_path(settings).exists():
        return None
    return index_status(build_store(settings), explanation.source, explanation.document_id, explanation.document)


def build_scheduled_sync(settings: Settings, progress: Progress, events: SyncEvents) -> ScheduledSync:
    """Return what syncs all sources by their schedules. Raises as `build_synchronizer` does."""
    brake = Brake(progress)
    intervals = [source.sync_every for source in settings.sources]
    connectors = build_connectors(settings)
    sources = [ScheduledSource(*pair) for pair in zip(connectors, intervals, strict=True)]
    return ScheduledSync(build_synchronizer(settings, brake), brake, sources, events)


def build_answering(settings: Settings, store: SQLiteDocumentStore) -> QuestionAnswering:
    """Return what answers questions from `store`."""
    embedder = build_embedder(settings.embedder)
    pipeline = build_query_pipeline(store, embedder, settings.languages, settings.retrieval, settings.answers)
    return QuestionAnswering(pipeline)


async def index_dataset(
    settings: Settings, dataset: Dataset, progress: Progress, *, is_fitted: bool = True
) -> SQLiteDocumentStore:
    """Return an index of `dataset`, made as these settings say and kept in the data folder. Raises `PipelineError`.

    Its thresholds are moved as those of the real index are, unless `is_fitted` is False.
    """
    parts = IndexingParts(build_embedder(settings.embedder), settings.chunks, settings.languages)
    store = await indexed(dataset, parts, settings.data_folder / "evaluation", progress)
    store.record_fit(_fit(settings) if is_fitted else None)
    return store


def _fit(settings: Settings) -> "Fit | None":
    """Return what moves the thresholds of the real index, None where there is no index or nothing was fitted."""
    return build_store(settings).fit() if index_path(settings).exists() else None


def ranking_settings(settings: Settings) -> "dict[str, Setting]":
    """Return what may make other rankings of the same documents, by name: settings, and versions of what indexes."""
    chosen = {f"retrieval.{name}": value for name, value in settings.retrieval.model_dump().items()}
    made = made_with(build_embedder(settings.embedder), settings.chunks)
    return {**made, "analyser": ANALYSER_VERSION, "languages": ", ".join(settings.languages), **chosen}


def answering_settings(settings: Settings) -> "dict[str, Setting]":
    """Return what may make other answers from the same documents, by name: rankings, how answers are made, the fit."""
    chosen = {f"answers.{name}": value for name, value in settings.answers.model_dump().items()}
    fit = _fit(settings)
    fitted = f"{fit.questions} questions of {fit.dataset}, {fit.made_on}" if fit else None
    return {**ranking_settings(settings), **chosen, "thresholds fitted to": fitted}


async def check_person(settings: Settings, email: str) -> User:
    """Return the person of the people file with this address ("": an employee in no group).

    Raises `UnknownPerson`, and `SettingsError` for a broken people file: both before anything is loaded.
    """
    return await PeopleFile(settings.people_file).look_up(UserReference("console", "local", email))


@asynccontextmanager
async def running(settings: Settings, adapters: Sequence[ChannelAdapter]) -> AsyncIterator[None]:
    """Run the bot on `adapters`; at the end take nothing more in and finish what has begun.

    Raises `PipelineError` where there is no usable index, `SettingsError` for a broken people file.
    """
    store = await open_store(settings)
    answering = await warm_answering(settings, store)
    turns = build_turns(settings, store, answering, adapters, MemoryHistory())
    for adapter in adapters:
        await adapter.start(turns.dispatch)
    try:
        yield
    finally:
        for adapter in adapters:
            await adapter.stop()
        await turns.finish()


async def open_store(settings: Settings) -> SQLiteDocumentStore:
    """Return the document store; an index that is missing or broken shows now, as a `PipelineError`."""
    store = build_store(settings)
    await asyncio.to_thread(store.sources)
    return store


async def warm_answering(settings: Settings, store: SQLiteDocumentStore) -> QuestionAnswering:
    """Return what answers questions from `store`, with its models loaded."""
    answering = build_answering(settings, store)
    await asyncio.to_thread(answering.warm_up)
    return answering


def build_turns(
    settings: Settings,
    store: SQLiteDocumentStore,
    answering: QuestionAnswering,
    adapters: Sequence[ChannelAdapter],
    history: ConversationHistory,
) -> TurnRunner:
    """Return what runs turns: middleware around, the first route that fits inside."""
    texts = Texts(settings.languages)
    prompts = dict[str, Sequence[str]](settings.suggested_prompts.items())
    middleware: list[Middleware] = [
        ExplainOutage(PipelineError, texts),
        Authorize(PeopleFile(settings.people_file), texts),
        LoadHistory(history),
    ]
    help_handler = HelpHandler(texts, prompts)
    ask_handler = AskHandler(answering, StoreKnowledge(store), texts, prompts)
    return TurnRunner(
        adapters={adapter.name: adapter for adapter in adapters},
        middleware=middleware,
        routes=[(asks_for_help, help_handler), (lambda _: True, ask_handler)],
        history=history,
        texts=texts,
    )
