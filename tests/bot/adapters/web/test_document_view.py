"""A document as a reader sees it, at the passage that an answer quotes."""

from collections.abc import Sequence

import pytest
from bs4 import BeautifulSoup, Tag
from haystack import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.web import document_view
from bot.adapters.web.document_view import DocumentHtml
from bot.adapters.web.rendering import BlockNames
from pipelines.components.quote_selector import QuoteSelector
from pipelines.components.structure_splitter import StructureSplitter
from pipelines.converters.markdown import convert_markdown
from pipelines.markdown import place_marker, split_sections
from tests.contracts.safe_html import SHARED, assert_elements
from tests.pipelines.chunks import metadata
from tests.pipelines.markdown_texts import documents

ALLOWED = {
    **SHARED,
    **{tag: {"class", "id"} for tag in ("mark", "li", "tr")},
    "pre": {"class", "id", "tabindex", "role", "aria-label"},
    "div": {"class", "tabindex", "role", "aria-label", "data-kind", "data-number"},
    "a": {"href", "target", "rel"},
}


def document_html(markdown: str, passage: Sequence[str], section: str = "") -> DocumentHtml:
    return document_view.document_html(markdown, passage, section, BlockNames("Table", "Code"))


def parsed(view: DocumentHtml) -> BeautifulSoup:
    return BeautifulSoup(view.html, "html.parser")


def marked(view: DocumentHtml) -> list[tuple[str, str]]:
    """Return the marked elements by name and text; the first of them alone has the id."""
    found = parsed(view).select(".passage")
    assert [element.get("id") for element in found] == ["passage", *[None] * (len(found) - 1)][: len(found)]
    assert view.found == bool(found)
    return [(element.name, " ".join(element.get_text().split())) for element in found]


def test_document_is_shown_whole() -> None:
    """Headings below the page's own, links that open beside it, and pictures by what they show."""
    view = document_html("# Leave {#top}\n\nSee *[the form](https://e.example/f)* ![Form](f.png).", ())
    assert view == DocumentHtml(
        '<h3>Leave</h3>\n<p>See <em><a href="https://e.example/f" target="_blank" '
        'rel="noopener noreferrer nofollow">the form</a></em> Form.</p>\n',
        found=False,
        cut=False,
    )


def test_sentences_are_marked_in_their_paragraph() -> None:
    """Exactly what is quoted, and what follows each other in one piece."""
    text = "Holidays are long. You get 25\ndays. Ask your manager. Parking is free."
    view = document_html(text, ("You get 25\ndays.", "Ask your manager."))
    assert marked(view) == [("mark", "You get 25 days. Ask your manager.")]
    assert parsed(view).get_text().split() == text.split()


@pytest.mark.parametrize(
    ("text", "piece", "pieces"),
    [
        ("One **two. Three** four.", "Three** four.", ["Three", " four."]),
        ("One [two. Three](https://e.example) four.", "Three](https://e.example) four.", ["Three", " four."]),
        ("One [two](https://e.example/a_(b)). Three.", "One [two](https://e.example/a_(b)).", ["One ", "two", "."]),
        ("*One* `two. 2` three. Four.", "*One* `two. 2` three.", ["One", " two. 2 three."]),
        ("One &amp; two \\* three. Four.", "One &amp; two \\* three.", ["One & two * three."]),
        ("One two.\\\nThree ~~four~~.", "Three ~~four~~.", ["Three ", "four", "."]),
        ("One <b>two</b>. Three.", "One <b>two</b>.", ["One <b>two</b>."]),
        ("One. ![Two](x.png) three.", "![Two](x.png) three.", ["Two three."]),
        ("# One two. Three #", "Three", ["Three"]),
        ("> One.\n> Two. Three.", "> One.\n> Two. Three.", ["One.\nTwo. Three."]),
        ("- a\n\n  One. Two.", "One.", ["One."]),
    ],
)
def test_mark_goes_along_with_other_markup(text: str, piece: str, pieces: list[str]) -> None:
    """It begins and ends in the middle of bold words and links, and breaks none of them."""
    view = document_html(text, (piece,))
    assert [mark.get_text() for mark in parsed(view).select("mark.passage")] == pieces
    assert parsed(view).get_text() == parsed(document_html(text, ())).get_text()


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("- one\n  - two\n- three", "- one\n  - two", ("li", "one two")),
        ("1. one\n2. two\n3. three", "2. two", ("li", "two")),
        ("> - one\n> - two", "> - one\n> - two", ("li", "one")),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |", "| 3 | 4 |", ("tr", "3 4")),
        ("x\n\n```py\na = 1\n\nb = 2\n```\n\ny", "```py\na = 1\n\nb = 2\n```", ("pre", "a = 1 b = 2")),
        ("x\n\n    a = 1\n    b = 2\n\ny", "    a = 1\n    b = 2", ("pre", "a = 1 b = 2")),
    ],
)
def test_items_rows_and_code_are_marked_whole(text: str, piece: str, expected: tuple[str, str]) -> None:
    """They are one piece to a reader, with all that is in them."""
    assert marked(document_html(text, (piece,)))[0] == expected


def test_white_space_makes_no_difference() -> None:
    """A quote is joined from lines that stand indented in the document, and with other line ends."""
    view = document_html("- a\r\n\r\n  - b   c\r\n    d\r\n", ("- a\n  - b c d",))
    assert marked(view) == [("li", "a b c d")]


def test_of_equal_places_the_one_beside_the_rest_is_marked() -> None:
    """A short sentence stands everywhere; what is quoted around it tells which."""
    text = "Yes. First.\n\nYes. Second.\n\nYes. Third."
    assert marked(document_html(text, ("Yes.", "Second."))) == [("mark", "Yes. Second.")]
    assert marked(document_html(text, ("First.", "Yes."))) == [("mark", "First."), ("mark", "Yes.")]
    assert "<p>Yes. Second" in document_html(text, ("Yes.", "Third.")).html


def test_of_equal_places_the_one_in_the_cited_section_is_marked() -> None:
    """The same sentence under another heading is not what was quoted."""
    text = "## Amersfoort\n\nClosed on Sundays.\n\n## Dublin {#d}\n\nClosed on Sundays."
    view = document_html(text, ("Closed on Sundays.",), "Offices › Dublin")
    assert view.html.index("passage") > view.html.index("Dublin")
    assert document_html(text, ("Closed on Sundays.",)).html.index("passage") < view.html.index("Dublin")


def test_pieces_are_whole_words() -> None:
    """The end of another word is no place of a piece."""
    assert marked(document_html("Formally. Ally. All.", ("Ally.",))) == [("mark", "Ally.")]
    assert not document_html("Formally.", ("ally.",)).found
    assert marked(document_html("See __v2.+__, I say.", ("+__, I say.",))) == [("mark", "+"), ("mark", ", I say.")]


def test_passage_that_is_gone_is_not_found() -> None:
    """A document that changed since is shown all the same, and what is still there is marked."""
    assert not document_html("Now it is 30 days.", ("It is 25 days.",)).found
    view = document_html("Now it is 30 days. Ask.", ("It is 25 days.", "Ask."))
    assert marked(view) == [("mark", "Ask.")]
    assert not document_html("Text.", ()).found
    assert not document_html("", ("Text.",)).found


def test_row_of_two_lines_is_found_by_its_lines() -> None:
    """Where something came between the lines of a piece, both are marked."""
    assert marked(document_html("- one\n  new\n  two three", ("- one\n  two three",))) == [
        ("mark", "one"),
        ("mark", "two three"),
    ]


def test_places_are_marks_of_their_own() -> None:
    """The page says in words on which page or slide what follows stands."""
    text = "\n\n".join([place_marker("page", 1), "One.", place_marker("slide", 12), "Two.", place_marker("notes", 12)])
    assert document_html(text, ()).html == (
        '<div class="place" data-kind="page" data-number="1"></div>\n<p>One.</p>\n'
        '<div class="place" data-kind="slide" data-number="12"></div>\n<p>Two.</p>\n'
        '<div class="place" data-kind="notes" data-number="12"></div>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "Text <!-- page 3 --> text",
        "Text\n<!-- page 3 -->",
        "> <!-- page 3 -->",
        "- <!-- page 3 -->",
        "`<!-- page 3 -->`",
        "    <!-- page 3 -->",
        "```\n<!-- page 3 -->\n```",
        "\\<!-- page 3 -->",
        "<!-- page three -->",
        "<!-- page 3 --> <b>",
        "<!-- page 0 -->",
        '<!-- page 3" onclick="x -->',
    ],
)
def test_place_can_not_be_forged_in_a_text(text: str) -> None:
    """Anything but the converters' own line is text, as it stands."""
    assert parsed(document_html(text, ())).select(".place") == []
    assert "&lt;!-- page" in document_html(text, ()).html


HOSTILE = [
    "<script>alert(1)</script>",
    '<mark class="passage" id="passage">x</mark>',
    '<div class="place" data-kind="page" data-number="1" onclick=x></div>',
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](data:text/html,x)",
    "[x](//evil.example)",
    "[x](/api/threads)",
    "[x](other.md)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x](https://e.example/\"onclick='x')",
    '[x](mailto:a@e.example "title")',
    "<https://e.example>",
    "<file:///etc/passwd>",
    '![x](https://e.example/x.png "t")',
    "```js\n</code></pre><script>x</script>\n```",
    "| <b> | [x](https://e.example) |\n| --- | :-: |\n| `a` | b | c |",
    "<!-- page 3 -->",
    "\ue000\uf8ff\ufdd0\U000f0000",
    "[1]",
    "# <b> {#passage}",
]


def assert_safe(view: DocumentHtml) -> None:
    assert_elements(parsed(view), ALLOWED)
    for element in parsed(view).find_all(True):
        assert _leads_out(element), element


def _leads_out(element: Tag) -> bool:
    return element.name != "a" or str(element.get("href", "https:")).startswith(("http:", "https:", "mailto:"))


@pytest.mark.parametrize("markdown", HOSTILE)
def test_document_is_never_more_than_text(markdown: str) -> None:
    """Quoted or not, what a document says gives the page no element or address of its own."""
    for text in (markdown, f"One. {markdown} Two.", f"> {markdown}", f"- {markdown}"):
        for passage in ((), (text,), ("One.",), (markdown,)):
            assert_safe(document_html(text, passage))


def test_links_lead_out_or_nowhere() -> None:
    """An address within the page itself, or of a script, is no link; its words stay."""
    view = document_html("\n\n".join(HOSTILE), ())
    links = [link["href"] for link in parsed(view).find_all("a") if link.has_attr("href")]
    assert links == [
        "https://e.example/%22onclick='x'",
        "mailto:a@e.example",
        "https://e.example",
        "https://e.example",
    ]
    assert {link["target"] for link in parsed(view).find_all("a")} == {"_blank"}


def test_mark_of_the_document_itself_is_text() -> None:
    """A document can't pretend that something in it was quoted."""
    view = document_html('<mark class="passage" id="passage">Forged.</mark> Real.', ("Real.",))
    assert marked(view) == [("mark", "Real.")]


@pytest.mark.parametrize("at", [0, 1500, 2980, 3000, 3020, 9000])
@pytest.mark.parametrize("gap", ["\n\n", " "])
def test_long_document_is_shown_at_its_passage(monkeypatch: pytest.MonkeyPatch, at: int, gap: str) -> None:
    """A very long document is cut, and says so; never at the cost of what is quoted."""
    monkeypatch.setattr(document_view, "LONGEST", 3000)
    monkeypatch.setattr(document_view, "_BEFORE", 200)
    filler = f"Filler words here.{gap}"
    before, after = filler * (at // len(filler)), filler * 200
    view = document_html(f"{before}The one that counts.{gap}{after}", ("The one that counts.",))
    assert marked(view) == [("mark", "The one that counts.")]
    assert view.cut
    assert len(parsed(view).get_text().strip()) <= 3000


_PIECES = st.sampled_from([*HOSTILE, "One. Two.", "**", "`", "](", "\n", "\n\n", "> ", "- ", "    ", "|", "\\"])
_MIXTURES = st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=10).map("".join)


@given(_MIXTURES, st.lists(st.one_of(_PIECES, _MIXTURES), max_size=3))
@settings(max_examples=150, deadline=None)
def test_no_mixture_gets_through(markdown: str, passage: list[str]) -> None:
    """However markup, attacks and letters are put together, marked or not; marks change no word."""
    view = document_html(markdown, passage)
    assert_safe(view)
    marked(view)
    assert parsed(view).get_text() == parsed(document_html(markdown, ())).get_text()


@given(documents(), st.sampled_from(["leave bonus", "fiets", "office days", "no item"]), st.integers(50, 600))
@settings(max_examples=60, deadline=None)
def test_what_is_quoted_is_found(source: tuple[str, object], question: str, limit: int) -> None:
    """Every piece of a citation stands in the document: all of it is marked, and nothing else."""
    markdown = convert_markdown(source[0]).markdown
    whole = Document(id="wiki/a", content=markdown, meta=metadata("wiki/a"))
    chunks = StructureSplitter(300).run([whole], {"wiki/a": split_sections(markdown, "en")})["chunks"]
    quotes = QuoteSelector(_Store(), limit).run(question, "en", "answered", chunks[:3])["quotes"]
    for quote in quotes:
        view = document_html(markdown, quote.pieces, quote.chunks[0].meta["section"])
        shown = "".join(_letters(text) for _, text in marked(view))
        quoted = "".join(_letters(piece.replace("```python", "")) for piece in quote.pieces)
        assert sorted(shown) == sorted(quoted)


class _Store:
    def stem_weights(self, question: str) -> dict[str, float]:
        return dict.fromkeys(question.split(), 1.0)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))
