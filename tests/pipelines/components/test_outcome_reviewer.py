"""What takes the place of an outcome by nearness."""

import pytest

from pipelines.components.outcome_reviewer import OutcomeReviewer
from tests.pipelines.chunks import chunk

_OUTCOMES = ("answered", "closest", "not_found")


def _reviewed(
    outcome: str, *, is_vague: bool = False, has_code: bool = False, only_others: bool = False, found: bool = True
) -> str:
    documents = [chunk("Text")] if found else []
    return OutcomeReviewer().run(outcome, is_vague, has_code, only_others, documents)["outcome"]


@pytest.mark.parametrize("outcome", _OUTCOMES)
def test_what_is_understood_keeps_its_outcome(outcome: str) -> None:
    """Nothing else is known of it."""
    assert _reviewed(outcome) == outcome


@pytest.mark.parametrize("outcome", _OUTCOMES)
def test_vague_question_is_asked_back_about(outcome: str) -> None:
    """However near something stands: it is near by chance. Where nothing may be read there is nothing to ask."""
    assert _reviewed(outcome, is_vague=True) == "clarification"
    assert _reviewed(outcome, is_vague=True, found=False) == outcome


@pytest.mark.parametrize(
    ("outcome", "reviewed"), [("answered", "closest"), ("closest", "closest"), ("not_found", "not_found")]
)
def test_another_code_is_no_answer(outcome: str, reviewed: str) -> None:
    """It may still be what comes nearest."""
    assert _reviewed(outcome, only_others=True) == reviewed


@pytest.mark.parametrize(
    ("outcome", "reviewed"), [("answered", "answered"), ("closest", "closest"), ("not_found", "closest")]
)
def test_what_has_the_very_code_is_shown(outcome: str, reviewed: str) -> None:
    """A bare "lc 310?" is near to nothing, and yet finds its row."""
    assert _reviewed(outcome, has_code=True) == reviewed
