"""Where the passage stands that an answer quotes."""

import pytest

from bot.adapters.web import passage
from bot.adapters.web.passage import PackedText, find_passage, pack, unpacked


def found(text: str, *pieces: str, section: str = "") -> list[str]:
    """Return what stands where the pieces are found, without its white space."""
    packed = PackedText(text)
    return [packed.text[start:end] for start, end in find_passage(packed, pieces, section)]


def where(text: str, *pieces: str, section: str = "") -> list[int]:
    """Return where in the text the pieces are found."""
    return [unpacked(text, start) for start, _ in find_passage(PackedText(text), pieces, section)]


def test_white_space_makes_no_difference() -> None:
    """A quote is joined from lines that stand otherwise in the document."""
    assert found("You get\n  25   days.\n\nAsk.", "You get 25 days.") == ["Youget25days."]
    assert pack(" a\n\tb \u00a0c") == "abc"


@pytest.mark.parametrize("text", ["", " \n ", "Now it is 30 days.", "You get 25 day."])
def test_what_is_not_there_is_not_found(text: str) -> None:
    """A document that changed since says nothing of its passage."""
    assert found(text, "You get 25 days.") == []
    assert found(text) == found(text, "", " ") == []


def test_pieces_that_touch_are_one() -> None:
    """Sentences that follow each other are marked in one piece; others each by itself."""
    assert found("One. Two. Three. Four.", "One.", "Two.", "Four.") == ["One.Two.", "Four."]


def test_pieces_that_are_gone_are_left_out() -> None:
    """Of a changed document what is still there is found."""
    assert found("One. New. Three.", "One.", "Two.", "Three.") == ["One.", "Three."]


def test_piece_of_several_lines_is_found_by_its_lines() -> None:
    """Where something came between them."""
    assert found("- one\n  new\n  two three", "- one\n  two three") == ["-one", "twothree"]


@pytest.mark.parametrize(
    ("pieces", "start"),
    [(("Yes.", "Second."), 13), (("First.", "Yes."), 5), (("Yes.", "Third."), 27), (("Yes.",), 0)],
)
def test_of_equal_places_the_one_beside_the_rest_is_meant(pieces: tuple[str, ...], start: int) -> None:
    """A short sentence stands everywhere; what is quoted around it, in its order, tells which."""
    assert where("Yes. First.\n\nYes. Second.\n\nYes. Third.", *pieces)[0] == start


@pytest.mark.parametrize(
    ("section", "start"),
    [("", 13), ("Offices › Amersfoort", 13), ("Offices › Dublin", 46), ("Offices › Nowhere", 13)],
)
def test_of_equal_places_the_one_in_the_section_is_meant(section: str, start: int) -> None:
    """The same sentence under another heading is not what was quoted; of an unknown section it is the first."""
    text = "# Amersfoort\nClosed on Sundays.\n# Dublin {#d}\nClosed on Sundays."
    assert where(text, "Closed on Sundays.", section=section) == [start]


def test_pieces_are_whole_words() -> None:
    """The end of another word is no place of a short piece; a long one may be cut inside a word."""
    assert where("Formally. Ally.", "Ally.") == [10]
    assert found("Formally.", "ally.") == []
    assert found("prefix_of_a_very_long_identifier", "of_a_very_long_identifi") == ["of_a_very_long_identifi"]


def test_piece_that_stands_everywhere_is_looked_at_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of one word takes no time to speak of."""
    monkeypatch.setattr(passage, "_MOST_OCCURRENCES", 3)
    assert where("Yes. " * 5 + "No.", "Yes.", "No.") == [10, 25]


@pytest.mark.parametrize(("position", "expected"), [(0, 1), (1, 2), (2, 5), (3, 6), (4, 8), (99, 8)])
def test_positions_lead_back_into_the_text(position: int, expected: int) -> None:
    """To the character itself, not to the white space before it; beyond the last one to the end."""
    assert unpacked(" ab \ncd ", position) == expected
