"""The wrong answers, one by one and grouped by why they are wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.cli.evaluation.page import words
from pipelines.evaluation.answers import QuotedSection
from pipelines.evaluation.answers_report import AnswersReport, WrongAnswer
from pipelines.evaluation.judgement import right_documents

_WHY = {
    "wrong_document": (
        "Another document is quoted",
        "A document answers the question, and the answer quotes another one. Where what is quoted answers it as well, "
        "the answer is right and the list of right documents too short: add the document to qrels/test.tsv.",
    ),
    "unanswerable": (
        "No document answers it",
        "By answers.jsonl nothing answers the question, and an answer was given. Where what is quoted does answer it, "
        "change the question's line there.",
    ),
    "left_out": (
        "Its documents were left out",
        "The question was asked again with its right documents taken away, and an answer was given from others. "
        "People would have met it if those documents did not exist. Where what is quoted answers it as well, as "
        "an older version may, name that document as right too.",
    ),
    "off_topic": (
        "Off-topic",
        "The question is of another data set, about something else, and an answer was given.",
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A question wrongly answered.

    `right`: titles of the documents that answer it, none where nothing does; `named`: whether the answer names one of
    them beside what it quotes.
    """

    question: str
    id: str
    certainty: float | None
    quoted: tuple[QuotedSection, ...]
    right: list[str]
    named: bool


@dataclass(frozen=True, slots=True)
class WrongGroup:
    """Cases that are wrong for the same reason."""

    why: str
    title: str
    meaning: str
    cases: list[Case]


def wrong_groups(report: AnswersReport) -> list[WrongGroup]:
    """Return all wrong answers, those from a wrong document first; each group with the most certain first."""
    known = words.titles(report.dataset)
    cases: dict[str, list[Case]] = {why: [] for why in _WHY}
    for wrong in report.wrong():
        cases[wrong.why].append(_case(report, wrong, known))
    return [WrongGroup(why, *_WHY[why], sorted(found, key=_doubt)) for why, found in cases.items() if found]


def _doubt(case: Case) -> float:
    return -(case.certainty if case.certainty is not None else float("-inf"))


def _case(report: AnswersReport, wrong: WrongAnswer, known: Mapping[str, str]) -> Case:
    given = wrong.given
    right = frozenset() if wrong.why == "off_topic" else right_documents(report.dataset, given.query)
    return Case(
        question=given.query.text,
        id=given.query.id,
        certainty=given.certainty,
        quoted=tuple(_titled(one, known) for one in given.quoted),
        right=words.named(sorted(right), known),
        named=bool(right & set(given.named)),
    )


def _titled(quoted: QuotedSection, known: Mapping[str, str]) -> QuotedSection:
    title = quoted.title or known.get(quoted.document_id, quoted.document_id)
    return QuotedSection(quoted.document_id, quoted.also_at, title, quoted.section, quoted.text)
