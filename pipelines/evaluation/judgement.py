"""What answers are worth beside what was expected: a value for each question and measure.

A measure has no value for a question that it says nothing about, and its figure is the mean of those it has.
"""

from typing import Literal

from pipelines.evaluation.answers import GivenAnswer
from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.overlap import rouge_l, token_recall

Kind = Literal["unanswerable", "left_out", "off_topic"]
"""Questions that nothing answers: by answers.jsonl; with their answers masked; those of another dataset."""

OUTCOMES = ("answered", "closest", "not_found", "clarification")
"""Measures of every question, 0 or 1. Their figures are shares, together 1; a clarification was asked back."""

ANSWER_MEASURES = (
    "cited_right",
    "named_right",
    "cited_right_of_all",
    "section_right",
    "rouge_l",
    "token_recall",
    "characters",
)
"""Measures of what is answerable, from 0 to 1 but for `characters`; see `values`."""

COMPARED = ("worth", "answered", "not_answered", "cited_right_of_all", "section_right", "rouge_l")
"""Measures by which two runs are compared, of all of which more is better; see `compared_values`."""

Values = dict[str, float]
"""One question's, by measure."""

_WORTH = {("answered", True): 1.0, ("answered", False): -1.0, ("closest", True): 0.5}
"""By the outcome and whether it is right."""


def right_documents(dataset: Dataset, query: Query) -> frozenset[str]:
    """Return the ids of the documents that answer a question, by the dataset."""
    return frozenset(id_ for id_, relevance in dataset.relevant.get(query.id, {}).items() if relevance)


def is_answerable(dataset: Dataset, query: Query) -> bool | None:
    """Return what answers.jsonl says; without a word there, whether some document answers it; None where unknown."""
    expected = dataset.answers.get(query.id)
    if expected:
        return expected.answerable
    return True if right_documents(dataset, query) else None


def rank(dataset: Dataset, given: GivenAnswer) -> int | None:
    """Return the place, from 1, of the first document named that answers the question, None where none is."""
    right = right_documents(dataset, given.query)
    return next((place for place, id_ in enumerate(given.named, start=1) if id_ in right), None)


def worth(dataset: Dataset, given: GivenAnswer, kind: Kind | Literal["answerable"]) -> float:
    """Return what a person would give for it, see `worth_of`; of an answerable one a right document must be quoted."""
    return worth_of(given.outcome, is_right=kind == "answerable" and cites_right(dataset, given))


def worth_of(outcome: str, *, is_right: bool) -> float:
    """Return what an outcome is worth to a person, from -1 to 1; the weights are chosen by judgement, not measured.

    1 for an answer that is right, .5 for a closest that is, -1 for an answer that is not, be it that there is none,
    else 0. To mislead costs as much as to help earns.
    """
    return _WORTH.get((outcome, is_right), 0.0)


def compared_values(dataset: Dataset, given: GivenAnswer, kind: Kind | Literal["answerable"]) -> Values:
    """Return the values of `COMPARED` that the question has.

    Where nothing answers it: its `worth`, and `not_answered`. Answerable: those of `values`, and its `worth` where a
    right document is known.
    """
    if kind != "answerable":
        return {"worth": worth(dataset, given, kind), "not_answered": 1 - outcome_values(given)["answered"]}
    judged = {"worth": worth(dataset, given, kind)} if right_documents(dataset, given.query) else {}
    return judged | {name: value for name, value in values(dataset, given).items() if name in COMPARED}


def outcome_values(given: GivenAnswer) -> Values:
    """Return the values of `OUTCOMES`."""
    return {outcome: float(given.outcome == outcome) for outcome in OUTCOMES}


def values(dataset: Dataset, given: GivenAnswer) -> Values:
    """Return the values of an answerable question.

    Of one that was answered: `cited_right`, whether a right document is quoted, and `named_right`, whether one is
    quoted or offered beside. `cited_right_of_all`: whether one is quoted, whatever the outcome. Where anything is
    quoted, be it as the closest: `section_right`, whether the right section of a right document is among it,
    `rouge_l` and `token_recall` against the written answer, and `characters`, the length of the quotes without the
    headings above them.
    """
    found = outcome_values(given)
    if right_documents(dataset, given.query):
        cited = float(cites_right(dataset, given))
        found["cited_right_of_all"] = cited
        if given.outcome == "answered":
            found |= {"cited_right": cited, "named_right": float(rank(dataset, given) is not None)}
    return found | _text_values(dataset, given) if given.quoted else found


def cites_right(dataset: Dataset, given: GivenAnswer) -> bool:
    """Tell whether a document that answers the question is quoted."""
    right = right_documents(dataset, given.query)
    return any(quoted.documents & right for quoted in given.quoted)


def _text_values(dataset: Dataset, given: GivenAnswer) -> Values:
    expected = dataset.answers.get(given.query.id)
    found: Values = {"characters": float(len(given.text))}
    if expected and expected.section is not None:
        right = right_documents(dataset, given.query)
        sections = [quoted.section for quoted in given.quoted if quoted.document_id in right]
        found["section_right"] = float(expected.section in sections)
    if expected and expected.answer:
        found["rouge_l"] = rouge_l(given.text, expected.answer)
        found["token_recall"] = token_recall(given.text, expected.answer)
    return found
