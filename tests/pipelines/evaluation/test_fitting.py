"""Thresholds from questions with known answers, and when they are kept."""

import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.calibration import Fit, Thresholds
from pipelines.evaluation.answers import GivenAnswer, QuotedSection
from pipelines.evaluation.answers_report import AnswersReport
from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.fitting import (
    FEWEST_QUESTIONS,
    UNFITTED,
    WRONG,
    Bounds,
    LabelledQuestion,
    curve,
    fit_on,
    fitted,
    halves,
    labelled,
    shares,
    trial,
)
from pipelines.settings import Strictness

_MADE: dict[str, Any] = {
    "dataset": "own",
    "questions": 40,
    "made_on": "2026-01-05",
    "size": {"chunks": 7, "written": 7},
}
_STRICTNESSES: tuple[Strictness, ...] = ("careful", "balanced")
_CERTAINTIES = st.lists(st.floats(-3, 3).map(lambda value: round(value, 2)), min_size=19, max_size=120)
_TOO_STRICT = [(0.8 + 0.001 * n, 0.2 + 0.001 * n) for n in range(40)]
"""Certainties of questions that unfitted thresholds answer none of, and of their near misses, well below."""


def _questions(pairs: Sequence[tuple[float | None, float | None]], *, is_right: bool = True) -> list[LabelledQuestion]:
    """Return questions with these certainties, with and without their documents."""
    return [LabelledQuestion(f"q{n:03}", *pair, is_right) for n, pair in enumerate(pairs)]


def _near_misses(*certainties: float | None) -> list[LabelledQuestion]:
    return _questions([(1.0, certainty) for certainty in certainties])


def _passing(values: Sequence[float], strictness: Strictness) -> int:
    """Return how many near misses reach the threshold that is made of all others."""
    others = [_near_misses(*values[:n], *values[n + 1 :]) for n in range(len(values))]
    return sum(value >= fitted(rest, strictness).high for value, rest in zip(values, others, strict=True))


def test_threshold_by_hand() -> None:
    """⌈20 · .95⌉ = 19: of 19 near misses the highest; ⌈20 · .9⌉ = 18: the second. It lies just above that one."""
    questions = _near_misses(*(n / 10 for n in range(19)))
    careful, balanced = fitted(questions, "careful").high, fitted(questions, "balanced").high
    assert [careful, balanced] == pytest.approx([1.8, 1.7])
    assert careful > 1.8
    assert 1.7 < balanced < 1.8


def test_threshold_keeps_above_its_near_miss_when_thresholds_are_moved() -> None:
    """What rounding does to a cosine does not make an answer of the near miss that the threshold is made of."""
    thresholds = Thresholds(0.83, 0.71, 0.37)
    for nearness in (0.37 + n * 0.013 for n in range(60)):
        highest = thresholds.certainty(nearness, "careful")
        high = fitted(_near_misses(*[0.0] * 18, highest), "careful").high
        moved = thresholds.moved(Fit(high, high, 0.0, **_MADE))
        assert moved.certainty(nearness, "careful") < 1


@given(_CERTAINTIES, st.sampled_from(_STRICTNESSES))
@settings(max_examples=60, deadline=None)
def test_further_near_misses_pass_no_more_often_than_promised(values: list[float], strictness: Strictness) -> None:
    """Which one comes last is chance. Each in turn, against the threshold made of all others: that is exact."""
    assert _passing(values, strictness) <= WRONG[strictness] * len(values) + 1e-9


def test_without_ties_as_many_pass_as_promised() -> None:
    """It is no stricter than it has to be: of 40 exactly 2 and 4 pass."""
    values = [n / 40 for n in range(40)]
    assert [_passing(values, strictness) for strictness in _STRICTNESSES] == [2, 4]


def test_equal_near_misses_do_not_pass() -> None:
    """Where all come equally near, none is an answer; whatever comes nearer is."""
    high = fitted(_near_misses(*[0.5] * 40), "careful").high
    assert 0.5 < high < 0.500001


def test_near_miss_for_which_nothing_was_found_counts_as_far_off() -> None:
    """It makes the threshold no stricter, and counts among those that do not pass."""
    questions = _near_misses(*[None] * 20, *(n / 20 for n in range(20)))
    # ⌈41 · .95⌉ = 39 of 40: the second highest.
    assert fitted(questions, "careful").high == pytest.approx(0.9)


def test_too_few_near_misses_promise_nothing() -> None:
    """Of 18 a nineteenth may be the highest once in nineteen times, which is more than 5 %: nothing is an answer."""
    assert fitted(_near_misses(*[0.0] * 18), "careful").high == math.inf
    assert fitted(_near_misses(*[0.0] * 19), "careful").high < math.inf


def test_low_threshold_by_hand() -> None:
    """At most 5 % of the questions with an answer are "not found": of 19 none below the lowest, which is kept."""
    bounds = fitted(_questions([(n / 10, 5.0) for n in range(-4, 15)]), "careful")
    assert bounds.low == pytest.approx(-0.4)
    assert bounds.outcome(-0.4) == "closest"
    assert bounds.outcome(-0.41) == "not_found"


def test_low_threshold_is_never_above_the_high_one() -> None:
    """Where all answers are more certain than all near misses, "closest" is left out, and nothing is both."""
    bounds = fitted(_questions([(2.0, 0.0)] * 19), "careful")
    assert bounds.low == bounds.high < 0.1


def test_answer_that_nothing_finds_uses_up_the_share_of_not_found() -> None:
    """It is told "not found" wherever the threshold lies."""
    bounds = fitted(_questions([(None, 0.0), *((n / 38, 0.0) for n in range(38))]), "careful")
    # 5 % of 39 and one more are 2: the one that nothing finds, and none below the least certain of the others.
    assert bounds.low <= 0
    assert bounds.outcome(None) == "not_found"


@pytest.mark.parametrize(
    ("certainty", "outcome"),
    [(None, "not_found"), (-0.01, "not_found"), (0.0, "closest"), (0.99, "closest"), (1.0, "answered")],
)
def test_outcome(certainty: float | None, outcome: str) -> None:
    """As people are told it: each threshold belongs to what is above it."""
    assert UNFITTED.outcome(certainty) == outcome


def test_halves_are_always_the_same_and_have_nothing_in_common() -> None:
    """In whatever order the questions come: running it again shows the same figures."""
    questions = _near_misses(*(n / 41 for n in range(41)))
    first, second = halves(questions)
    assert (first, second) == halves(list(reversed(questions)))
    assert (len(first), len(second)) == (20, 21)
    assert sorted(one.id for one in (*first, *second)) == [one.id for one in questions]
    assert [one.id for one in first] != [f"q{n:03}" for n in range(20)]


def test_shares_by_hand() -> None:
    """Of two questions one is answered, one not found, and one of two near misses is answered: (1 + 0 - 1 + 0) / 4."""
    found = shares(_questions([(1.2, 1.1), (-0.5, 0.5)]), UNFITTED)
    assert (found.answered, found.closest, found.not_found, found.wrongly_answered) == (0.5, 0, 0.5, 0.5)
    assert found.worth == 0


def test_answer_from_another_document_misleads() -> None:
    """It is worth -1, and as the closest nothing."""
    assert shares(_questions([(1.2, 0.0)], is_right=False), UNFITTED).worth == -0.5
    assert shares(_questions([(0.5, 0.0)], is_right=False), UNFITTED).worth == 0


def test_trial_by_hand() -> None:
    """A closest that becomes an answer gains half a point, of which the near miss has half."""
    found = trial(_questions([(0.8, 0.2)] * 4), UNFITTED, Bounds(0.7, 0.0))
    assert (found.questions, found.before.worth, found.after.worth) == (4, 0.25, 0.5)
    assert (found.difference, found.interval) == (0.25, (0.25, 0.25))
    assert found.is_won


@pytest.mark.parametrize("after", [UNFITTED, Bounds(1.5, 0.0)], ids=["the same", "too strict"])
def test_trial_is_not_won_without_a_gain(after: Bounds) -> None:
    """What is in force stays, unless the fit is worth more."""
    assert not trial(_questions([(1.2, 0.2)] * 4), UNFITTED, after).is_won


def test_fit_is_tried_on_questions_that_it_was_not_made_from() -> None:
    """Too strict thresholds lose to fitted ones, and what is kept is fitted to all."""
    questions = _questions(_TOO_STRICT)
    fitting = fit_on(questions, None, _MADE)
    assert fitting.trial.is_won
    assert fitting.trial.questions == len(halves(questions)[1]) == FEWEST_QUESTIONS / 2
    assert (fitting.trial.before.answered, fitting.trial.after.answered) == (0, 1)
    # ⌈41 · .95⌉ = 39 and ⌈41 · .9⌉ = 37 of 40
    assert fitting.fit.careful == pytest.approx(0.238)
    assert fitting.fit.balanced == pytest.approx(0.236)
    assert (fitting.fit.dataset, fitting.fit.made_on) == ("own", "2026-01-05")


def test_fit_that_repeats_what_is_in_force_is_not_kept() -> None:
    """Fitted a second time to the same questions nothing is gained."""
    questions = _questions(_TOO_STRICT)
    again = fit_on(questions, fit_on(questions, None, _MADE).fit, _MADE)
    assert again.trial.before.answered == 1
    assert not again.trial.is_won


def test_fit_that_helps_only_its_own_half_is_not_kept() -> None:
    """On the other half nearly all near misses are as certain as the answers, so that answering misleads."""
    first, _ = halves(_questions(_TOO_STRICT))
    lucky = {one.id for one in first}
    pairs = [(0.8, 0.2 if one.id in lucky else 0.9) for one in _questions(_TOO_STRICT)]
    fitting = fit_on(_questions(pairs), None, _MADE)
    assert fitting.trial.after.wrongly_answered == 1
    assert not fitting.trial.is_won


def test_balanced_answers_at_least_as_much_as_careful() -> None:
    """And nothing that either would answer is "not found"."""
    for pairs in (_TOO_STRICT, [(n / 20, n / 30) for n in range(40)]):
        fit = fit_on(_questions(pairs), None, _MADE).fit
        assert fit.low <= fit.balanced < fit.careful


@given(st.lists(st.tuples(st.floats(-2, 3), st.floats(-2, 3)), min_size=40, max_size=120))
@settings(max_examples=60, deadline=None)
def test_curve_never_falls(pairs: list[tuple[float, float]]) -> None:
    """Who lets more near misses through answers no less."""
    found = curve(_questions(pairs))
    assert list(found) == sorted(found)
    assert list(found.values()) == sorted(found.values())
    assert all(0 <= share <= 1 for share in found.values())


def test_curve_leaves_out_what_so_few_questions_can_not_promise() -> None:
    """1 % wants 99 near misses, 2 % wants 49."""
    assert next(iter(curve(_near_misses(*[0.0] * 99)))) == 0.01
    assert next(iter(curve(_near_misses(*[0.0] * 98)))) == 0.02
    assert next(iter(curve(_near_misses(*[0.0] * 48)))) == 0.05


_QUERIES = tuple(Query(name, f"Question {name}?") for name in ("quoted", "beside", "first", "second", "free"))
_DATASET = Dataset("own", (), _QUERIES, {query.id: {"right": 1} for query in _QUERIES[:4]}, {})


def _given(query: Query, *named: str, quotes: bool = True, certainty: float | None = 1.2) -> GivenAnswer:
    quoted = (QuotedSection(named[0], frozenset(), "Title", 1, "Text."),) if quotes else ()
    return GivenAnswer(query, "answered" if quotes else "not_found", certainty, quoted, named, 10.0)


def test_questions_are_labelled_by_what_they_quote_or_would() -> None:
    """Offered beside a wrong quote is not enough; where nothing is quoted it would be what is named first."""
    quoted, beside, first, second, free = _QUERIES
    asked = [
        _given(quoted, "right"),
        _given(beside, "other", "right"),
        _given(first, "right", "other", quotes=False),
        _given(second, "other", "right", quotes=False),
        _given(free, "other"),
    ]
    left_out = [_given(query, "other", certainty=None) for query in (second, first, beside, quoted)]
    found = labelled(AnswersReport(_DATASET, asked, left_out))
    assert [(one.id, one.is_right) for one in found] == [
        ("quoted", True),
        ("beside", False),
        ("first", True),
        ("second", False),
    ]
    assert {(one.answerable, one.near_miss) for one in found} == {(1.2, None)}
