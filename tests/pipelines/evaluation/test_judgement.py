"""What an answer is worth beside what was expected."""

from typing import Literal

import pytest

from pipelines.evaluation.answers import GivenAnswer, QuotedSection
from pipelines.evaluation.dataset import Dataset, ExpectedAnswer, Query
from pipelines.evaluation.judgement import Kind, compared_values, is_answerable, rank, values, worth

_QUERIES = {name: Query(name, f"Question {name}?") for name in ("leave", "pay", "sick", "moon", "unknown")}
_DATASET = Dataset(
    name="made-up",
    documents=(),
    queries=tuple(_QUERIES.values()),
    relevant={"leave": {"d1": 1, "d2": 0}, "pay": {"d2": 1}, "sick": {"twin of d1": 1}},
    answers={
        "leave": ExpectedAnswer(answerable=True, section=2, answer="You have 25 days."),
        "moon": ExpectedAnswer(answerable=False, section=None, answer=None),
    },
)


def _given(query: str, outcome: str, *quoted: tuple[str, int, str], offered: tuple[str, ...] = ()) -> GivenAnswer:
    sections = tuple(
        QuotedSection(id_, frozenset({f"twin of {id_}"}), f"Title of {id_}", section, text)
        for id_, section, text in quoted
    )
    cited = (id_ for section in sections for id_ in (section.document_id, *section.also_at))
    return GivenAnswer(_QUERIES[query], outcome, 0.5, sections, (*cited, *offered), 12.0)


@pytest.mark.parametrize(("query", "expected"), [("leave", True), ("pay", True), ("moon", False), ("unknown", None)])
def test_answerable(query: str, expected: bool | None) -> None:
    """answers.jsonl decides; what it is silent about is answerable if a document is named for it."""
    assert is_answerable(_DATASET, _QUERIES[query]) is expected


def test_right_answer() -> None:
    """The right section of the right document, in the expected words."""
    found = values(_DATASET, _given("leave", "answered", ("d1", 2, "You have 25 days.")))
    assert found == {
        "answered": 1, "closest": 0, "not_found": 0, "clarification": 0,
        "cited_right": 1, "named_right": 1, "cited_right_of_all": 1,
        "section_right": 1, "rouge_l": 1, "token_recall": 1, "characters": 17,
    }  # fmt: skip


def test_section_counts_in_the_right_document_alone() -> None:
    """A second section of another document, with another section of the right one, is not the right section."""
    found = values(_DATASET, _given("leave", "answered", ("d2", 2, "Pay."), ("d1", 1, "Days.")))
    assert (found["cited_right"], found["section_right"]) == (1, 0)


def test_document_of_relevance_0_is_wrong() -> None:
    """Qrels may name a document to say that it does not answer."""
    found = values(_DATASET, _given("leave", "answered", ("d2", 2, "Pay.")))
    assert (found["cited_right"], found["named_right"], found["cited_right_of_all"]) == (0, 0, 0)


def test_offered_document_is_named_and_not_cited() -> None:
    """What stands beside an answer helps, and is no citation."""
    found = values(_DATASET, _given("pay", "answered", ("d1", 0, "Days."), offered=("d2",)))
    assert (found["cited_right"], found["named_right"]) == (0, 1)


def test_place_with_the_same_text_is_cited() -> None:
    """A document that is named with the quoted one, as the same stands there, is a source like that."""
    found = values(_DATASET, _given("sick", "answered", ("d1", 0, "Days.")))
    assert found["cited_right"] == 1


def test_closest_is_judged_by_its_quotes() -> None:
    """It claims no answer, so that what it cites counts among all and not among the answered."""
    found = values(_DATASET, _given("leave", "closest", ("d1", 2, "You have 30 days.")))
    assert "cited_right" not in found
    assert (found["cited_right_of_all"], found["section_right"], found["rouge_l"]) == (1, 1, 0.75)


def test_nothing_found_quotes_nothing() -> None:
    """There is no text to judge; of all questions it is one whose document wasn't cited."""
    found = values(_DATASET, _given("leave", "not_found"))
    assert found == {"answered": 0, "closest": 0, "not_found": 1, "clarification": 0, "cited_right_of_all": 0}


def test_unlabelled_section_and_answer_are_not_judged() -> None:
    """A question of which only the document is known says nothing about sections and words."""
    found = values(_DATASET, _given("pay", "answered", ("d2", 0, "Pay day.")))
    assert not {"section_right", "rouge_l", "token_recall"} & found.keys()


@pytest.mark.parametrize(
    ("query", "given", "expected"),
    [
        ("leave", ("d1", "d2"), 1),
        ("pay", ("d1", "d3", "d2"), 3),
        ("pay", ("d1",), None),
        ("leave", (), None),
        ("moon", ("d1",), None),
    ],
)
def test_rank(query: str, given: tuple[str, ...], expected: int | None) -> None:
    """How far down a reader goes to the first document that answers it; to none where none does."""
    assert rank(_DATASET, _given(query, "closest", offered=given)) == expected


_RIGHT, _WRONG = ("d1", 2, "You have 25 days."), ("d3", 0, "Pay.")


@pytest.mark.parametrize(
    ("outcome", "quoted", "expected"),
    [
        ("answered", (_RIGHT,), 1),
        ("answered", (_WRONG, _RIGHT), 1),
        ("closest", (_RIGHT,), 0.5),
        ("closest", (_WRONG,), 0),
        ("not_found", (), 0),
        ("clarification", (), 0),
        ("answered", (_WRONG,), -1),
    ],
)
def test_worth_of_what_is_answerable(outcome: str, quoted: tuple[tuple[str, int, str], ...], expected: float) -> None:
    """Right before nearly right before nothing before wrong."""
    assert worth(_DATASET, _given("leave", outcome, *quoted), "answerable") == expected


@pytest.mark.parametrize("kind", ["unanswerable", "left_out", "off_topic"])
def test_worth_where_nothing_answers(kind: Kind) -> None:
    """An answer misleads, whatever it quotes; all else is as it should be, and no gain."""
    assert worth(_DATASET, _given("leave", "answered", _RIGHT), kind) == -1
    assert [worth(_DATASET, _given("leave", outcome), kind) for outcome in ("closest", "not_found")] == [0, 0]


@pytest.mark.parametrize(
    ("query", "kind", "expected"),
    [
        ("leave", "answerable", {"worth", "answered", "cited_right_of_all", "section_right", "rouge_l"}),
        ("pay", "answerable", {"worth", "answered", "cited_right_of_all"}),
        ("unknown", "answerable", {"answered"}),
        ("leave", "left_out", {"worth", "not_answered"}),
    ],
)
def test_compared_values(query: str, kind: Kind | Literal["answerable"], expected: set[str]) -> None:
    """Only what something is known of, and of which more is better."""
    assert compared_values(_DATASET, _given(query, "answered", _RIGHT), kind).keys() == expected


def test_wrongly_answered_is_less() -> None:
    """In a comparison more is better: what counts is that nothing was answered where nothing answers it."""
    answers = (_given("moon", "answered", _RIGHT), _given("moon", "closest", _RIGHT))
    assert [compared_values(_DATASET, one, "unanswerable")["not_answered"] for one in answers] == [0, 1]
