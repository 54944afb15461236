"""Thresholds from questions whose answers are known, kept where they win on questions they were not made from.

Where an answer begins is set as split conformal prediction does it (Vovk et al. 2005; Angelopoulos and Bates 2021,
arXiv 2107.07511): as near misses serve the questions with their answers taken away, and the threshold is the
⌈(n + 1) · .95⌉-th of their certainties. Of further near misses at most 5 % then pass for an answer on average, however
few there were to fit on.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from pipelines.calibration import Fit
from pipelines.evaluation.answers import GivenAnswer
from pipelines.evaluation.answers_report import AnswersReport
from pipelines.evaluation.dataset import Dataset
from pipelines.evaluation.judgement import cites_right, rank, right_documents, worth_of
from pipelines.evaluation.metrics import Interval, bootstrap_interval, mean
from pipelines.settings import Strictness

FEWEST_QUESTIONS = 40
"""20 in either half: with fewer than 19 the 5 % can't be kept, since the threshold would be above all of them."""

WRONG: Mapping[Strictness, float] = {"careful": 0.05, "balanced": 0.1}
"""The share of questions that nothing answers which each strictness may answer all the same."""

_NOT_FOUND = 0.05
"""The share of questions with an answer that may be told that nothing was found."""

_SEED = 7
_CURVE = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2)

_NEARLY = 1e-9
"""More than rounding moves a threshold, and less than sets two questions apart."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question's certainty on the unfitted thresholds, with its answer there and with it taken away.

    None for a certainty: nothing was found at all. `is_right`: see `quotes_right`.
    """

    id: str
    answerable: float | None
    near_miss: float | None
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """Certainties: an answer from `high` on, nothing below `low`."""

    high: float
    low: float

    def outcome(self, certainty: float | None) -> str:
        """Return what a question of this certainty is told."""
        if certainty is None or certainty < self.low:
            return "not_found"
        return "answered" if certainty >= self.high else "closest"


UNFITTED = Bounds(1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Shares:
    """What comes of questions within some bounds: shares, 0 to 1.

    `wrongly_answered`: of the near misses. `worth`: the mean of `judgement.worth_of`, -1 to 1, in which the near misses
    count as much as the questions.
    """

    answered: float
    closest: float
    not_found: float
    wrongly_answered: float
    worth: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of the half held back: `before` with the bounds in force, `after` with the fitted ones.

    `difference`: by how much `after` is worth more, a question; `interval`: the 95 % interval of that.
    """

    questions: int
    before: Shares
    after: Shares
    difference: float
    interval: Interval

    @property
    def is_won(self) -> bool:
        """Whether the fitted bounds are worth more."""
        return self.difference > 0


@dataclass(frozen=True, slots=True)
class Fitting:
    """What a fit came to: how half of the questions fared, the thresholds from all of them, and what others would do.

    `curve`: see `curve`, of all questions.
    """

    trial: Trial
    fit: Fit
    curve: Mapping[float, float]


def fit_on(questions: Sequence[LabelledQuestion], before: Fit | None, made: Mapping[str, Any]) -> Fitting:
    """Fit on half of the questions, hold that against what is in force on the other, and fit on all.

    `questions`: at least `FEWEST_QUESTIONS`; `before`: what is in force, None: the unfitted thresholds; `made`: the
    fields of `Fit` that tell where it is from. Tried is the strictness "careful": the unfitted certainties are its own.
    """
    first, second = halves(questions)
    in_force = Bounds(before.careful, before.low) if before else UNFITTED
    tried = trial(second, in_force, fitted(first, "careful"))
    careful, balanced = fitted(questions, "careful"), fitted(questions, "balanced")
    # Both share one low bound, and that of balanced, whose high one is the lower, is below both.
    fit = Fit(careful.high, balanced.high, balanced.low, **made)
    return Fitting(tried, fit, curve(questions))


def labelled(report: AnswersReport) -> list[LabelledQuestion]:
    """Return the questions that were asked both ways; `report`: asked with `--leave-out`, on unfitted thresholds."""
    without = {given.query.id: given.certainty for given in report.left_out}
    return [
        LabelledQuestion(given.query.id, given.certainty, without[given.query.id], quotes_right(report.dataset, given))
        for given in report.asked
        if given.query.id in without
    ]


def quotes_right(dataset: Dataset, given: GivenAnswer) -> bool:
    """Say whether it quotes a right document, or would: what it names first where it quotes nothing.

    Of a question without a known one it is taken to be right.
    """
    right = right_documents(dataset, given.query)
    if right and given.quoted:
        return cites_right(dataset, given)
    return not right or rank(dataset, given) == 1


def fitted(questions: Sequence[LabelledQuestion], strictness: Strictness) -> Bounds:
    """Return the bounds that keep near misses and missing answers to their shares on average; at least one question."""
    high = _bound(_near_misses(questions), WRONG[strictness])
    # The lower bound is the same one looked at from the other side: few of the answerable may lie below it.
    low = -_bound([-_or_least(one.answerable) for one in questions], _NOT_FOUND)
    return Bounds(high, min(low, high))


def halves(questions: Sequence[LabelledQuestion]) -> tuple[list[LabelledQuestion], list[LabelledQuestion]]:
    """Return the questions as two halves that chance made, always the same ones."""
    shuffled = sorted(questions, key=lambda one: one.id)
    Random(_SEED).shuffle(shuffled)  # noqa: S311 - chance that repeats is what is wanted
    middle = len(shuffled) // 2
    return shuffled[:middle], shuffled[middle:]


def trial(questions: Sequence[LabelledQuestion], before: Bounds, after: Bounds) -> Trial:
    """Hold two bounds against each other."""
    gains = [_worth(one, after) - _worth(one, before) for one in questions]
    return Trial(
        len(questions), shares(questions, before), shares(questions, after), mean(gains), bootstrap_interval(gains)
    )


def shares(questions: Sequence[LabelledQuestion], bounds: Bounds) -> Shares:
    """Return what comes of questions within these bounds."""
    told = Counter(bounds.outcome(one.answerable) for one in questions)
    return Shares(
        answered=told["answered"] / len(questions),
        closest=told["closest"] / len(questions),
        not_found=told["not_found"] / len(questions),
        wrongly_answered=_share(bounds.outcome(one.near_miss) == "answered" for one in questions),
        worth=mean([_worth(one, bounds) for one in questions]),
    )


def curve(questions: Sequence[LabelledQuestion]) -> Mapping[float, float]:
    """Return the share answered, by the share of further near misses that would at most be answered on average.

    Shares that so few questions can't keep to are left out.
    """
    bounds = {wrong: _bound(_near_misses(questions), wrong) for wrong in _CURVE}
    return {
        wrong: _share(_or_least(one.answerable) >= high for one in questions)
        for wrong, high in bounds.items()
        if high < math.inf
    }


def _near_misses(questions: Sequence[LabelledQuestion]) -> list[float]:
    return [_or_least(one.near_miss) for one in questions]


def _or_least(certainty: float | None) -> float:
    return -math.inf if certainty is None else certainty


def _bound(values: Iterable[float], above: float) -> float:
    """Return the least bound that at most the share `above` of further such values reach on average; see above."""
    known = sorted(values)
    place = math.ceil((len(known) + 1) * (1 - above))
    # Just above the value: who reaches a bound is on its upper side.
    return known[place - 1] + _NEARLY if place <= len(known) else math.inf


def _worth(question: LabelledQuestion, bounds: Bounds) -> float:
    missed = worth_of(bounds.outcome(question.near_miss), is_right=False)
    return (worth_of(bounds.outcome(question.answerable), is_right=question.is_right) + missed) / 2


def _share(flags: Iterable[bool]) -> float:
    return mean([float(flag) for flag in flags])
