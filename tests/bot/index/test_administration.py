"""What an administrator sees of the index: against a real index, real syncs, and what is remembered of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from bot.index.administration import StoreAdministration
from bot.index.sync_watch import SyncWatch
from bot.knowledge import Chunk, DocumentOverview, KnowledgeAdministration, SourceOverview, SyncState
from bot.settings import load_settings
from connectors.cursor_store import CursorStore
from connectors.errors import CursorStoreUnavailable, SourceUnavailable
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.errors import IndexMissing
from pipelines.sync.schedule import ScheduledSync
from tests.fakes.company import SETTINGS, Company

SECOND_SOURCE = """
[[sources]]
type = "filesystem"
name = "hr"
path = "hr"
sync_every = "1h30m"
"""


class _Server:
    """What a server has of the index, with the company's settings."""

    def __init__(self, company: Company) -> None:
        settings = load_settings(company.folder / "kennisbot.toml")
        self.watch = SyncWatch()
        self.scheduled: ScheduledSync = bootstrap.build_scheduled_sync(settings, self.watch, self.watch)
        self.store, self.cursors = bootstrap.build_store(settings), bootstrap.build_cursors(settings)
        self.plans = {source.name: source.sync_every for source in settings.sources}
        self.administration = self.administration_of(self.store, self.cursors)

    def administration_of(self, store: SQLiteDocumentStore, cursors: CursorStore) -> KnowledgeAdministration:
        return StoreAdministration(store, cursors, self.scheduled, self.watch, self.plans)

    async def seen(self, is_so: Callable[[SyncState], bool]) -> SyncState:
        """Return the first state of the syncs from now on that is so."""
        async with aclosing(self.watch.follow(0)) as states:
            async for state in states:
                if is_so(state):
                    return state
        raise AssertionError("it never ends")

    @asynccontextmanager
    async def syncing(self) -> AsyncIterator[None]:
        """Run the scheduled syncs; the first one of each source is over when this begins."""
        task = asyncio.create_task(self.scheduled.run())
        await self.seen(lambda state: {news.source for news in state.news} >= self.plans.keys() and not state.source)
        yield
        self.scheduled.stop()
        await task


@pytest.fixture
async def server(company: Company) -> _Server:
    company.write("kennisbot.toml", SETTINGS.replace("[suggested", SECOND_SOURCE + "\n[suggested"))
    company.write("hr/bonus.md", "# Bonus\n\n## When\n\nEvery March.")
    return _Server(company)


async def _ids(server: _Server, *, search: str = "", after: str = "", limit: int = 50) -> list[str]:
    found = await server.administration.documents("wiki", state="all", search=search, after=after, limit=limit)
    return [document.id for document in found]


async def test_sources_are_told_before_their_first_sync(server: _Server) -> None:
    """As the settings have them: nothing is indexed, nothing is known, and that is no error."""
    assert await server.administration.sources() == [
        SourceOverview("wiki", 0, 0, 0, 0, 0, None, "", "", "15m"),
        SourceOverview("hr", 0, 0, 0, 0, 0, None, "", "", "1h30m"),
    ]
    assert await server.administration.failing("wiki") == []


async def test_sources_are_told_with_what_their_syncs_found(server: _Server, company: Company) -> None:
    """What is indexed, what fails, and when it was last looked at."""
    company.write("wiki/plan.docx", "no document of Word at all")
    before = datetime.now(UTC)
    async with server.syncing():
        wiki, hr = await server.administration.sources()
    assert (wiki.name, wiki.documents, wiki.chunks, wiki.failing, wiki.unreadable) == ("wiki", 1, 1, 1, 0)
    assert (hr.name, hr.documents, hr.failing, hr.unreadable, hr.reason) == ("hr", 1, 0, 1, "")
    assert wiki.synced_at is not None
    assert before <= wiki.synced_at <= datetime.now(UTC)
    (failing,) = await server.administration.failing("wiki")
    assert failing.id == "plan.docx"
    assert failing.reason
    assert failing.remedy.endswith(".")
    assert before <= failing.since <= datetime.now(UTC)


async def test_source_that_fails_says_why(server: _Server) -> None:
    """Also after a restart: what was found at the last sync is remembered."""
    await server.cursors.record_run("wiki", SourceUnavailable("wiki", "the folder is gone", "Mount it."))
    wiki, hr = await server.administration.sources()
    assert (wiki.reason, wiki.remedy) == ("the folder is gone", "Mount it.")
    assert (hr.reason, hr.remedy) == ("", "")


async def test_source_that_is_no_longer_configured_is_not_told(server: _Server) -> None:
    """It goes with the next sync."""
    await server.cursors.record_run("old", None, 3)
    assert [source.name for source in await server.administration.sources()] == ["wiki", "hr"]


async def test_documents_are_listed(server: _Server, company: Company) -> None:
    """With title, link, date, readers; page by page; and searched without regard to case or space around."""
    company.write("wiki/reis/École.md", "---\nowner: x@company.example\n---\n# ÉCOLE de voyage\n\nText.")
    async with server.syncing():
        (leave,) = await server.administration.documents("wiki", state="all", search="LEAVE", after="", limit=50)
        assert await _ids(server, limit=1) == ["wiki/leave.md"]
        assert await _ids(server, after="wiki/leave.md") == ["wiki/reis/École.md"]
        assert await _ids(server, search=" école ") == ["wiki/reis/École.md"]
        (bonus,) = await server.administration.documents("hr", state="unreadable", search="", after="", limit=50)
    url = "https://wiki.example.com/leave.md"
    assert leave == DocumentOverview("wiki/leave.md", "Leave", url, "en", "2025-03-01", None, 1, ("everyone",))
    assert (bonus.title, bonus.readers) == ("Bonus", ())
    assert await server.administration.documents("unknown", state="all", search="", after="", limit=50) == []


async def test_document_is_shown_with_its_chunks(server: _Server) -> None:
    """As it is searched, in order, whoever may read it."""
    async with server.syncing():
        found = await server.administration.document("hr/bonus.md")
        leave = await server.administration.document("wiki/leave.md")
    assert found is not None
    assert leave is not None
    document = found.document
    assert (document.title, document.source, document.markdown) == ("Bonus", "hr", "# Bonus\n\n## When\n\nEvery March.")
    assert found.chunks == [Chunk(1, "When", "", "Every March.")]
    assert (found.readers, leave.readers) == ((), ("everyone",))
    assert await server.administration.document("hr/unknown.md") is None


async def test_source_is_synced_when_asked_for(server: _Server, company: Company) -> None:
    """It is seen to be done; a name that is unknown is refused."""
    async with server.syncing():
        company.write("hr/raise.md", "# Raise\n\nIn March.")
        assert (server.administration.sync("hr"), server.administration.sync("unknown")) == (True, False)
        async for state in server.administration.follow(0):
            if len(synced := [news for news in state.news if news.text.startswith("Synced")]) > 2 and not state.source:
                break
        documents = [source.documents for source in await server.administration.sources()]
    assert (synced[2].source, documents) == ("hr", [1, 2])


async def test_source_that_was_asked_for_waits(server: _Server) -> None:
    """Until the syncs get to it, which whoever follows them sees."""
    assert server.administration.sync("hr")
    state = await anext(server.administration.follow(0))
    assert (state.source, state.waiting) == ("", ("hr",))
    async with server.syncing():
        assert (await anext(server.administration.follow(0))).waiting == ()


async def test_index_that_can_not_be_used_is_told(server: _Server, tmp_path: Path) -> None:
    """Not as one that is empty, from whatever is asked."""
    gone = server.administration_of(SQLiteDocumentStore(tmp_path / "gone.sqlite", create=False), server.cursors)
    for asked in (
        gone.sources,
        lambda: gone.documents("wiki", state="all", search="", after="", limit=50),
        lambda: gone.document("wiki/leave.md"),
    ):
        with pytest.raises(IndexMissing, match=r"gone\.sqlite"):
            await asked()


async def test_record_of_syncs_that_can_not_be_used_is_told(server: _Server, tmp_path: Path) -> None:
    """With the file and what to do."""
    (tmp_path / "cursors").write_text("no database, but long enough to be read as one " * 50)
    broken = server.administration_of(server.store, CursorStore(tmp_path / "cursors"))
    for asked in (broken.sources, lambda: broken.failing("wiki")):
        with pytest.raises(CursorStoreUnavailable, match="cursors can't be used") as caught:
            await asked()
        assert "Check the disk" in caught.value.remedy


async def test_plans_are_written_as_in_the_settings(server: _Server) -> None:
    """So that an administrator finds there what the page says."""
    server.plans["hr"] = timedelta(days=1, seconds=30)
    assert [source.every for source in await server.administration.sources()] == ["15m", "1d30s"]
