"""Which question is asked back about, and how the next one completes it."""

import pytest

from pipelines.components.clarification_resolver import ClarificationResolver


@pytest.mark.parametrize(
    ("question", "earlier", "meant", "before", "is_vague"),
    [
        ("en voor parttimers?", [], "en voor parttimers?", [], True),
        ("parkeren?", [], "parkeren?", [], False),
        ("verlof", ["en voor parttimers?"], "verlof en voor parttimers?", [], False),
        ("waarom?", ["Hoeveel verlof heb ik?"], "waarom?", ["Hoeveel verlof heb ik?"], False),
        ("waarom?", ["hoezo?", "verlof", "en dan?"], "waarom?", ["hoezo?", "verlof", "en dan?"], False),
    ],
)
def test_first_question_may_be_vague(
    question: str, earlier: list[str], meant: str, before: list[str], is_vague: bool
) -> None:
    """It is asked back about; what comes next says what it is about. Later ones have something to refer to."""
    result = ClarificationResolver().run(question, earlier)
    assert result == {"question": meant, "earlier_questions": before, "is_vague": is_vague}


def test_nobody_is_asked_back_twice() -> None:
    """Who is no clearer after it gets what the words find."""
    result = ClarificationResolver().run("hoeveel dan?", ["en voor parttimers?"])
    assert result == {"question": "hoeveel dan? en voor parttimers?", "earlier_questions": [], "is_vague": False}


def test_completed_question_is_what_later_ones_lean_on() -> None:
    """The two of them are one question."""
    result = ClarificationResolver().run("En op zondag?", ["en hoeveel dan?", "Wat staat er over parkeren?"])
    assert result["question"] == "En op zondag?"
    assert result["earlier_questions"] == ["Wat staat er over parkeren? en hoeveel dan?"]
