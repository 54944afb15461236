"""`serve`: the parts of the one HTTP server, put together and run until a signal to stop."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot import bootstrap
from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.parts import WebParts
from bot.adapters.web.session_key import session_key
from bot.adapters.web.site import WebSite
from bot.directory import PeopleFile
from bot.index.administration import StoreAdministration
from bot.index.knowledge import StoreKnowledge
from bot.index.sync_watch import SyncWatch
from bot.locales import Texts
from bot.models import UserReference
from bot.server.application import Check, build_application
from bot.server.failures import Failures
from bot.server.listening import run
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.threads import ThreadStore
from connectors.errors import ConnectorError
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.errors import PipelineError
from pipelines.query import QuestionAnswering

_log = structlog.get_logger(__name__)


async def serve(settings: Settings, on_listening: Callable[[str], None]) -> None:
    """Serve the page, and sync the sources on their schedules, until a signal to stop.

    `on_listening` is given the address once people can open it. After the signal nothing more is taken in, and
    answers that are being made have `server.shutdown_seconds`. Raises `PipelineError` where there is no usable
    index, `SettingsError` and `UnknownPerson` for what is said of people, `StorageUnavailable`, `ServerUnavailable`.
    """
    people = await _people(settings)
    store = await bootstrap.open_store(settings)
    async with _database(settings) as database:
        threads = ThreadStore(database)
        adapter = WebAdapter(threads)
        answering = bootstrap.build_answering(settings, store)
        turns = bootstrap.build_turns(settings, store, answering, [adapter], threads)
        syncs = Syncs(settings)
        parts = _parts(settings, people, threads, store, syncs)
        application = _application(
            parts,
            adapter,
            {
                "answering": _answering(answering),
                "index": _reading(store),
                "storage": database.check,
                **syncs.checks,
            },
        )

        async def finish() -> None:
            await adapter.stop()
            syncs.stop()
            await turns.finish(within=settings.server.shutdown_seconds)

        await adapter.start(turns.dispatch)
        await _warm_up(answering)
        _spare_the_collector()
        async with syncs.running():
            await run(application, settings.server, on_listening=on_listening, before_close=finish)


class Syncs:
    """The scheduled syncs inside the server."""

    def __init__(self, settings: Settings) -> None:
        """Make them on the event loop. Raises as `bootstrap.build_scheduled_sync` does."""
        self.watch = SyncWatch()
        self.schedule = bootstrap.build_scheduled_sync(settings, self.watch, self.watch)
        self._has_ended = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sync meanwhile, and end between two documents."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self.stop()
            await task

    def stop(self) -> None:
        """End as soon as the few documents in hand are done."""
        self.schedule.stop()

    @property
    def checks(self) -> dict[str, Check]:
        """What `/ready` asks."""
        return {"sync": self._check}

    async def _run(self) -> None:
        try:
            await self.schedule.run()
        except Exception as error:  # noqa: BLE001 - questions can be answered all the same; /ready says it
            _log.error("syncs_ended", exc_info=error)
            self._has_ended = True

    async def _check(self) -> None:
        if self._has_ended:
            raise RuntimeError("the scheduled syncs have ended")


async def _people(settings: Settings) -> PeopleFile:
    people = PeopleFile(settings.people_file)
    if settings.web.person:
        await people.look_up(UserReference("web", "local", settings.web.person))
    return people


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(bootstrap.database_path(settings))
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def _warm_up(answering: QuestionAnswering) -> None:
    """Load the models; where they can't be, what is kept and indexed can still be looked at."""
    try:
        await asyncio.to_thread(answering.warm_up)
    except PipelineError as error:
        _log.error("questions_unanswerable", reason=error.reason, remedy=error.remedy)


def _spare_the_collector() -> None:
    """Let the garbage collector pass over what is loaded by now.

    It looks through some 150,000 objects of libraries each time, for 100 to 160 ms in which nothing else runs.
    """
    gc.collect()
    gc.freeze()


def _parts(
    settings: Settings, people: PeopleFile, threads: ThreadStore, store: SQLiteDocumentStore, syncs: Syncs
) -> WebParts:
    plans = {source.name: source.sync_every for source in settings.sources}
    cursors = bootstrap.build_cursors(settings)
    return WebParts(
        server=settings.server,
        web=settings.web,
        texts=Texts(settings.languages, "web"),
        threads=threads,
        knowledge=StoreKnowledge(store),
        administration=StoreAdministration(store, cursors, syncs.schedule, syncs.watch, plans),
        directory=people,
        session_key=session_key(settings.data_folder),
        people=people.people,
        suggested_prompts=dict[str, Sequence[str]](settings.suggested_prompts.items()),
        languages=settings.languages,
        outages=(PipelineError, ConnectorError),
    )


def _application(parts: WebParts, adapter: WebAdapter, checks: dict[str, Check]) -> web.Application:
    site = WebSite(parts, adapter)
    application = build_application(Failures(Texts(parts.languages), site.failure), checks)
    site.add_routes(application)
    return application


def _answering(answering: QuestionAnswering) -> Check:
    return lambda: asyncio.to_thread(answering.warm_up)


def _reading(store: SQLiteDocumentStore) -> Check:
    return lambda: asyncio.to_thread(store.sources)
