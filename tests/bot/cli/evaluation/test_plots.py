"""The numbers of the plots: counted right, and standing where an axis says."""

import pytest

from bot.cli.evaluation.page.plots import (
    Judged,
    Scale,
    TradeOff,
    best_within,
    certainty_edges,
    counted,
    histogram,
    parts,
    rank_counts,
    round_up_to,
    staircase,
    time_edges,
)

DASH = "\N{EN DASH}"


def test_values_stand_in_percent_of_their_axis() -> None:
    """What lies beyond an end stands at it."""
    scale = Scale(-1, 3)
    assert [scale.at(value) for value in (-2, -1, 0, 1, 3, 9)] == [0, 0, 25, 50, 100, 100]


@pytest.mark.parametrize(
    ("scale", "most", "values"),
    [
        (Scale(0, 0.2), 4, [0, 0.05, 0.1, 0.15, 0.2]),
        (Scale(0, 1), 5, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (Scale(0, 160), 4, [0, 50, 100, 150]),
        (Scale(-0.7, 1.5), 6, [-0.5, 0, 0.5, 1, 1.5]),
        (Scale(0, 3), 4, [0, 1, 2, 3]),
    ],
)
def test_ticks_are_round(scale: Scale, most: int, values: list[float]) -> None:
    """People read 0, 50, 100, and no 0, 53.3, 106.7."""
    ticks = scale.ticks(most)
    assert [tick.value for tick in ticks] == values
    assert [tick.at for tick in ticks] == [scale.at(value) for value in values]


def test_axis_ends_at_a_round_value() -> None:
    """At the next one up, and never at 0."""
    assert [round_up_to(value, 0.05) for value in (0, 0.05, 0.051, 0.2)] == [0.05, 0.05, 0.1, 0.2]


def test_parts_fill_a_bar() -> None:
    """In their order, without those that nothing is counted for."""
    shown = [(part.name, part.start, part.width, part.count) for part in parts([("a", 1), ("b", 0), ("c", 3)])]
    assert shown == [("a", 0, 25, 1), ("c", 25, 75, 3)]


def test_longest_bar_stays_on_its_axis() -> None:
    """Also where there is nothing to count."""
    bars = counted([("first", 119), ("second", 27)])
    assert (bars.total, bars.axis.high) == (146, 150)
    assert [bar.length for bar in bars.bars] == [pytest.approx(79.333), 18]
    assert counted([("first", 0), ("second", 0)]).bars[0].length == 0


def test_histogram_counts_each_value_once() -> None:
    """An edge belongs to the bin above it; what lies outside counts into the outermost bins."""
    bins = histogram([-5, 0, 0.99, 1, 1.5, 2, 7], [0, 1, 2])
    assert [(one.low, one.high, one.count) for one in bins] == [(0, 1, 3), (1, 2, 4)]


@pytest.mark.parametrize("values", [[0.2], [-9.0, 9.0], [-0.83, 1.16], [1.5]])
def test_thresholds_are_edges(values: list[float]) -> None:
    """No bin holds answers of two outcomes; a few extremes don't make all others narrow."""
    edges = certainty_edges(values)
    assert {0.0, 1.0} <= set(edges)
    assert edges[0] <= -0.5
    assert edges[-1] >= 1.5
    assert len(edges) <= 42


def test_times_begin_at_nothing() -> None:
    """A single slow one does not squeeze all others into one bin."""
    edges = time_edges([*range(100, 140), 9000])
    assert edges[:2] == [0, 20]
    assert edges[-1] == 140
    assert histogram([9000], edges)[-1].count == 1
    assert time_edges([0.0]) == [0, 1]


def test_ranks_are_told_finely_where_it_matters() -> None:
    """One by one to five, then in steps; what was not found last."""
    ranks = [1, 1, 5, 6, 10, 11, 20, 21, 50, 51, 900, None]
    assert rank_counts(ranks) == [
        ("1", 2),
        ("2", 0),
        ("3", 0),
        ("4", 0),
        ("5", 1),
        (f"6{DASH}10", 2),
        (f"11{DASH}20", 2),
        (f"21{DASH}50", 2),
        ("51+", 2),
        ("not found", 1),
    ]


@pytest.fixture
def curve() -> TradeOff:
    answerable = [Judged(1.2, True), Judged(1.0, False), Judged(0.5, True), Judged(None, True)]
    return TradeOff(answerable, [1.1, 0.5, 0.1, None])


def test_threshold_in_force_gives_what_was_answered(curve: TradeOff) -> None:
    """Who reaches it is answered; what a rule holds back is not, and counts all the same."""
    point = curve.at(1)
    assert (point.right, point.other, point.answered, point.wrong) == (0.25, 0.25, 0.5, 0.25)


def test_curve_climbs_from_nothing(curve: TradeOff) -> None:
    """Each lower threshold answers as much or more, of both kinds."""
    points = curve.points()
    assert [point.threshold for point in points] == [float("inf"), 1.2, 1.1, 1.0, 0.5, 0.1]
    assert [point.answered for point in points] == [0, 0.25, 0.25, 0.5, 0.75, 0.75]
    assert [point.wrong for point in points] == [0, 0, 0.25, 0.25, 0.5, 0.75]


def test_best_threshold_keeps_within_what_may_be_wrong(curve: TradeOff) -> None:
    """The most answers that so many wrong ones buy."""
    best = [best_within(curve.points(), share) for share in (0, 0.25, 0.3, 1)]
    assert [(point.threshold, point.answered) for point in best] == [(1.2, 0.25), (1.0, 0.5), (1.0, 0.5), (0.5, 0.75)]


def test_curve_is_drawn_in_steps() -> None:
    """To the right, then up: no threshold lies between two questions."""
    assert staircase([(0, 0), (0, 25), (50, 75)]) == "M0 100H0V75H50V25"
