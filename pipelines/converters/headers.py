"""Whether the first row of a table names its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a cell; `is_data`: it is a number, a date or the like, which seldom is a column's name."""

    text: str
    is_data: bool


def names_columns(row: Sequence[Value]) -> bool:
    """Return whether `row` reads as a header: words, or words before a run of years or numbers (2024, 2025)."""
    data = [value.text for value in row if value.is_data]
    if not data:
        return any(value.text for value in row)
    return len(data) > 1 and not row[0].is_data and (_are_years(data) or _count_up(data))


def _are_years(texts: Sequence[str]) -> bool:
    return all(_YEAR.fullmatch(text) for text in texts)


def _count_up(texts: Sequence[str]) -> bool:
    return list(texts) == [str(number) for number in range(1, len(texts) + 1)]
