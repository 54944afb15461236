"""Markdown is taken apart where a reader would, and put together again as it was."""

import pytest
from hypothesis import given, settings

from pipelines.markdown import Block, join_blocks, place_marker, split_blocks, split_sections
from tests.pipelines.markdown_texts import Piece, documents

_TABLE = "| Days | Hours |\n| --- | --- |"


def _anchors(markdown: str) -> list[str]:
    return [section.anchor for section in split_sections(markdown, "en")[1:]]


def _texts(markdown: str, language: str = "en") -> list[str]:
    return [block.text for block in split_blocks(markdown, language)]


def test_sections_know_the_headings_above_them() -> None:
    """A heading closes those of its own level and deeper ones, also where levels are skipped."""
    markdown = "Intro.\n\n# A\n\n### B\n\nText.\n\n## C\n\n# D\n\nMore."
    found = [(s.index, s.level, s.path) for s in split_sections(markdown, "en")]
    assert found == [
        (0, 0, ()),
        (1, 1, ("A",)),
        (2, 3, ("A", "B")),
        (3, 2, ("A", "C")),
        (4, 1, ("D",)),
    ]
    texts = [[block.text for block in s.blocks] for s in split_sections(markdown, "en")]
    assert texts == [["Intro."], [], ["Text."], [], ["More."]]


def test_headings_are_read_without_markup() -> None:
    """What a citation shows is what a reader of the page sees."""
    markdown = "# The *new* `rules` for [leave](https://x.example) & more\n\nTwo\nlines\n==="
    assert [s.path for s in split_sections(markdown, "en")[1:]] == [
        ("The new rules for leave & more",),
        ("Two lines",),
    ]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Sick leave", "sick-leave"),
        ("What if I'm ill?", "what-if-im-ill"),
        ("Één vraag", "één-vraag"),
        ("`code` & more", "code--more"),
        ("snake_case 2.0", "snake_case-20"),
        ("Title {#own-anchor}", "own-anchor"),
    ],
)
def test_anchors_are_github_s(heading: str, anchor: str) -> None:
    """A link leads to the place on the page; a heading may state its own anchor."""
    assert _anchors(f"## {heading}\n\nText") == [anchor]


def test_equal_headings_have_numbered_anchors() -> None:
    """The second and third of one name can be linked to."""
    assert _anchors("# FAQ\n\n# FAQ\n\n## FAQ") == ["faq", "faq-1", "faq-2"]


def test_stated_anchor_is_not_part_of_the_heading() -> None:
    """Readers see the heading without it."""
    assert split_sections("# Leave {#top}\n\nText", "en")[1].path == ("Leave",)


def test_hash_in_a_code_block_is_no_heading() -> None:
    """A shell script's comments open no sections."""
    markdown = "# Setup\n\n```sh\n# install\nmake\n```\n\n    # indented\n"
    (_, section) = split_sections(markdown, "en")
    assert [block.text for block in section.blocks] == ["```sh\n# install\nmake\n```", "    # indented"]


def test_paragraphs_are_split_by_sentence() -> None:
    """By the rules of the language: an abbreviation ends no sentence."""
    assert _texts("Dhr. Jansen keurt het goed. Daarna volgt de betaling.", "nl") == [
        "Dhr. Jansen keurt het goed.",
        "Daarna volgt de betaling.",
    ]


def test_table_rows_know_their_header() -> None:
    """Each row can be understood alone; a table without rows is one block."""
    assert split_blocks(f"{_TABLE}\n| 1 | 8 |\n| 2 | 16 |", "en") == [
        Block("| 1 | 8 |", _TABLE, "\n\n"),
        Block("| 2 | 16 |", _TABLE, "\n"),
    ]
    assert _texts(_TABLE) == [_TABLE]


def test_list_items_keep_what_is_under_them() -> None:
    """A nested list or a second paragraph belongs to its item."""
    markdown = "1. One\n   - a\n   - b\n\n   More.\n2. Two\n3."
    assert _texts(markdown) == ["1. One\n   - a\n   - b\n\n   More.", "2. Two", "3."]


@pytest.mark.parametrize(
    ("before", "lead_in"),
    [
        ("Bring:", "Bring:"),
        ("Come early. Then bring", "Then bring"),
        ("**What to bring**", "**What to bring**"),
        ("Do you hear the signal?", "Do you hear the signal?"),
        ("This is all.", ""),
        ("**This is all.**", ""),
        ("# Bring", ""),
        ("Bring:\n\n***", ""),
    ],
)
def test_list_items_know_their_lead_in(before: str, lead_in: str) -> None:
    """The sentence right before the list, where it leaves open what follows; it stays a block of its own."""
    blocks = split_blocks(f"{before}\n\n- a pen\n- paper\n\nAfter it.", "en")
    assert [block.lead_in for block in blocks[-3:]] == [lead_in, lead_in, ""]
    assert not lead_in or lead_in in [block.text for block in blocks]


def test_other_blocks_stay_whole() -> None:
    """Quotations and HTML are one piece each; rules and definitions of links are no text."""
    markdown = "> One. Two.\n> Three.\n\n---\n\n<div>\nx. y.\n</div>\n\n[ref]: https://x.example\n"
    assert _texts(markdown) == ["> One. Two.\n> Three.", "<div>\nx. y.\n</div>"]


def test_headings_of_a_chunk_are_blocks() -> None:
    """What consists of headings alone can still be quoted."""
    assert _texts("# A\n\nText.") == ["# A", "Text."]


@pytest.mark.parametrize(
    "markdown",
    [
        "One. Two.\nThree.\n\nFour.",
        "- a\n- b\n  - c\n\nText.",
        f"Text.\n\n{_TABLE}\n| 1 | 8 |\n| 2 | 16 |\n\nText.",
        f"{_TABLE}\n| 1 | 8 |\n\n{_TABLE}\n| 2 | 16 |",
        "```\na\n\nb\n```\n\n> q",
    ],
)
def test_blocks_are_joined_as_they_stood(markdown: str) -> None:
    """Splitting and joining changes nothing; two tables with one header stay two tables."""
    assert join_blocks(split_blocks(markdown, "en")) == markdown


def test_row_is_joined_with_its_header() -> None:
    """A later row of a table is not shown without the names of its columns."""
    rows = split_blocks(f"{_TABLE}\n| 1 | 8 |\n| 2 | 16 |\n\nText.", "en")
    assert join_blocks(rows[1:]) == f"{_TABLE}\n| 2 | 16 |\n\nText."


@given(documents())
@settings(max_examples=60, deadline=None)
def test_every_piece_is_a_block(document: tuple[str, list[Piece]]) -> None:
    """Nothing is lost, cut, doubled or moved: sentences, items, rows and code come whole and in order."""
    markdown, pieces = document
    blocks = [block for section in split_sections(markdown, "en") for block in section.blocks]
    found = [(block.text, block.header) for block in blocks]
    assert found == [(piece.text, piece.header) for piece in pieces if not piece.is_heading]


def test_marker_is_no_text_and_marks_what_follows() -> None:
    """Until the next one; one inside a code block or a line of text is text."""
    page, other, slide = place_marker("page", 12), place_marker("page", 13), place_marker("slide", 1)
    markdown = f"A.\n\n{page}\n\nB.\n\n```\n{other}\n```\n\nC {slide}"
    (section,) = split_sections(markdown, "en")
    assert [(block.text.split()[0], block.place) for block in section.blocks] == [
        ("A.", ""),
        ("B.", "page 12"),
        ("```", "page 12"),
        ("C", "page 12"),
    ]


def test_endless_sentence_is_cut() -> None:
    """What no person wrote (a dump, a key, a table of one cell) does not become one endless chunk."""
    blocks = split_blocks("word " * 3000, "en")
    assert [len(block.text) <= 5000 for block in blocks] == [True] * 3
    assert " ".join(block.text for block in blocks).split() == ["word"] * 3000
    assert join_blocks(blocks).split() == ["word"] * 3000


def test_heading_without_end_is_cut() -> None:
    """It stands above each chunk and in the link, so a page of text after a `#` must not."""
    (_, section) = split_sections(f"# {'word ' * 1000}\n\nText.", "en")
    assert (len(section.path[0]), len(section.anchor)) == (300, 300)


def test_header_without_end_stands_once() -> None:
    """A table of thousands of columns does not repeat their names above every row."""
    names = "| name " * 1000 + "|"
    first, *rows = split_blocks(f"{names}\n{'| --- ' * 1000}|\n| 1 |\n| 2 |", "en")[-3:]
    assert [(row.text[:3], row.header) for row in rows] == [("| 1", ""), ("| 2", "")]
    assert first.header == ""
