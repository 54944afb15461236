"""The numbers of the page's plots: what is counted into which bin, and where on its axis a number stands.

Places on an axis are in percent of its length, so that a plot is as wide as the page lets it be.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5, 10)
_NEARLY = 1e-9  # what floating point may add
_BIN = 0.1
_LEAST_CERTAIN, _MOST_CERTAIN = -1.5, 2.5
"""What is less or more certain than this counts into the outermost bins: a few would make all others narrow."""

_AROUND_THRESHOLDS = 0.5  # on either side at least, so that what lies beyond a threshold has room

_RANKS = (1, 2, 3, 4, 5, 6, 11, 21, 51)
_TIME_BINS = 12
_COUNT_TICKS = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, in percent of it, and what stands there."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Return where a value stands, in percent; at the end that it lies beyond."""
        return round(min(100.0, max(0.0, 100 * (value - self.low) / (self.high - self.low))), 3)

    def ticks(self, most: int) -> list[Tick]:
        """Return ticks at round values, at most `most` and one more, each 1, 2, 2.5 or 5 times a power of ten apart."""
        step = _round_step((self.high - self.low) / most)
        first, last = ceil(self.low / step - _NEARLY), floor(self.high / step + _NEARLY)
        return [Tick(self.at(number * step), round(number * step, 9)) for number in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Bin:
    """How many lie from `low` up to and without `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar, in percent of it, with how many it stands for."""

    name: str
    start: float
    width: float
    count: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An answerable question: how certain its answer is (None: never one), and whether it quotes a right document."""

    certainty: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Point:
    """What answering from `threshold` on would give, as shares from 0 to 1.

    `right` and `other`: of the answerable questions, those answered from a right and from another document; `wrong`:
    of those that nothing answers, the ones answered all the same.
    """

    threshold: float
    right: float
    other: float
    wrong: float

    @property
    def answered(self) -> float:
        """Of the answerable questions all that are answered."""
        return self.right + self.other


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a plot of counts; `length` in percent of the axis."""

    label: str
    count: int
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts by label, on an axis from 0 on."""

    bars: Sequence[Bar]
    axis: Scale

    @property
    def total(self) -> int:
        """All that is counted."""
        return sum(bar.count for bar in self.bars)


def round_up_to(value: float, step: float) -> float:
    """Return the next multiple of `step`, at least one."""
    return round(max(1, ceil(value / step - _NEARLY)) * step, 9)


def counted(counts: Sequence[tuple[str, int]]) -> Bars:
    """Return a bar for each label with its count."""
    highest = max(1, *(count for _, count in counts))
    axis = Scale(0, round_up_to(highest, _round_step(highest / _COUNT_TICKS)))
    return Bars([Bar(label, count, axis.at(count)) for label, count in counts], axis)


def parts(counts: Iterable[tuple[str, int]]) -> list[Segment]:
    """Return the parts of a whole bar, one after the other; none for what there is nothing of."""
    known = [(name, count) for name, count in counts if count]
    total = sum(count for _, count in known)
    starts = [sum(count for _, count in known[:i]) for i in range(len(known))]
    return [
        Segment(name, 100 * start / total, 100 * count / total, count)
        for (name, count), start in zip(known, starts, strict=True)
    ]


def histogram(values: Sequence[float], edges: Sequence[float]) -> list[Bin]:
    """Count `values` between neighbouring `edges`; what lies outside counts into the outermost bins."""
    last = len(edges) - 2
    counts = Counter(min(last, max(0, bisect_right(edges, value) - 1)) for value in values)
    return [Bin(low, high, counts[i]) for i, (low, high) in enumerate(pairwise(edges))]


def certainty_edges(values: Sequence[float]) -> list[float]:
    """Return edges a tenth apart around at least one certainty; 0 and 1, the thresholds, are always among them."""
    low = max(_LEAST_CERTAIN, min(-_AROUND_THRESHOLDS, *values))
    high = min(_MOST_CERTAIN, max(1 + _AROUND_THRESHOLDS, *values))
    first, last = floor(low / _BIN + _NEARLY), ceil(high / _BIN - _NEARLY)
    return [round(number * _BIN, 9) for number in range(first, last + 1)]


def time_edges(values: Sequence[float]) -> list[float]:
    """Return edges from 0 on, at round milliseconds; the slowest fortieth of at least one has no further ones."""
    usual = sorted(values)[int(0.975 * (len(values) - 1))]
    step = _round_step(usual / _TIME_BINS) if usual > 0 else 1.0
    return [round(number * step, 9) for number in range(floor(usual / step) + 2)]


def rank_counts(ranks: Iterable[int | None]) -> list[tuple[str, int]]:
    """Count ranks: each of the first five alone, then 6 to 10, to 20, to 50, beyond; and last how many have none."""
    counts = Counter(bisect_right(_RANKS, rank) - 1 if rank else None for rank in ranks)
    spans = zip(_RANKS, (*_RANKS[1:], None), strict=True)
    return [*((_span(*span), counts[i]) for i, span in enumerate(spans)), ("not found", counts[None])]


def _span(low: int, beyond: int | None) -> str:
    if beyond is None:
        return f"{low}+"
    return str(low) if beyond == low + 1 else f"{low}\N{EN DASH}{beyond - 1}"


class TradeOff:
    """What each threshold on certainty would give."""

    def __init__(self, answerable: Sequence[Judged], unanswerable: Sequence[float | None]) -> None:
        """`answerable`: at least one; `unanswerable`: at least one certainty, None: never answered."""
        self._answerable, self._unanswerable = len(answerable), len(unanswerable)
        self._right = sorted(one.certainty for one in answerable if one.right and one.certainty is not None)
        self._other = sorted(one.certainty for one in answerable if not one.right and one.certainty is not None)
        self._wrong = sorted(certainty for certainty in unanswerable if certainty is not None)

    def at(self, threshold: float) -> Point:
        """Return what answering from `threshold` on gives."""
        return Point(
            threshold,
            right=_reaching(self._right, threshold) / self._answerable,
            other=_reaching(self._other, threshold) / self._answerable,
            wrong=_reaching(self._wrong, threshold) / self._unanswerable,
        )

    def points(self) -> list[Point]:
        """Return what every certainty that any question has gives as a threshold, the strictest first.

        The first point is that of a threshold that nothing reaches.
        """
        known = {*self._right, *self._other, *self._wrong}
        return [self.at(threshold) for threshold in (float("inf"), *sorted(known, reverse=True))]


def best_within(points: Sequence[Point], share: float) -> Point:
    """Return the least strict of a trade-off's points that lets at most this share of wrong answers through."""
    return max((point for point in points if point.wrong <= share + _NEARLY), key=lambda point: point.answered)


def staircase(places: Sequence[tuple[float, float]]) -> str:
    """Return an SVG path along places in percent (x, y from below), each reached by going right and then up."""
    (x, y), *further = places
    along = "".join(f"H{x:g}V{100 - y:g}" for x, y in further)
    return f"M{x:g} {100 - y:g}{along}"


def _reaching(ordered: Sequence[float], threshold: float) -> int:
    return len(ordered) - bisect_left(ordered, threshold)


def _round_step(least: float) -> float:
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - _NEARLY))
