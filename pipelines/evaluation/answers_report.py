"""`AnswersReport`: how a dataset's questions were answered, the figures made of that, and what is kept of it."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipelines.evaluation.answers import GivenAnswer, QuotedSection
from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.judgement import (
    ANSWER_MEASURES,
    OUTCOMES,
    Kind,
    Values,
    compared_values,
    is_answerable,
    outcome_values,
    values,
)
from pipelines.evaluation.metrics import Interval, bootstrap_interval, mean, percentile
from pipelines.evaluation.run import MeasuredQuestion, Run, Setting

KIND = "answers"

Group = Literal["asked", "left_out", "off_topic"]
"""How questions were asked: all as they are; with their answers masked; those of another dataset."""

_KINDS: Mapping[bool | None, Literal["answerable", "unanswerable"] | None] = {
    True: "answerable",
    False: "unanswerable",
    None: None,
}
_IN_WORDS = {"answered": "answered", "closest": "closest", "not_found": "not found", "clarification": "asked back"}
_NOTES = {
    "unanswerable": " (no document answers it)",
    "left_out": " (its documents left out)",
    "off_topic": " (off-topic)",
}
_LONGEST_NAME = 60
_DIGITS = 8  # of the digest of what was expected: to tell it from another, not to prove it


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


@dataclass(frozen=True)
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
        return self._answerable

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
        for given, known in self._values:
            if known.get("cited_right") == 0:
                yield WrongAnswer("wrong_document", given)

    def milliseconds(self, share: float) -> float:
        """Return in how many milliseconds this share (0 to 1) of the dataset's questions had its answer."""
        return percentile([given.milliseconds for given in self.asked], share)

    def as_run(self, settings: Mapping[str, Setting]) -> Run:
        """Return what is kept of it, each question under its `run_id`; `settings`: all that may make other answers.

        A digest of answers.jsonl stands among the settings: another word there changes values as well.
        """
        groups: dict[Group, Sequence[GivenAnswer]] = {
            "asked": self.asked,
            "left_out": self.left_out,
            "off_topic": self.off_topic,
        }
        expected = self.dataset.answers_fingerprint()[:_DIGITS] if self.dataset.answers else None
        return Run(
            kind=KIND,
            dataset=self.dataset.name,
            fingerprint=self.dataset.fingerprint(),
            settings={**settings, "answers.jsonl": expected},
            questions={run_id(group, one.query): self._kept(group, one) for group in groups for one in groups[group]},
        )

    # Both are asked for by tables, JSON and page alike, and ROUGE-L and resampling take their time.
    @cached_property
    def _values(self) -> list[tuple[GivenAnswer, Values]]:
        return [(given, values(self.dataset, given)) for given in self._labelled(answerable=True)]

    @cached_property
    def _answerable(self) -> Figures:
        return _figures([known for _, known in self._values], (*OUTCOMES, *ANSWER_MEASURES))

    def _kept(self, group: Group, given: GivenAnswer) -> MeasuredQuestion:
        kind = self._kind(group, given)
        known = compared_values(self.dataset, given, kind) if kind else {}
        return MeasuredQuestion(text=given.query.text + _NOTES.get(kind or "", ""), values=known, found=_found(given))

    def _kind(self, group: Group, given: GivenAnswer) -> Kind | Literal["answerable"] | None:
        if group != "asked":
            return group
        return _KINDS[is_answerable(self.dataset, given.query)]

    def _labelled(self, *, answerable: bool) -> list[GivenAnswer]:
        return [given for given in self.asked if is_answerable(self.dataset, given.query) is answerable]


def run_id(group: Group, query: Query) -> str:
    """Return the id that a question has in a run, its own among all groups.

    Another dataset's ids may be those of quite other questions here, or there another time: its texts stand for them.
    """
    return f"{group}/{query.text if group == 'off_topic' else query.id}"


def _found(given: GivenAnswer) -> str:
    """Return the outcome in words, with the first document quoted: its title, else how the quote begins."""
    documents = {section.document_id for section in given.quoted}
    if not documents:
        return _IN_WORDS[given.outcome]
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    return f"{_IN_WORDS[given.outcome]}, quotes {_name(given.quoted[0])}{more}"


def _name(quoted: QuotedSection) -> str:
    short = textwrap.shorten(quoted.title or quoted.text, _LONGEST_NAME, placeholder="…")
    return short if quoted.title else f"“{short}”"


def _figures(measured: Sequence[Values], measures: Iterable[str]) -> Figures:
    return {measure: _figure([one[measure] for one in measured if measure in one]) for measure in measures}


def _figure(known: list[float]) -> Figure | None:
    return Figure(mean(known), bootstrap_interval(known), len(known)) if known else None
