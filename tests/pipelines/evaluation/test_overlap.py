"""How much of a written answer a text holds."""

import pytest

from pipelines.evaluation.overlap import rouge_l, token_recall

REFERENCE = "the cat sat on the mat"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REFERENCE, 1.0),
        ("The cat sat, on the MAT!", 1.0),
        ("the cat", 2 * 2 / 8),
        ("mat the on sat cat the", 2 * 3 / 12),
        ("the dog sat near the mat", 2 * 4 / 12),
        ("something else", 0.0),
        ("", 0.0),
    ],
)
def test_rouge_l(text: str, expected: float) -> None:
    """Words count that both have in the same order, gaps allowed; their case and signs don't."""
    assert rouge_l(text, REFERENCE) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the the the the", 2 / 6), ("mat the on sat cat the and more", 1.0), ("cat", 1 / 6), ("", 0.0)],
)
def test_token_recall(text: str, expected: float) -> None:
    """Each word of the written answer counts as often as it stands there, in any order."""
    assert token_recall(text, REFERENCE) == pytest.approx(expected)


def test_nothing_written() -> None:
    """An empty reference is matched by nothing, and divides by nothing."""
    assert (rouge_l("a text", "…"), token_recall("a text", "…")) == (0.0, 0.0)


def test_links_and_accents() -> None:
    """Where a link leads is not part of what is said; an accent makes no other word."""
    assert rouge_l("See [the café page](https://example.com/a-b).", "See the cafe page") == 1.0
