"""Questions as people type them in a hurry."""

import re

import pytest

from pipelines.evaluation.dataset import Query
from pipelines.evaluation.typos import with_typos

QUESTION = Query("q1", "Wanneer moet ik een Omgevingsvergunning aanvragen voor mijn verbouwing?")


def _typed(text: str, seed: int = 7, id_: str = "q1") -> str:
    return with_typos(Query(id_, text), seed).text


def _changed(question: Query, seed: int = 7) -> list[tuple[str, str]]:
    before = question.text.lower().replace("?", "").split()
    return [pair for pair in zip(before, with_typos(question, seed).text.split(), strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("seed", range(20))
def test_half_of_the_longer_words_have_two_inner_neighbours_swapped(seed: int) -> None:
    """Of four here two; first and last letters stay, and so do all letters together."""
    changed = _changed(QUESTION, seed)
    assert len(changed) == 2
    for before, after in changed:
        places = [at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        assert len(before) > 5
        assert places[1] == places[0] + 1
        assert 0 < places[0] < places[1] < len(before) - 1
        assert sorted(before) == sorted(after)


def test_lower_case_and_no_question_mark() -> None:
    """As it is typed on a telephone; a question of short words has no errors."""
    assert _typed("Wie is de CFO?") == "wie is de cfo"


def test_one_longer_word_is_enough_for_an_error() -> None:
    """At least one, so that every such question is harder."""
    assert re.fullmatch("is (?!parking)p[arkin]{5}g here", _typed("Is parking here?"))


def test_swapping_changes_something() -> None:
    """Two like letters side by side are passed over; a word that has no others stays as it is."""
    assert [_typed("baaaab", seed) != "baaaab" for seed in range(5)] == [False] * 5
    assert all(_typed("kaalle", seed) in {"kaalle", "klaale", "kalale"} - {"kaalle"} for seed in range(20))


def test_digits_and_marks_stay() -> None:
    """Codes and links are not words."""
    assert _typed("ISO 2700145, M-05_123456?") == "iso 2700145, m-05_123456"


def test_same_seed_makes_the_same_errors_whatever_else_is_asked() -> None:
    """Runs can be compared; another seed makes others."""
    assert with_typos(QUESTION, 7) == with_typos(QUESTION, 7)
    assert len({with_typos(QUESTION, seed).text for seed in range(10)}) > 1
    assert with_typos(QUESTION, 7).id == "q1"
