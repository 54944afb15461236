"""Whoever follows the syncs of a server sees what they do, and the log has it too."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from threading import get_ident

import pytest
from structlog.testing import capture_logs

from bot.index.sync_watch import MOST_NEWS, SyncWatch
from bot.knowledge import SyncState
from connectors.errors import SourceUnavailable
from pipelines.sync.schedule import FailedRun, FinishedRun
from pipelines.sync.synchronizer import SourceReport

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
async def watch() -> SyncWatch:
    return SyncWatch(lambda: NOON)


@pytest.fixture
async def states(watch: SyncWatch) -> AsyncIterator[AsyncIterator[SyncState]]:
    """What a follower gets that has seen the beginning."""
    async with aclosing(watch.follow(0)) as following:
        await anext(following)
        yield following


async def test_follower_sees_a_sync_go_on(watch: SyncWatch, states: AsyncIterator[SyncState]) -> None:
    """What is at work, how far it is, what waits, and that it is over."""
    watch.working("wiki", ("hr",))
    watch.source("wiki")
    seen = [await anext(states)]
    for done, remaining in ((0, None), (4, 8), (12, 0)):
        watch.documents(done, remaining)
        seen.append(await anext(states))
    watch.working("", ("hr",))
    seen.append(await anext(states))
    assert [(s.source, s.done, s.total, s.waiting) for s in seen] == [
        ("wiki", None, None, ("hr",)),
        ("wiki", 0, None, ("hr",)),
        ("wiki", 4, 12, ("hr",)),
        ("wiki", 12, 12, ("hr",)),
        ("", None, None, ("hr",)),
    ]


async def test_follower_waits_for_news(watch: SyncWatch, states: AsyncIterator[SyncState]) -> None:
    """It is woken by the next change, and by nothing that changes nothing."""
    following = asyncio.ensure_future(anext(states))
    await asyncio.sleep(0)
    watch.working("", ())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not following.done()
    watch.working("wiki", ())
    assert (await following).source == "wiki"


async def test_slow_follower_gets_the_newest_state(watch: SyncWatch, states: AsyncIterator[SyncState]) -> None:
    """And not each one before it; all that happened is in it."""
    watch.working("wiki", ())
    for done in range(100):
        watch.documents(done, 100 - done)
    watch.recovered("wiki")
    state = await anext(states)
    assert (state.done, state.total, len(state.news)) == (99, 100, 1)
    watch.working("", ())
    assert (await anext(states)).number == state.number + 1


async def test_all_followers_see_it(watch: SyncWatch) -> None:
    """Each from where it was; one that has seen the newest state waits."""
    first = await anext(watch.follow(0))
    following = [asyncio.ensure_future(anext(watch.follow(first.number))) for _ in range(3)]
    await asyncio.sleep(0)
    watch.working("wiki", ())
    assert {state.source for state in await asyncio.gather(*following)} == {"wiki"}


@pytest.mark.parametrize("later", [timedelta(seconds=9), timedelta(seconds=-9)])
async def test_follower_of_before_a_restart_sees_what_is_now(watch: SyncWatch, later: timedelta) -> None:
    """Whatever number it saw last, and also where the clock was set back: it never waits for a number of the past."""
    watch.working("wiki", ())
    seen = await anext(watch.follow(0))
    restarted = SyncWatch(lambda: NOON + later)
    following = asyncio.ensure_future(anext(restarted.follow(seen.number)))
    await asyncio.sleep(0)
    assert following.done()
    assert following.result() == SyncState(number=following.result().number)


async def test_calibration_may_be_told_from_a_thread() -> None:
    """As it is in a sync; all that follows from it is done on the event loop, once a run."""
    threads = set()

    def now() -> datetime:
        threads.add(get_ident())
        return NOON

    watch = SyncWatch(now)
    for run in (1, 2):
        watch.working("wiki", ())
        for done in (16, 32):
            await asyncio.to_thread(watch.calibration, done, 200)
        watch.working("", ())
        news = (await anext(watch.follow(0))).news
        assert ["calibrated anew" in one.text for one in news] == [True] * run
    assert threads == {get_ident()}


async def test_news_are_bounded(watch: SyncWatch, states: AsyncIterator[SyncState]) -> None:
    """The latest ones are kept, oldest first, with when they were."""
    for number in range(MOST_NEWS + 5):
        watch.noted("wiki", f"note {number}")
    news = (await anext(states)).news
    assert [(one.source, one.text) for one in news] == [("wiki", f"Note {n}.") for n in range(5, MOST_NEWS + 5)]
    assert {one.at for one in news} == {NOON}


async def test_what_happens_is_news(watch: SyncWatch, states: AsyncIterator[SyncState]) -> None:
    """Each thing once: a source that has nothing new is told of after the start alone."""
    for report in (SourceReport("wiki", unchanged=3, unreadable=1),) * 2:
        watch.finished(FinishedRun(report))
    watch.failed(FailedRun("wiki", SourceUnavailable("wiki", "it is down", "Start it."), timedelta(minutes=1)))
    watch.recovered("wiki")
    watch.dropped("old", 3)
    watch.noted("hr", "this run is skipped")
    news = (await anext(states)).news
    assert [(one.source, one.level, one.text.split()[0]) for one in news] == [
        ("wiki", "info", "Synced,"),
        ("wiki", "warning", "Nobody"),
        ("wiki", "error", "The"),
        ("wiki", "info", "The"),
        ("old", "info", "This"),
        ("hr", "warning", "This"),
    ]


async def test_what_happens_is_logged(watch: SyncWatch) -> None:
    """With the source and the facts, for whoever runs the server without looking at the page."""
    with capture_logs() as logged:
        watch.working("wiki", ())
        watch.documents(4, 0)
        watch.finished(FinishedRun(SourceReport("wiki", added=4, seconds=1.0)))
        watch.failed(FailedRun("wiki", SourceUnavailable("wiki", "it is down", "Start it."), timedelta(minutes=1)))
        watch.recovered("wiki")
    again = {"reason": "it is down", "remedy": "Start it.", "tried_again_in": "1m"}
    assert logged == [
        {"event": "source_synced", "log_level": "info", "source": "wiki", "added": 4, "seconds": 1.0, "unchanged": 0},
        {"event": "source_failed", "log_level": "error", "source": "wiki", **again},
        {"event": "source_recovered", "log_level": "info", "source": "wiki"},
    ]


def test_it_is_made_on_the_event_loop() -> None:
    """Elsewhere it fails at once, and not when the first thread tells it something."""
    with pytest.raises(RuntimeError, match="no running event loop"):
        SyncWatch()
