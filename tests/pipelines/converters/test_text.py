"""Plain text reads the same as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.converters.text import convert_text
from pipelines.markdown import split_sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# no heading\n#1 is not either", "\\# no heading\n#1 is not either"),
        ("    indented is no code", "indented is no code"),
        ("use <b> or </b>, 1 < 2", "use \\<b> or \\</b>, 1 < 2"),
        ("- one\n- two", "- one\n- two"),
    ],
)
def test_marks_are_escaped(text: str, expected: str) -> None:
    """What only looks like markup stays text; lists stay lists."""
    assert convert_text(text).markdown == expected


def test_underlined_headings_are_headings() -> None:
    """The one way in which plain text has sections."""
    sections = split_sections(convert_text("Leave\n=====\n\n25 days.").markdown, "en")
    assert [s.path for s in sections[1:]] == [("Leave",)]


@given(st.text(alphabet="# \t\nab<>/!", max_size=60))
def test_hash_opens_no_section(text: str) -> None:
    """Whatever a log or a script holds, it is one section."""
    assert len(split_sections(convert_text(text).markdown, "en")) == 1
