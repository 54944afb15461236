"""Which format the ending of a name stands for."""

import pytest

from connectors.formats import MIME_TYPES, PDF, mime_type


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plan.pdf", PDF),
        ("map.pdf/Plan v1.2.PDF", PDF),
        ("plan.pdf.zip", "other"),
        ("plan", "other"),
        (".pdf", "other"),
        ("", "other"),
    ],
)
def test_last_ending_counts(name: str, expected: str) -> None:
    """In capitals or not; what has no ending that is known is what the caller says."""
    assert mime_type(name, "other") == expected


def test_endings_are_in_lower_case() -> None:
    """They are looked up so, and stand in the globs of the settings."""
    assert all(ending == ending.lower() and ending.startswith(".") for ending in MIME_TYPES)
