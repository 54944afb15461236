"""What is offered to ask about next."""

from typing import Any

import pytest
from haystack import Document

from pipelines.components.structure_splitter import SECTION_SEPARATOR
from pipelines.related_sections import possible_subjects, related_sections, subject
from tests.pipelines.chunks import chunk


def _section(heading: str, index: int, document: str = "wiki/leave", **options: Any) -> Document:  # noqa: ANN401 - any meta
    return chunk(
        f"All about {heading} and more.",
        document,
        **{"section": heading, "section_index": index, "position": index, "title": "Leave", "score": 0.8, **options},
    )


QUOTED = _section("Holidays", 1, score=1.0)


def _offered(*found: Document) -> list[str]:
    return [related["section"] for related in related_sections([QUOTED, *found], [QUOTED])]


def test_other_sections_are_offered_best_first() -> None:
    """Up to three, each with the title of its document."""
    found = [_section(heading, n) for n, heading in enumerate(["Bonuses", "Parking", "Laptops", "Phones"], 2)]
    assert related_sections([QUOTED, *found], [QUOTED]) == [
        {"title": "Leave", "section": "Bonuses"},
        {"title": "Leave", "section": "Parking"},
        {"title": "Leave", "section": "Laptops"},
    ]


def test_quoted_section_is_not_offered() -> None:
    """What has been read is no news: neither another chunk of it nor the same heading elsewhere."""
    same = _section("Holidays", 1, position=7)
    elsewhere = _section("Holiday", 4, "wiki/other")
    assert _offered(same, elsewhere) == []


def test_near_duplicates_are_offered_once() -> None:
    """Two versions of a document have the same headings."""
    assert _offered(_section("Car parking", 2), _section("Parking cars", 2, "wiki/old")) == ["Car parking"]


def test_what_hardly_fits_the_question_is_not_offered() -> None:
    """Far below the best it was found by chance."""
    assert _offered(_section("Parking", 2, score=0.39)) == []
    assert _offered(_section("Parking", 2, score=0.41)) == ["Parking"]


def test_section_is_offered_where_it_can_be_found_again() -> None:
    """A heading whose words its own text never uses leads nowhere."""
    assert _offered(chunk("Bring a pen.", section="Good to know", section_index=2, score=0.9)) == []


def test_nothing_is_offered_where_nothing_is_quoted() -> None:
    """Not found is not an occasion for more of what did not fit."""
    assert related_sections([_section("Parking", 2)], []) == []


def test_document_is_offered_where_it_is_another_one() -> None:
    """A text without headings goes by its title; the document that is quoted is not offered as a whole."""
    other, same = (
        chunk("Parking is free.", document, title="All parking", score=0.9)
        for document in ("wiki/parking", "wiki/leave")
    )
    assert _offered(other) == ["All parking"]
    assert _offered(same) == []


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("Leave", "Leave"),
        (SECTION_SEPARATOR.join(["Leave", "Part-timers"]), "Part-timers"),
        ("5.1 Maternity leave", "Maternity leave"),
        ("Artikel 12: Verlof", "Verlof"),
        ("3) Parking:", "Parking"),
        ("IT service desk", "IT service desk"),
        ("Versie 3 van het pensioen", "Versie 3 van het pensioen"),
        ("Mag ik een tweede baan hebben?", "Mag ik een tweede baan hebben?"),
        ("Inleiding", "Handbook"),
        ("1. Overig", "Handbook"),
        ("1.2", "Handbook"),
        ("12 januari 2026", "Handbook"),
        ("2026", "Handbook"),
        ("En in Ierland?", "Handbook"),
        ("Daarover meer", "Handbook"),
        ("Who has to approve?", "Handbook"),
        ("word " * 20, "Handbook"),
        ("", "Handbook"),
    ],
)
def test_subject_says_something_on_its_own(section: str, expected: str) -> None:
    """A heading without its number, or the title where it says nothing to somebody who does not see the page."""
    assert subject(chunk("x", section=section, title="Handbook")) == expected


def test_no_subject_is_better_than_an_empty_one() -> None:
    """Neither heading nor title says anything."""
    assert subject(chunk("x", section="Inleiding", title="2026")) == ""


def test_vague_question_may_be_about_what_uses_its_words() -> None:
    """Also in another form, in the text, the heading or the title; best first, three at most."""
    found = [
        _section("Parking", 1),
        _section("Overtime", 2, score=0.7),
        chunk(
            "Overtime on a Sunday is paid.", position=3, section="Overtime", section_index=3, title="Hours", score=0.6
        ),
        _section("Sundays", 4, score=0.5),
    ]
    assert possible_subjects("and on Sundays?", found) == [
        {"title": "Hours", "section": "Overtime"},
        {"title": "Leave", "section": "Sundays"},
    ]


@pytest.mark.parametrize(
    ("question", "text", "is_offered"),
    [
        ("en voor parttimers?", "Vakantie bij een parttime contract.", True),
        ("en op zondag?", "Vakantie en zondagstoeslag.", True),
        ("en in de zon?", "Vakantie op zondag.", False),
    ],
)
def test_compounds_are_words_of_it_too(question: str, text: str, is_offered: bool) -> None:
    """What is made of a word is about it, as far as the word is long enough to tell."""
    found = [chunk(text, section="Vakantie", language="nl", title="Gids", score=1.0)]
    assert bool(possible_subjects(question, found)) == is_offered


@pytest.mark.parametrize("question", ["and how much then?", "hoi", "?"])
def test_question_that_names_nothing_may_be_about_anything(question: str) -> None:
    """So nothing is offered: whatever came near it did so by chance."""
    assert possible_subjects(question, [_section("And how much, hoi", 1)]) == []
