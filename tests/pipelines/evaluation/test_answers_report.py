"""The figures made of what came back."""

import pytest

from pipelines.evaluation.answers import GivenAnswer, QuotedSection
from pipelines.evaluation.answers_report import AnswersReport
from pipelines.evaluation.dataset import Dataset, ExpectedAnswer, Query

_RELEVANT = {"a": {"d1": 1}, "b": {"d1": 1}, "c": {"d1": 1}, "d": {"d1": 1}}
_UNANSWERABLE = {"x": ExpectedAnswer(answerable=False, section=None, answer=None)}
_QUERIES = tuple(Query(name, f"Question {name}?") for name in "abcdxu")
_DATASET = Dataset("made-up", (), _QUERIES, _RELEVANT, _UNANSWERABLE)


def _given(query: str, outcome: str, document: str | None = None, milliseconds: float = 10.0) -> GivenAnswer:
    quoted = (QuotedSection(document, frozenset(), "Title", 0, "Words."),) if document else ()
    return GivenAnswer(Query(query, f"Question {query}?"), outcome, quoted, frozenset(), milliseconds)


@pytest.fixture
def report() -> AnswersReport:
    asked = (
        _given("a", "answered", "d1", 10),
        _given("b", "answered", "d2", 20),
        _given("c", "closest", "d1", 30),
        _given("d", "clarification", None, 40),
        _given("x", "answered", "d2", 50),
        _given("u", "not_found", None, 1000),
    )
    left_out = (_given("a", "not_found"), _given("b", "answered", "d2"), _given("c", "closest", "d2"))
    return AnswersReport(_DATASET, asked, left_out, off_topic=(_given("far", "not_found"),))


def test_outcomes_of_answerable_questions(report: AnswersReport) -> None:
    """Of all of them; one that was asked back counts with neither, one that nobody labelled not at all."""
    figures = report.answerable()
    shares = [figures[name].mean for name in ("answered", "closest", "not_found")]  # type: ignore[union-attr]
    assert shares == [0.5, 0.25, 0]
    answered = figures["answered"]
    assert answered is not None
    assert answered.count == 4
    assert answered.interval[0] < 0.5 < answered.interval[1]


def test_measure_is_of_those_that_have_a_value(report: AnswersReport) -> None:
    """The right document among the answered two; of sections and written answers nothing is known."""
    figures = report.answerable()
    cited = figures["cited_right"]
    assert cited is not None
    assert (cited.mean, cited.count) == (0.5, 2)
    assert figures["section_right"] is figures["rouge_l"] is None


def test_kinds_of_unanswerable_questions(report: AnswersReport) -> None:
    """Each alone, or some of them together."""
    shares = {
        kinds: (figure.count, figure.mean)
        for kinds in (("unanswerable",), ("left_out",), ("off_topic",), ("unanswerable", "left_out"))
        if (figure := report.unanswerable(*kinds)["answered"])
    }
    assert shares == {
        ("unanswerable",): (1, 1.0),
        ("left_out",): (3, pytest.approx(1 / 3)),
        ("off_topic",): (1, 0.0),
        ("unanswerable", "left_out"): (4, 0.5),
    }


def test_wrong_answers(report: AnswersReport) -> None:
    """What claims to be an answer and is none; the closest claims nothing."""
    found = [(wrong.why, wrong.given.query.id) for wrong in report.wrong()]
    assert found == [("unanswerable", "x"), ("left_out", "b"), ("wrong_document", "b")]


def test_times(report: AnswersReport) -> None:
    """Of the dataset's own questions, each as it was asked first."""
    assert (report.milliseconds(0.5), report.milliseconds(1)) == (35, 1000)
