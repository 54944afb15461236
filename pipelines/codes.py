"""Codes and names of products in a text: letters with a number ("ISO 27001", "M05", "HR-12", "PX 400").

To a search by words "HR-12" is "hr" and "12", which stand everywhere. Here it is one thing, however it is written
("HR-12", "HR 12", "hr12"), of a family ("hr") whose other codes ("HR-13") are about something else.
"""

import re
from typing import NamedTuple

_LETTERS = r"(?<!\w)((?:[A-Za-z]{1,6}[/-]){0,3}[A-Za-z]{1,6})"
_CODE = re.compile(rf"{_LETTERS}([ \u00a0\u2010\u2011\u2013_-]?)(\d\w*)")
_SPACES = " \u00a0"
_MONEY = frozenset({"eur", "usd", "gbp"})


class Code(NamedTuple):
    """A code in lower case: its letters, and what follows them."""

    family: str
    number: str

    @property
    def term(self) -> str:
        """The code as one word, by which it is searched."""
        return self.family + self.number


def codes(text: str, *, any_case: bool = False) -> list[Code]:
    """Return the codes in `text`, in order; "ISO/IEC 27001" is one of each family.

    Letters and a number with a space between them are a code where the letters are capitals ("PX 400", but not
    "binnen 5 dagen"), or `any_case` is set, as in questions people type no capitals. Amounts of money are none.
    """
    found = (match.groups() for match in _CODE.finditer(text))
    return [
        Code(family, number.lower())
        for letters, between, number in found
        if any_case or between not in _SPACES or not between or letters.isupper()
        for family in re.split("[/-]", letters.lower())
        if family not in _MONEY
    ]
