"""What a document may say about itself, and how its mistakes are told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.sources.filesystem.errors import UnusableFile
from connectors.sources.filesystem.front_matter import FrontMatter, split_front_matter


def _read(lines: str) -> FrontMatter:
    return split_front_matter(f"---\n{lines}\n---\nText")[0]


def test_all_keys() -> None:
    """Each key is read; other tools' keys are ignored."""
    text = """---
title: Verlof
owner: Sanne
updated: 2025-01-31
access: [HR, sanne@x.example]
url: https://wiki.example.com/verlof
language: nl-NL
tags: [a, b]
---

# Verlof
"""
    expected = FrontMatter(
        title="Verlof",
        owner="Sanne",
        updated=date(2025, 1, 31),
        access=frozenset({"hr", "sanne@x.example"}),
        url="https://wiki.example.com/verlof",
        language="nl",
    )
    assert split_front_matter(text) == (expected, "# Verlof\n")


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nText\n---\nMore\n---\n",
        "",
        "-- no\n",
        "--- not a block\n---\n",
        "\n    code\n",
        '{\n"title": 1\n}\nText',
    ],
)
def test_text_without_block_stays_as_it_is(text: str) -> None:
    """Rules and underlined headings further on are text."""
    assert split_front_matter(text) == (FrontMatter(), text)


@pytest.mark.parametrize(
    "text",
    ["---\n---\nText", "---\n# only a note\n---\nText", "\n\n---\r\n---\r\n\r\nText", "---\n\n---\nText"],
)
def test_empty_block_says_nothing(text: str) -> None:
    """A block of which nothing is filled in is taken off all the same."""
    assert split_front_matter(text) == (FrontMatter(), "Text")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: 2025", "2025"),
        ("title: 2.5", "2.5"),
        ("title: 2025-01-31", "2025-01-31"),
        ("title: ' '", None),
    ],
)
def test_title_may_be_a_number(line: str, title: str | None) -> None:
    """YAML takes 2025 for a number; its author means a title."""
    assert _read(line).title == title


@pytest.mark.parametrize(
    "value",
    ["2025-01-31", "'2025-01-31'", "2025-01-31 10:00:00", "2025-01-31T23:30:00+02:00", "'2025-01-31T10:00'"],
)
def test_updated_is_a_day(value: str) -> None:
    """A date, a moment, or either as text."""
    assert _read(f"updated: {value}").updated == date(2025, 1, 31)


def test_access_may_be_one_principal() -> None:
    """One principal needs no list, and a capital letter in the key does not open the document."""
    assert _read("Access: HR").access == frozenset({"hr"})


def test_access_that_is_not_said_is_none() -> None:
    """No word on access is not the same as nobody."""
    assert _read("title: a").access is None
    assert _read("access: []").access == frozenset()


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("title: [a]", "title", "a text"),
        ("title: true", "title", "a text"),
        ("owner: 5", "owner", "a text"),
        ("updated: soon", "updated", "2025-01-31"),
        ("updated: 20250131", "updated", "2025-01-31"),
        ("access:", "access", "[] means nobody"),
        ("access: [hr, 5]", "access", "[] means nobody"),
        ("access: ''", "access", "[] means nobody"),
        ("access: {hr: true}", "access", "[] means nobody"),
        ("url: verlof.html", "url", "https://"),
        ("url: javascript:alert(1)", "url", "https://"),
        ("language: no", "language", "in quotes"),
        ("language: Dutch", "language", "nl or en"),
    ],
)
def test_wrong_value_is_named(line: str, key: str, expected: str) -> None:
    """The failure names the key, its remedy what is expected."""
    with pytest.raises(UnusableFile) as caught:
        _read(line)
    assert caught.value.reason == f"`{key}` in its front matter is not of the right kind"
    assert expected in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\ntitle: a\naccess: [hr\n---\n", "is broken at line 4: expected ',' or ']'"),
        ("\n\n---\n\n\ntitle: 'a\n---\n", "is broken at line 7: found unexpected end of stream"),
        ("---\na: &a [1]\nb: *a\n---\n", "is broken at line 3: aliases (*name) are not read"),
        ("---\nupdated: 2025-13-45\n---\n", "is broken: month must be in 1..12"),
        ("---\nupdated: !!timestamp x\n---\n", "is broken: "),
        ("---\ntitle: \x01\n---\n", "is broken: unacceptable character"),
        ("---\ntitle: " + "[" * 50_000 + "\n---\n", "is broken"),
        ("---\ntitle: " + "a" * 70_000 + "\n---\n", "is longer than 64 kB"),
        ("---\naccess hr\n---\n", "is not made of `key: value` lines"),
        ("---\naccess: hr\n", "has no closing `---`"),
        ("---\naccess: hr\n...\nText", "has no closing `---`"),
    ],
)
def test_broken_block_is_told(text: str, reason: str) -> None:
    """Where there is a line, it is the line of the file; nothing broken is taken for text."""
    with pytest.raises(UnusableFile) as caught:
        split_front_matter(text)
    assert caught.value.reason.startswith(f"its front matter {reason}")
    assert "`---`" in caught.value.remedy


@given(st.text(alphabet=st.sampled_from("-\n :[]{}&*!|>'\"#%@,?a1é\t\r"), max_size=60))
def test_any_block_is_read_or_refused(lines: str) -> None:
    """Whatever stands there, nothing but a refusal comes out."""
    try:
        split_front_matter(f"---\n{lines}\n---\nText")
    except UnusableFile as error:
        assert error.reason.startswith("its front matter") or "in its front matter" in error.reason
