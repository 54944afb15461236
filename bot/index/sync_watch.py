"""`SyncWatch`: what the scheduled syncs inside a server are doing, for whoever follows them, and for the log."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.index import sync_news
from bot.index.sync_news import Happening
from bot.knowledge import SyncNews, SyncState
from pipelines.sync.schedule import FailedRun, FinishedRun

_log = structlog.get_logger(__name__)

MOST_NEWS = 50
"""Some two screens of lines; all that ever happened stands in the log."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SyncWatch:
    """The `Progress` and the `SyncEvents` of a `ScheduledSync`, kept as one `SyncState`.

    All is told on the event loop but `calibration`, which may come from any thread. Followers get the newest state;
    one that is slow misses those between.
    """

    def __init__(self, now: Callable[[], datetime] = _utc_now) -> None:
        """Make it on the event loop. Numbers begin with the time, so that they go on growing after a restart."""
        self._loop = asyncio.get_running_loop()
        self._now = now
        self._state = SyncState(number=round(now().timestamp() * 1000))
        self._changed = asyncio.Event()
        self._unreadable: dict[str, int] = {}
        self._is_calibrating = False

    async def follow(self, after: int) -> AsyncGenerator[SyncState, None]:
        """Yield the newest state whenever it is another one than number `after`, or than the one before; no end."""
        while True:
            if self._state.number == after:
                await self._changed.wait()
            newest = self._state
            after = newest.number
            yield newest

    # Progress

    def source(self, name: str) -> None:
        """A source is being listed."""
        self._change(source=name, done=None, total=None)

    def documents(self, done: int, remaining: int | None) -> None:
        """So many of its documents are done, and so many are still to come, where that is known."""
        self._change(done=done, total=None if remaining is None else done + remaining)

    def calibration(self, done: int, total: int) -> None:
        """So many of the calibration's sentences have been embedded; any thread may tell it."""
        self._loop.call_soon_threadsafe(self._calibrating)

    def _calibrating(self) -> None:
        if not self._is_calibrating and self._state.source:
            self._is_calibrating = True
            self._tell(self._state.source, [sync_news.calibrating()])

    # SyncEvents

    def working(self, source: str, waiting: tuple[str, ...]) -> None:
        """`source` is at work now, none where it is ""; `waiting` were asked for and have not begun."""
        if source == self._state.source:
            self._change(waiting=waiting)
        else:
            self._is_calibrating = False
            self._change(source=source, done=None, total=None, waiting=waiting)

    def finished(self, run: FinishedRun) -> None:
        """A source was synced as far as it could be."""
        source = run.report.source
        happened = list(sync_news.finished(run, self._unreadable.get(source)))
        self._unreadable[source] = run.report.unreadable
        self._tell(source, happened)

    def failed(self, run: FailedRun) -> None:
        """A source fails that did not before, or for another kind of reason."""
        self._tell(run.source, [sync_news.failed(run)])

    def dropped(self, source: str, documents: int) -> None:
        """So many documents were removed with a source that is no longer configured."""
        self._tell(source, [sync_news.dropped(documents)])

    def recovered(self, source: str) -> None:
        """A source that failed was synced."""
        self._tell(source, [sync_news.recovered()])

    def noted(self, source: str, note: str) -> None:
        """Something else that an administrator may want to know."""
        self._tell(source, [sync_news.noted(note)])

    def _tell(self, source: str, happened: Iterable[Happening]) -> None:
        news = list(self._state.news)
        for one in happened:
            news.append(SyncNews(self._now(), source, one.level, one.sentence))
            getattr(_log, one.level)(one.event, source=source, **one.facts)
        self._change(news=tuple(news[-MOST_NEWS:]))

    def _change(self, **fields: Any) -> None:  # noqa: ANN401 - fields of a `SyncState`
        """Let followers know, if something differs."""
        changed = replace(self._state, **fields)
        if changed == self._state:
            return
        self._state = replace(changed, number=self._state.number + 1)
        self._changed.set()
        self._changed = asyncio.Event()  # who waits for the next change must not find it set
