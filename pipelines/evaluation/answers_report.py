"""`AnswersReport`: how a dataset's questions were answered, and the figures made of that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.evaluation.answers import GivenAnswer
from pipelines.evaluation.dataset import Dataset
from pipelines.evaluation.judgement import (
    ANSWER_MEASURES,
    OUTCOMES,
    Values,
    is_answerable,
    outcome_values,
    values,
)
from pipelines.evaluation.metrics import Interval, bootstrap_interval, mean, percentile

Kind = Literal["unanswerable", "left_out", "off_topic"]
"""Questions that nothing answers: by answers.jsonl; with their answers masked; those of another dataset."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of a measure over `count` questions, and its 95 % interval."""

    mean: float
    interval: Interval
    count: int


Figures = Mapping[str, Figure | None]
"""By measure; None where no question has a value."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer to a question that nothing answers, or one that quotes no right document."""

    why: Kind | Literal["wrong_document"]
    given: GivenAnswer


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """What came back for the dataset's questions and, where that was asked for, for two further kinds.

    `left_out`: the same questions with their answers masked; `off_topic`: another dataset's. Of neither should any
    be answered.
    """

    dataset: Dataset
    asked: Sequence[GivenAnswer]
    left_out: Sequence[GivenAnswer] = ()
    off_topic: Sequence[GivenAnswer] = ()

    def answerable(self) -> Figures:
        """Return the figures of the questions that the documents answer."""
        measured = [values(self.dataset, given) for given in self._labelled(answerable=True)]
        return _figures(measured, (*OUTCOMES, *ANSWER_MEASURES))

    def unanswerable(self, *kinds: Kind) -> Figures:
        """Return the outcomes of the questions of these kinds, taken together."""
        measured = [outcome_values(given) for kind in kinds for given in self.without_answer()[kind]]
        return _figures(measured, OUTCOMES)

    def without_answer(self) -> dict[Kind, Sequence[GivenAnswer]]:
        """Return what came back for the questions that nothing answers, by their kind."""
        labelled = self._labelled(answerable=False)
        return {"unanswerable": labelled, "left_out": self.left_out, "off_topic": self.off_topic}

    def wrong(self) -> Iterator[WrongAnswer]:
        """Yield the questions that were wrongly answered."""
        for kind, answers in self.without_answer().items():
            yield from (WrongAnswer(kind, given) for given in answers if given.outcome == "answered")
        for given in self._labelled(answerable=True):
            if values(self.dataset, given).get("cited_right") == 0:
                yield WrongAnswer("wrong_document", given)

    def milliseconds(self, share: float) -> float:
        """Return in how many milliseconds this share (0 to 1) of the dataset's questions had its answer."""
        return percentile([given.milliseconds for given in self.asked], share)

    def _labelled(self, *, answerable: bool) -> list[GivenAnswer]:
        return [given for given in self.asked if is_answerable(self.dataset, given.query) is answerable]


def _figures(measured: Sequence[Values], measures: Iterable[str]) -> Figures:
    return {measure: _figure([one[measure] for one in measured if measure in one]) for measure in measures}


def _figure(known: list[float]) -> Figure | None:
    return Figure(mean(known), bootstrap_interval(known), len(known)) if known else None
