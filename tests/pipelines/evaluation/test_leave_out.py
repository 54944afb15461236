"""Which documents are taken away from a question."""

from collections.abc import Sequence

import numpy as np
import pytest

from pipelines.embedders import Vectors
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, Query
from pipelines.evaluation.leave_out import left_out

_ANGLES = {"leave": 0.0, "leave again": 25.0, "sick": 25.3, "sick again": 50.2, "moon": 0.0}
"""Degrees: the cosine of 25 is .906, that of 25.2 below .905."""


class _Circle:
    """Embeds a question by its angle."""

    name = "circle"
    dimensions = 2

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        angles = np.radians([_ANGLES[text] for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError("questions are compared with questions")


def _dataset(relevant: dict[str, dict[str, int]]) -> Dataset:
    documents = tuple(EvaluationDocument(f"d{n}", "", "Text.") for n in range(6))
    return Dataset("made-up", documents, tuple(Query(name, name) for name in _ANGLES), relevant, {})


@pytest.fixture
def masked() -> dict[str, frozenset[str]]:
    relevant = {
        "leave": {"d0": 1, "d5": 0},
        "leave again": {"d1": 1, "d2": 2},
        "sick": {"d3": 1},
        "sick again": {"d4": 1},
    }
    return {asking.query.id: asking.masked for asking in left_out(_dataset(relevant), _Circle(), lambda *_: None)}


def test_own_documents_and_those_of_the_same_question(masked: dict[str, frozenset[str]]) -> None:
    """A question at .906 asks the same, so that all documents that answer it go; one at .904 stays."""
    assert masked["leave"] == {"d0", "d1", "d2"}


def test_twins_are_each_others(masked: dict[str, frozenset[str]]) -> None:
    """What is the same goes both ways, and no further: the twin of a twin stays."""
    assert masked["sick again"] == {"d4", "d3"}
    assert masked["sick"] == {"d1", "d2", "d3", "d4"}
    assert "d3" not in masked["leave"]


def test_question_without_an_answer_is_not_asked_again(masked: dict[str, frozenset[str]]) -> None:
    """There is nothing to take away from it; nor does it count as another document's own question."""
    assert set(masked) == {"leave", "leave again", "sick", "sick again"}


def test_progress_reaches_its_end() -> None:
    """Whoever waits sees how many questions have been embedded, of all."""
    seen: list[tuple[int, int]] = []
    left_out(_dataset({name: {"d0": 1} for name in _ANGLES}), _Circle(), lambda *step: seen.append(step))
    assert seen[-1] == (5, 5)
