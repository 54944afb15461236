"""The figures made of what came back."""

from dataclasses import replace

import pytest

from pipelines.evaluation.answers import GivenAnswer, QuotedSection
from pipelines.evaluation.answers_report import AnswersReport, run_id
from pipelines.evaluation.dataset import Dataset, ExpectedAnswer, Query

_RELEVANT = {"a": {"d1": 1}, "b": {"d1": 1}, "c": {"d1": 1}, "d": {"d1": 1}}
_UNANSWERABLE = {"x": ExpectedAnswer(answerable=False, section=None, answer=None)}
_QUERIES = tuple(Query(name, f"Question {name}?") for name in "abcdxu")
_DATASET = Dataset("made-up", (), _QUERIES, _RELEVANT, _UNANSWERABLE)


def _given(query: str, outcome: str, document: str | None = None, milliseconds: float = 10.0) -> GivenAnswer:
    quoted = (QuotedSection(document, frozenset(), f"Title of {document}", 0, "Words."),) if document else ()
    named = (document,) if document else ()
    return GivenAnswer(Query(query, f"Question {query}?"), outcome, 1.2, quoted, named, milliseconds)


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
    """Of all of them, together 1; one that nobody labelled counts not at all."""
    figures = report.answerable()
    outcomes = ("answered", "closest", "not_found", "clarification")
    assert [figures[name].mean for name in outcomes] == [0.5, 0.25, 0, 0.25]  # type: ignore[union-attr]
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


def test_run_keeps_every_question_of_every_group(report: AnswersReport) -> None:
    """Under an id of its own, though two groups ask the same; with the settings, and a digest of what was expected."""
    run = report.as_run({"answers.documents": 3})
    assert list(run.questions) == [
        *(f"asked/{name}" for name in "abcdxu"),
        *(f"left_out/{name}" for name in "abc"),
        "off_topic/Question far?",
    ]
    assert (run.kind, run.dataset, run.fingerprint) == ("answers", "made-up", _DATASET.fingerprint())
    assert run.settings["answers.documents"] == 3
    relabelled = replace(report, dataset=replace(_DATASET, answers={}))
    assert relabelled.as_run({}).settings["answers.jsonl"] is None is not run.settings["answers.jsonl"]


@pytest.mark.parametrize(
    ("id_", "text", "found"),
    [
        ("asked/a", "Question a?", "answered, quotes Title of d1"),
        ("asked/c", "Question c?", "closest, quotes Title of d1"),
        ("asked/d", "Question d?", "asked back"),
        ("asked/x", "Question x? (no document answers it)", "answered, quotes Title of d2"),
        ("left_out/a", "Question a? (its documents left out)", "not found"),
        ("off_topic/Question far?", "Question far? (off-topic)", "not found"),
    ],
)
def test_run_says_what_came_of_a_question(report: AnswersReport, id_: str, text: str, found: str) -> None:
    """In words; a question that should not be answered says why, so that it is not taken for the same one asked."""
    question = report.as_run({}).questions[id_]
    assert (question.text, question.found) == (text, found)


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        ((("d1", "Leave"), ("d9", "Pay"), ("d1", "Leave")), "answered, quotes Leave and 1 more"),
        ((("d1", "Leave"), ("d1", "Leave")), "answered, quotes Leave"),
        ((("d9", ""),), "answered, quotes “Words of it.”"),
        ((("d1", "Leave and " * 6 + "pay"),), f"answered, quotes {'Leave and ' * 5}Leave and…"),
    ],
)
def test_run_names_what_is_quoted(report: AnswersReport, quoted: tuple[tuple[str, str], ...], found: str) -> None:
    """As far as a line of a table has room: the first of several; what has no title goes by its words, not its id."""
    sections = tuple(QuotedSection(id_, frozenset(), title, 0, "Words of it.") for id_, title in quoted)
    [question] = AnswersReport(_DATASET, (replace(report.asked[0], quoted=sections),)).as_run({}).questions.values()
    assert question.found == found


def test_run_has_values_where_something_is_known(report: AnswersReport) -> None:
    """A question of which nobody said whether it can be answered is worth neither more nor less."""
    questions = report.as_run({}).questions
    assert questions["asked/b"].values == {"worth": -1, "answered": 1, "cited_right_of_all": 0}
    assert questions["left_out/b"].values == {"worth": -1, "not_answered": 0}
    assert questions["asked/u"].values == {}


def test_id_of_a_question_in_a_run() -> None:
    """Another data set's ids say nothing: it may count its questions as this one does, or anew."""
    query = Query("q1", "How?")
    assert [run_id(group, query) for group in ("asked", "left_out", "off_topic")] == [
        "asked/q1",
        "left_out/q1",
        "off_topic/How?",
    ]
