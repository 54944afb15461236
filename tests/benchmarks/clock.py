"""Measuring: milliseconds, taken in alternation, so that what else the machine does meets all sides alike."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from statistics import median, quantiles
from time import perf_counter
from typing import Any

Work = Callable[[], Any]
Samples = dict[str, list[float]]
"""Milliseconds by the name of what was measured."""


def milliseconds(work: Work) -> float:
    """Return how long `work` took."""
    started = perf_counter()
    work()
    return 1000 * (perf_counter() - started)


async def async_milliseconds(work: Callable[[], Awaitable[Any]]) -> float:
    """Return how long `work` took until it was awaited."""
    started = perf_counter()
    await work()
    return 1000 * (perf_counter() - started)


def alternate(works: Mapping[str, Work], rounds: int) -> Samples:
    """Return the milliseconds of each work: A B C, A B C, … after one round that does not count."""
    samples: Samples = {name: [] for name in works}
    for count in range(rounds + 1):
        for name, work in works.items():
            took = milliseconds(work)
            if count:
                samples[name].append(took)
    return samples


async def async_alternate(works: Mapping[str, Callable[[], Awaitable[Any]]], rounds: int) -> Samples:
    """Return the same of works that are awaited, each until its end."""
    samples: Samples = {name: [] for name in works}
    for count in range(rounds + 1):
        for name, work in works.items():
            took = await async_milliseconds(work)
            if count:
                samples[name].append(took)
    return samples


def p95(values: Sequence[float]) -> float:
    """Return the 95 % quantile."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


__all__ = ["Samples", "Work", "alternate", "async_alternate", "async_milliseconds", "median", "milliseconds", "p95"]
