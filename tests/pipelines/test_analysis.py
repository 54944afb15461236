"""The terms by which texts are searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analysis import fourgrams, question_stems, searched_text, stems, words
from tests.pipelines.chunks import chunk


def test_words_have_no_case_and_no_accents() -> None:
    """Who types without accents finds what has them."""
    assert words("Één CAFÉ, 2.0 snake_case; Straße ﬁets") == [
        "een",
        "cafe",
        "2",
        "0",
        "snake_case",
        "strasse",
        "fiets",
    ]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "reimbursed", "reimbursing"), ("nl", "vergoedingen", "vergoeding"), ("xx", "days", "day")],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    """In the document's language; a language without rules is treated as English."""
    assert stems(one, language) == stems(other, language)


@pytest.mark.parametrize("written", ["HR-12", "HR 12", "hr12", "HR\u201112"])
def test_code_is_a_term_of_its_own(written: str) -> None:
    """So that a document about HR-13 in room 12 is none about HR-12."""
    assert "hr12" in stems(f"Use form {written}.", "en")
    assert "hr12" not in stems("Use form HR-13 in room 12.", "en")


def test_question_is_stemmed_in_every_language() -> None:
    """A question finds documents in each language of the index; a stem counts once."""
    found = question_stems("vergoedingen fiets fiets", ["en", "nl"])
    assert len(found) == len(set(found))
    assert {*stems("vergoedingen fiets", "nl"), *stems("vergoedingen fiets", "en")} == set(found)


def test_fourgrams_mark_the_ends_of_words() -> None:
    """Long words give many, short ones one."""
    assert fourgrams("Verlof op") == ["_ver", "verl", "erlo", "rlof", "lof_", "_op_"]
    assert fourgrams("a") == ["_a_"]


@given(st.text(max_size=30))
def test_terms_of_any_text_hold_no_space_or_quote(text: str) -> None:
    """So that a store may list them, split at spaces and in quotes."""
    terms = [*stems(text, "nl"), *fourgrams(text)]
    assert all(term and not set(term) & set(' "\n\0') for term in terms)


def test_searched_text_has_what_stands_above() -> None:
    """Title, headings, text; the addresses of links are not searched, their texts are."""
    text = 'See [the form](https://x.example/a_b "Form") and ![plan](plan.png).'
    found = searched_text(chunk(text, title="Leave", section="Part-timers"))
    assert found == "Leave\nPart-timers\nSee [the form] and ![plan]."
    assert searched_text(chunk("Text", title="")) == "Text"
