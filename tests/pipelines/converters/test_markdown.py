"""Markdown is kept as it is, less what is hidden in it."""

import pytest

from pipelines.converters.markdown import convert_markdown


def test_text_is_kept_as_it_is() -> None:
    """Markup, spaces and code are the author's."""
    text = "# A\n\n- b  \n  c\n\n| d |\n|---|\n| `e` |\n"
    assert convert_markdown(text).markdown == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text<!-- secret --> and <!--\nmore\n\nsecret\n-->more", "Text and more"),
        ("Text\n<!-- never closed\n\nsecret", "Text\n"),
    ],
)
def test_comments_are_left_out(text: str, expected: str) -> None:
    """What readers of the page never see is not quoted; a comment that never ends takes the rest along."""
    assert convert_markdown(text).markdown == expected


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Text<!-- secret --> and <!-- more -->", {"comments": 2}),
        ("Text and `<!-- code -->`", {}),
        ("```\n<!-- code -->\n```", {}),
        ("Text<!-- never closed", {"comments": 1}),
    ],
)
def test_comments_are_counted(text: str, left_out: dict[str, int]) -> None:
    """An administrator learns that something was left out; what is shown as code is none."""
    assert convert_markdown(text).left_out == left_out
