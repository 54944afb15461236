"""What answers are worth beside what was expected: a value for each question and measure.

A measure has no value for a question that it says nothing about, and its figure is the mean of those it has.
"""

from pipelines.evaluation.answers import GivenAnswer
from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.overlap import rouge_l, token_recall

OUTCOMES = ("answered", "closest", "not_found")
"""Measures of every question, 0 or 1. Their figures are shares; what is missing to 1 was asked back."""

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

Values = dict[str, float]
"""One question's, by measure."""


def right_documents(dataset: Dataset, query: Query) -> frozenset[str]:
    """Return the ids of the documents that answer a question, by the dataset."""
    return frozenset(id_ for id_, relevance in dataset.relevant.get(query.id, {}).items() if relevance)


def is_answerable(dataset: Dataset, query: Query) -> bool | None:
    """Return what answers.jsonl says; without a word there, whether some document answers it; None where unknown."""
    expected = dataset.answers.get(query.id)
    if expected:
        return expected.answerable
    return True if right_documents(dataset, query) else None


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
    if right := right_documents(dataset, given.query):
        cited = any(quoted.documents & right for quoted in given.quoted)
        found["cited_right_of_all"] = float(cited)
        if given.outcome == "answered":
            found |= {"cited_right": float(cited), "named_right": float(cited or bool(right & given.offered))}
    return found | _text_values(dataset, given) if given.quoted else found


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
