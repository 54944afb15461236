"""Several ranked lists become one."""

import pytest
from haystack import Document

from pipelines.components.relative_score_fusion import RelativeScoreFusion
from tests.pipelines.chunks import chunk


def _list(**scores: float | None) -> list[Document]:
    return _list_in("en", **scores)


def _list_in(language: str, **scores: float | None) -> list[Document]:
    return [chunk("x", f"wiki/{name}", score=score, language=language) for name, score in scores.items()]


def _fused(
    by_meaning: float, by_words: dict[str, float], vectors: list[Document], **lists: list[Document]
) -> list[tuple[str, float]]:
    found = RelativeScoreFusion(by_meaning, by_words).run(language="en", vectors=vectors, **lists)["documents"]
    return [(d.meta["document_id"], round(d.score or 0.0, 6)) for d in found]


def test_scores_are_scaled_and_weighed() -> None:
    """By hand: a = .6·1 + .2·0 + .2·1, b = .6·.5 + .2·1, c = .6·0, d = .2·.25."""
    fused = _fused(
        0.6,
        {"stems": 0.2, "fourgrams": 0.2},
        _list(a=0.9, b=0.8, c=0.7),
        stems=_list(b=12.0, d=6.0, a=4.0),
        fourgrams=_list(a=3.0),
    )
    assert fused == [("wiki/a", 0.8), ("wiki/b", 0.5), ("wiki/d", 0.05), ("wiki/c", 0.0)]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"a": 3.0}, [("wiki/a", 0.6)]),
        ({"a": 0.0, "b": 0.0}, [("wiki/a", 0.6), ("wiki/b", 0.6)]),
        ({"a": -2.0, "b": -4.0}, [("wiki/a", 0.6), ("wiki/b", 0.0)]),
        ({"b": None, "a": 1.0}, [("wiki/a", 0.6), ("wiki/b", 0.0)]),
        ({}, []),
    ],
)
def test_odd_lists_are_scaled_too(scores: dict[str, float | None], expected: list[tuple[str, float]]) -> None:
    """One hit, equal scores, negative and missing ones; what one list lacks gets nothing from it."""
    assert _fused(0.6, {"stems": 0.4}, _list(**scores), stems=[]) == expected


def test_text_in_another_language_is_not_held_to_its_words() -> None:
    """By hand: b = .6·.5 + .4·half of .5, more where it does share words (c: .6·0 + .4·1)."""
    vectors = [*_list(a=0.9), *_list_in("nl", b=0.8), *_list_in("nl", c=0.7)]
    fused = _fused(0.6, {"stems": 0.4}, vectors, stems=[*_list_in("nl", c=5.0), *_list(a=1.0)])
    assert fused == [("wiki/a", 0.6), ("wiki/b", 0.4), ("wiki/c", 0.4)]


def test_equal_scores_have_a_stable_order() -> None:
    """The same question gets the same answer twice."""
    forth = _fused(0.5, {"stems": 0.5}, _list(b=1.0), stems=_list(a=1.0))
    back = _fused(0.5, {"stems": 0.5}, _list(a=1.0), stems=_list(b=1.0))
    assert forth == back == [("wiki/a", 0.5), ("wiki/b", 0.5)]


def test_list_without_weight_does_not_rank() -> None:
    """A weight of 0 switches a list off."""
    fused = _fused(1.0, {"stems": 0.0}, _list(a=1.0, b=0.5), stems=_list(b=9.0))
    assert fused == [("wiki/a", 1.0), ("wiki/b", 0.0)]
