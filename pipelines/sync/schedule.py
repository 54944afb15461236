"""Syncs without anybody asking: each source at the start, then at its interval, and when it tells of changes.

Sources are synced one at a time. One that fails is tried again after 1, 2, 4, … minutes, at most an hour, in
place of its interval, unless only a person can mend it; a change in it is synced at once all the same. What
happens is told as `SyncEvents`: a failure once, and its end once.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Protocol

from connectors.base import Connector, DocumentIssue, WatchedSource
from connectors.errors import ConnectorError
from connectors.schedule import written
from pipelines.errors import PipelineError, SyncRunning
from pipelines.sync.brake import Brake, SyncStopped
from pipelines.sync.synchronizer import SourceReport, Synchronizer

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
_MOST_DOUBLINGS = 6
"""After which a pause is beyond the longest; without a bound it would outgrow what a `timedelta` holds."""

SyncError = ConnectorError | PipelineError


@dataclass(frozen=True, slots=True)
class ScheduledSource:
    """A source, and how often it is synced."""

    connector: Connector
    every: timedelta


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A run that came to its end, and what it changed in the documents that can't be read.

    `new_failures` can't be read since this run, or for another reason; `mended` are the ids of those that no
    longer fail. The first run of a process tells of all that fail.
    """

    report: SourceReport
    new_failures: tuple[DocumentIssue, ...] = ()
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A whole source can't be synced now; it is tried again after `pause`."""

    source: str
    error: SyncError
    pause: timedelta


class SyncEvents(Protocol):
    """Told what scheduled syncs do, in the order of events, on the event loop."""

    def working(self, source: str, waiting: tuple[str, ...]) -> None:
        """`source` is at work now, none where it is ""; `waiting` were asked for and have not begun.

        Told whenever either changes, so also when a run is over, however it went.
        """

    def finished(self, run: FinishedRun) -> None:
        """A source was synced as far as it could be: where the whole of it failed, `failed` may come next."""

    def failed(self, run: FailedRun) -> None:
        """A source fails that did not before, or for another kind of reason."""

    def dropped(self, source: str, documents: int) -> None:
        """So many documents were removed with a source that is no longer configured."""

    def recovered(self, source: str) -> None:
        """A source that failed was synced."""

    def noted(self, source: str, note: str) -> None:
        """Something else that an administrator may want to know: `note` is a sentence without its full stop."""


class Clock(Protocol):
    """The time that schedules go by."""

    def now(self) -> float:
        """Return seconds since some moment."""

    async def wait(self, event: asyncio.Event, pause: timedelta) -> None:
        """Return when `event` is set, after `pause` at the latest."""


class MonotonicClock:
    """The machine's own; setting its date changes nothing."""

    def now(self) -> float:
        """Return seconds since some moment."""
        return monotonic()

    async def wait(self, event: asyncio.Event, pause: timedelta) -> None:
        """Return when `event` is set, after `pause` at the latest."""
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), pause.total_seconds())


@dataclass
class _State:
    """What is known of a source while this process runs.

    `due` is set when it tells of a change or is asked for; `asked` until the run that was asked for begins.
    """

    source: ScheduledSource
    due: asyncio.Event = field(default_factory=asyncio.Event)
    asked: bool = False
    failures_in_a_row: int = 0
    failing: type[SyncError] | None = None
    broken: dict[str, DocumentIssue] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    watching: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return self.source.connector.name


class ScheduledSync:
    """Keeps the index in step with its sources for as long as it runs."""

    def __init__(
        self,
        synchronizer: Synchronizer,
        brake: Brake,
        sources: Sequence[ScheduledSource],
        events: SyncEvents,
        clock: Clock | None = None,
    ) -> None:
        """`brake`: the progress that `synchronizer` was made with."""
        self._synchronizer = synchronizer
        self._brake = brake
        self._states = [_State(source) for source in sources]
        self._events = events
        self._clock = clock or MonotonicClock()
        self._turn = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._at_work = ""
        self._has_dropped = False

    async def run(self) -> None:
        """Sync until `stop`. Being cancelled loses nothing either, but leaves the documents in hand to a thread."""
        async with asyncio.TaskGroup() as tasks:
            following = [tasks.create_task(self._follow(state)) for state in self._states]
            await self._stopping.wait()
            async with self._turn:  # the sync at work ends between two steps
                for task in following:
                    task.cancel()

    def stop(self) -> None:
        """End `run` as soon as the few documents in hand are done. Call it on the event loop."""
        self._brake.pull()
        self._stopping.set()

    def request(self, source: str) -> bool:
        """Have a source synced as soon as may be, also where it waits to be tried again; False: none has that name.

        While it is being synced, that is once more afterwards. Call it on the event loop.
        """
        found = next((state for state in self._states if state.name == source), None)
        if found is None:
            return False
        found.asked = True
        found.due.set()
        self._tell_work(self._at_work)
        return True

    def _tell_work(self, at_work: str) -> None:
        self._at_work = at_work
        self._events.working(at_work, tuple(state.name for state in self._states if state.asked))

    async def _follow(self, state: _State) -> None:
        try:
            while not self._stopping.is_set():
                await self._keep_watching(state)
                pause = await self._sync(state)
                await self._clock.wait(state.due, pause)
        finally:
            if state.watching:
                state.watching.cancel()
                await asyncio.wait([state.watching])

    async def _keep_watching(self, state: _State) -> None:
        """Begin to watch the source before it is listed, so that no change falls between; or again, if that ended."""
        if state.watching and not state.watching.done():
            return
        if state.watching:
            state.watching.result()  # raises what nobody foresaw
        if isinstance(state.source.connector, WatchedSource):
            state.watching = asyncio.create_task(self._watch(state, state.source.connector))
            await asyncio.sleep(0)  # lets it begin

    async def _watch(self, state: _State, source: WatchedSource) -> None:
        try:
            async for _ in source.watch():
                state.due.set()
        except ConnectorError as error:
            self._note_once(state, "watching", f"{error.reason}. {error.remedy.removesuffix('.')}")

    async def _sync(self, state: _State) -> timedelta:
        """Sync a source when it is its turn, and return the pause until the next time."""
        async with self._turn:
            state.due.clear()
            asked, state.asked = state.asked, False
            self._tell_work(state.name)
            try:
                return await self._attempt(state, was_asked=asked)
            finally:
                self._tell_work("")

    async def _attempt(self, state: _State, *, was_asked: bool) -> timedelta:
        started = self._clock.now()
        try:
            report = await self._report(state)
        except SyncStopped:
            return state.source.every
        except SyncRunning as error:
            state.asked |= was_asked
            self._note_once(state, "skipped", f"this run is skipped: {error.reason}")
            return min(state.source.every, FIRST_RETRY)
        except (ConnectorError, PipelineError) as error:
            return self._failed(state, error)
        self._finished(state, report)
        return self._failed(state, report.error) if report.error else self._next(state, started)

    async def _report(self, state: _State) -> SourceReport:
        if not self._has_dropped:
            connectors = [other.source.connector for other in self._states]
            for dropped in await self._synchronizer.drop_unconfigured(connectors):
                self._events.dropped(dropped.source, dropped.deleted)
            self._has_dropped = True
        return await self._synchronizer.sync_one(state.source.connector)

    def _finished(self, state: _State, report: SourceReport) -> None:
        before, state.broken = state.broken, {issue.document_id: issue for issue in report.failed}
        new = tuple(issue for id_, issue in state.broken.items() if before.get(id_) != issue)
        mended = tuple(sorted(before.keys() - state.broken.keys()))
        state.notes.pop("skipped", None)
        self._events.finished(FinishedRun(report, new, mended))

    def _failed(self, state: _State, error: SyncError) -> timedelta:
        growing = min(FIRST_RETRY * (1 << min(state.failures_in_a_row, _MOST_DOUBLINGS)), LONGEST_RETRY)
        pause = growing if error.retryable else state.source.every
        state.failures_in_a_row += 1
        if state.failing is not type(error):
            self._events.failed(FailedRun(state.name, error, pause))
        state.failing = type(error)
        return pause

    def _next(self, state: _State, started: float) -> timedelta:
        """Return the pause after a run that did not fail: its interval counts from one start to the next."""
        if state.failing:
            self._events.recovered(state.name)
        state.failures_in_a_row, state.failing = 0, None
        every = state.source.every
        took = timedelta(seconds=self._clock.now() - started)
        if took > every:
            overrun = f"the sync took {written(took)}, and the next was due after {written(every)}: that one is skipped"
            self._events.noted(state.name, overrun)
        return every - took % every

    def _note_once(self, state: _State, subject: str, note: str) -> None:
        if state.notes.get(subject) != note:
            state.notes[subject] = note
            self._events.noted(state.name, note)
