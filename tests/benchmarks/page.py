"""The page: how soon an asker sees something, what the page weighs, and how the server bears a crowd.

The server runs in a process of its own, on the sample without its sources (so that no sync runs meanwhile); askers
are this process, over HTTP, and a Chromium.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot import bootstrap
from tests.benchmarks.clock import Samples, p95
from tests.benchmarks.page_asking import (
    DIRECT_TEXT,
    DIRECT_WHOLE,
    EMPTY,
    SIGN,
    TAKEN,
    TEXT,
    WHOLE,
    alternating,
)
from tests.benchmarks.page_browser import in_browser
from tests.benchmarks.page_company import Company, prepare
from tests.benchmarks.page_crowd import Crowds
from tests.benchmarks.page_process import Watched, watched
from tests.benchmarks.page_reading import reading
from tests.benchmarks.page_server import REPLAYED
from tests.benchmarks.report import Figure, Section, machine, progress
from tests.benchmarks.sample import Sample

_SERVER, _BARE = "tests.benchmarks.page_server", "tests.benchmarks.loop_lag"
_AGAINST = {TAKEN: EMPTY, SIGN: EMPTY, TEXT: DIRECT_TEXT, WHOLE: DIRECT_WHOLE}


@dataclass(frozen=True, slots=True)
class _Extent:
    """How much is done."""

    questions: int
    rounds: int
    visits: int
    real_crowds: int
    crowds: int
    readings: int


_FULL, _QUICK = _Extent(20, 3, 7, 4, 10, 10), _Extent(5, 1, 3, 1, 2, 2)


def measure(sample: Sample, quick: bool) -> Section:
    """Return the figures of one visitor, of a crowd with real answers, and of one whose answers cost nothing."""
    extent = _QUICK if quick else _FULL
    company, load = prepare(sample), machine()["load"]
    folder = str(company.settings.data_folder)
    with watched(_BARE) as bare, watched(_SERVER, folder) as server:
        samples = _one_visitor(server, company, sample.questions[: extent.questions], extent.rounds)
        figures = [_compared(samples, name) for name in samples]
        figures += _browser(server, sample.questions[: extent.visits])
        figures += Crowds(server, bare, sample.questions).real(median(samples[DIRECT_WHOLE]), extent.real_crowds)
    with watched(_BARE) as bare, watched(_SERVER, folder, REPLAYED) as server:
        figures += Crowds(server, bare, sample.questions).replayed(extent.crowds)
        figures += _readings(server, bare, company, extent.readings)
    return Section("page", f"The page (load {load} before, {machine()['load']} after)", figures)


def _one_visitor(server: Watched, company: Company, questions: Sequence[str], rounds: int) -> Samples:
    progress(f"asking {len(questions)} questions over HTTP {rounds} times")
    answering = bootstrap.build_answering(company.settings, bootstrap.build_store(company.settings))
    return asyncio.run(alternating(server.url, answering, questions, rounds))


def _compared(samples: Samples, name: str) -> Figure:
    against = _AGAINST.get(name, "")
    ratio = median(samples[name]) / median(samples[against]) if against else None
    return Figure(name, median(samples[name]), p95=p95(samples[name]), ratio=ratio, against=against)


def _browser(server: Watched, questions: Sequence[str]) -> list[Figure]:
    progress(f"asking {len(questions)} questions in a browser")
    return in_browser(server.url, questions)


def _readings(server: Watched, bare: Watched, company: Company, rounds: int) -> list[Figure]:
    progress(f"reading a long thread and a large document {rounds} times")
    server.lag(), bare.lag()
    figures = asyncio.run(reading(server.url, company, rounds))
    lag = server.lag()
    ratio = lag.max / bare.lag().max
    return [
        *figures,
        Figure("  lag of the loop, the largest", lag.max, ratio=ratio, against="a loop with nothing to do"),
    ]
