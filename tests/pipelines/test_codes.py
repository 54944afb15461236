"""What is a code, and what is only letters beside a number."""

import pytest

from pipelines.codes import codes


def _terms(text: str, *, any_case: bool = False) -> list[str]:
    return [code.term for code in codes(text, any_case=any_case)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Certified to ISO 27001 since 2020", ["iso27001"]),
        ("ISO\u00a027001:2013", ["iso27001"]),
        ("ISO/IEC 27001", ["iso27001", "iec27001"]),
        ("NEN-EN-ISO 9001", ["nen9001", "en9001", "iso9001"]),
        ("Storing M05.", ["m05"]),
        ("Formulier HR-12, hr-12, HR\u201112, HR_12 en HR12", ["hr12"] * 5),
        ("De PX 400 en de PX-600b", ["px400", "px600b"]),
        ("Foutcode LC-310: herstart", ["lc310"]),
    ],
)
def test_code_is_one_thing_however_it_is_written(text: str, found: list[str]) -> None:
    """With a space, a dash or nothing between its letters and its number."""
    assert _terms(text) == found


@pytest.mark.parametrize(
    "text",
    ["binnen 5 dagen", "Artikel 5", "op 18 maart 2026", "EUR 500", "24-uursdienst", "e-mail", "40 uur", "ABCDEFGH-12"],
)
def test_number_beside_a_word_is_no_code(text: str) -> None:
    """Nor an amount of money, nor a long word."""
    assert _terms(text) == []


def test_questions_are_typed_without_capitals() -> None:
    """There a word and a number may be a code."""
    assert _terms("moet de px 400 aan iso 27001 voldoen?", any_case=True) == ["px400", "iso27001"]


def test_codes_of_one_family_are_told_apart() -> None:
    """A leading zero is part of the code."""
    assert [code.family for code in codes("M05 and M5")] == ["m", "m"]
    assert len(set(codes("M05 and M5"))) == 2
