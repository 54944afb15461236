"""The code that is asked for comes before others of its kind."""

from itertools import pairwise

import pytest
from haystack import Document

from pipelines.components.exact_codes import ExactCodes
from tests.pipelines.chunks import chunk, contents


def _found(*texts: str) -> list[Document]:
    return [chunk(text, f"wiki/{n}", score=1 - n / 10) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("question", "other", "asked"),
    [
        ("What does LC-310 mean?", "LC-402: the server is busy.", "LC-310: the password is wrong."),
        ("what does lc 310 mean", "LC-402: the server is busy.", "LC-310: the password is wrong."),
        ("Hoe zwaar is een px400?", "De PX 600 weegt 900 kg.", "De PX 400 weegt 700 kg."),
        ("Waarvoor is formulier HR 12?", "HR-13 is voor verlof.", "HR-12 is voor verlof."),
        ("Are we certified for ISO 27001?", "ISO 9001 since 2019.", "ISO/IEC 27001:2022 since 2020."),
        ("Machine M05 staat stil", "M5: zie het boek.", "M05: druk op reset."),
    ],
)
def test_asked_for_code_comes_first(question: str, other: str, asked: str) -> None:
    """However near the other one is; the scores stay sorted, and what names no code stays where it is."""
    result = ExactCodes().run(question, _found(other, "No code here.", "Both " + other, asked))
    documents = result["documents"]
    assert contents(documents) == [asked, "No code here.", other, "Both " + other]
    assert all((one.score or 0) > (next_.score or 0) for one, next_ in pairwise(documents))
    assert (result["has_code"], result["only_others"]) == (True, False)


def test_title_and_heading_name_a_code_too() -> None:
    """The text below them is about it."""
    found = [
        chunk("It is heavy.", "wiki/a", score=0.9, title="PX 600"),
        chunk("It is light.", "wiki/b", title="PX 400"),
    ]
    assert contents(ExactCodes().run("How heavy is the PX 400?", found)["documents"]) == [
        "It is light.",
        "It is heavy.",
    ]


def test_comparison_keeps_its_order() -> None:
    """Each of the codes is asked for."""
    found = _found("PX 600: 900 kg.", "PX 400: 700 kg.")
    assert ExactCodes().run("PX 400 or PX 600?", found)["documents"] == found


def test_code_that_is_nowhere_is_told() -> None:
    """What is there is about other ones."""
    found = _found("LC-402: the server is busy.", "No code.")
    assert ExactCodes().run("What does LC-999 mean?", found) == {
        "documents": found,
        "has_code": False,
        "only_others": True,
    }


@pytest.mark.parametrize("question", ["How many holidays?", "Binnen 5 dagen of 10 dagen?", "What is an A4?"])
def test_other_questions_are_left_alone(question: str) -> None:
    """Without a code, or with one of a family that no document knows, the order is that by relevance."""
    found = _found("Binnen 10 dagen.", "LC-402: the server is busy.", "Binnen 5 dagen.")
    assert ExactCodes().run(question, found) == {"documents": found, "has_code": False, "only_others": False}
