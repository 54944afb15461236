"""Many visitors who ask at once: what they wait for, what the server holds, and how late its event loop is."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median
from time import perf_counter

from tests.benchmarks.clock import p95
from tests.benchmarks.page_asking import Asked, ask
from tests.benchmarks.page_process import Lag, Watched
from tests.benchmarks.report import Figure, progress
from tests.fakes.web import Browser

VISITORS = 100
_DIFFERENT = 20
"""Questions of the sample that they ask."""
_LOOK = 0.05
"""Seconds between two looks at the server's memory."""
_BARELY = f"{VISITORS} times the direct call"
_ALONE = "a loop with nothing to do, meanwhile"


@dataclass(frozen=True, slots=True)
class _Round:
    """What one round took; `seconds` to the last reply, `most` that the server held meanwhile in MB."""

    asked: Sequence[Asked]
    seconds: float
    most: float


@dataclass(frozen=True, slots=True)
class Crowds:
    """Rounds of visitors at a server; `bare` watches a loop that has nothing to do."""

    server: Watched
    bare: Watched
    questions: Sequence[str]

    def real(self, direct: float, rounds: int) -> list[Figure]:
        """Return the figures of a round with real answers, of which one takes `direct` ms when called barely.

        After `rounds` more the memory is looked at once more.
        """
        progress(f"{VISITORS} visitors ask at once")
        self._lags()
        before, one = self.server.resident, asyncio.run(self._round())
        ratio = 1000 * one.seconds / (VISITORS * direct)
        return [
            *_waits(f"{VISITORS} ask at once", one.asked),
            Figure("  all answered", one.seconds, "s", ratio=ratio, against=_BARELY),
            *self._lag_figures(),
            *self._memory(before, one),
            *self._later(before, [asyncio.run(self._round()) for _ in range(rounds)]),
        ]

    def replayed(self, rounds: int) -> list[Figure]:
        """Return the figures of rounds in which the answers themselves cost nothing: what is left is the page's."""
        progress(f"{VISITORS} visitors ask at once and are answered at once, {1 + rounds} times")
        asyncio.run(self._learn())
        self._lags()
        before, first = self.server.resident, asyncio.run(self._round())
        memory = self._memory(before, first)
        more = [asyncio.run(self._round()) for _ in range(rounds)]
        return [
            *_waits(
                f"{VISITORS} ask at once, answers that cost nothing", [asked for one in more for asked in one.asked]
            ),
            Figure("  all answered", median(one.seconds for one in more), "s"),
            *self._lag_figures(),
            *memory,
            *self._later(before, more),
        ]

    async def _learn(self) -> None:
        async with Browser(self.server.url) as browser:
            for question in self.questions[:_DIFFERENT]:
                await ask(browser, question)

    async def _round(self) -> _Round:
        """Have visitors ask, each somebody new."""
        questions = list(islice(cycle(self.questions[:_DIFFERENT]), VISITORS))
        async with AsyncExitStack() as stack:
            browsers = [await stack.enter_async_context(Browser(self.server.url)) for _ in questions]
            looking = asyncio.create_task(self._look())
            started = perf_counter()
            asked = await asyncio.gather(*map(ask, browsers, questions))
            seconds = perf_counter() - started
            looking.cancel()
            return _Round(asked, seconds, await looking)

    async def _look(self) -> float:
        """Return the most that the server held until this was cancelled."""
        most = self.server.resident
        try:
            while True:
                await asyncio.sleep(_LOOK)
                most = max(most, self.server.resident)
        except asyncio.CancelledError:
            return max(most, self.server.resident)

    def _lags(self) -> tuple[Lag, Lag]:
        """Return the server's lag and the bare one since this was last called."""
        return self.server.lag(), self.bare.lag()

    def _lag_figures(self) -> list[Figure]:
        server, bare = self._lags()
        return [
            Figure("  lag of the loop, p99", server.p99, ratio=server.p99 / bare.p99, against=_ALONE),
            Figure("  lag of the loop, the largest", server.max, ratio=server.max / bare.max, against=_ALONE),
        ]

    def _memory(self, before: float, one: _Round) -> list[Figure]:
        after = self.server.resident
        return [
            Figure("  memory before", before, "MB"),
            Figure("  memory meanwhile", one.most, "MB", ratio=one.most / before, against="before"),
            Figure("  memory after", after, "MB", ratio=after / before, against="before"),
        ]

    def _later(self, before: float, more: Sequence[_Round]) -> list[Figure]:
        after = self.server.resident
        named = f"  memory after {len(more)} more such rounds"
        return [Figure(named, after, "MB", ratio=after / before, against="before")]


def _waits(title: str, asked: Sequence[Asked]) -> list[Figure]:
    signs, replies = [one.sign for one in asked], [one.whole for one in asked]
    return [
        Figure(f"{title}: first sign", median(signs), p95=p95(signs)),
        Figure("  reply", median(replies), p95=p95(replies)),
    ]
