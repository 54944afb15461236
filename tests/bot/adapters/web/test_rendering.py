"""What a browser is given of a reply: its words, and no element, attribute or address but the page's own."""

from dataclasses import replace
from functools import partial

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.web import rendering
from bot.adapters.web.rendering import BlockNames, sanitized
from tests.contracts.safe_html import SHARED, assert_elements
from tests.fakes.replies import LEAVE, TRAVEL

ALLOWED = {
    **SHARED,
    "li": set[str](),
    "tr": set[str](),
    "pre": {"tabindex", "role", "aria-label"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "button": {"type", "class", "data-citation", "aria-label"},
    "span": {"class"},
}


NAMES = BlockNames("Table", 'Code "x"')


text_html = partial(rendering.text_html, names=NAMES)
reply_html = partial(rendering.reply_html, names=NAMES)


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def elements(html: str) -> list[Tag]:
    return list(parsed(html).find_all(True))


def test_reply_is_headings_quotes_and_markers() -> None:
    """The number after a heading opens its source; it is read aloud as what it leads to."""
    assert reply_html("**Leave › Part-timers** [1]\n\n> Part-timers get *less*.", (LEAVE,)) == (
        '<p><strong>Leave › Part-timers</strong> <button type="button" class="marker" data-citation="1" '
        'aria-label="[1] Leave › Part-timers">[1]</button></p>\n'
        "<blockquote>\n<p>Part-timers get <em>less</em>.</p>\n</blockquote>\n"
    )


@pytest.mark.parametrize(
    "markdown",
    [
        "> As [1] says.",
        "> - as [1] says",
        "> | a |\n> | --- |\n> | [1] |",
        "`[1]`",
        "```\n[1]\n```",
        "    [1]",
        "Leave \\[1\\]",
        "[3] and [01] and [1x] and [ 1 ]",
    ],
)
def test_what_a_document_says_is_no_marker(markdown: str) -> None:
    """In quotes, code and titles a number in brackets is the document's own, and so is one without a citation."""
    html = reply_html(markdown, (LEAVE,))
    assert parsed(html).find("button") is None
    assert "1" in parsed(html).get_text()


def test_marker_can_not_be_given_another_meaning() -> None:
    """A quoted footnote or link takes no marker away."""
    html = reply_html("Leave [1] and [1](https://evil.example)\n\n[1]: https://evil.example", (LEAVE,))
    assert next(b.get_text() for b in parsed(html).find_all("button")) == "[1]"
    assert parsed(html).find("a") is None


def test_markers_lead_nowhere_before_there_are_citations() -> None:
    """An answer on its way shows its numbers as they are."""
    assert text_html("Leave [1]") == '<p>Leave <span class="marker">[1]</span></p>\n'
    assert text_html("> Leave [1]") == "<blockquote>\n<p>Leave [1]</p>\n</blockquote>\n"


def test_name_of_a_source_stays_a_name() -> None:
    """Nothing in a title ends the attribute that it stands in."""
    source = replace(LEAVE, title='"><img src=x onerror=alert(1)>', section="a\u202eb")
    (button,) = parsed(reply_html("[1]", (source,))).find_all("button")
    assert button["aria-label"] == '[1] "><img src=x onerror=alert(1)> › ab'
    assert len(elements(reply_html("[1]", (source,)))) == 2


def test_wide_code_scrolls_by_keyboard() -> None:
    """Code can be gone to, fenced or indented, and says what it is."""
    for markdown in ("```py\na < b\n```", "    a < b"):
        (code,) = parsed(text_html(markdown)).find_all("pre")
        assert code.attrs == {"tabindex": "0", "role": "group", "aria-label": 'Code "x"'}
        assert str(code.code) == "<code>a &lt; b\n</code>"


def test_wide_tables_scroll_by_keyboard() -> None:
    """A table stands in a group that says so, and its figures stand under each other."""
    html = text_html("| a | b |\n| :-: | --: |\n| 1 | 2 |")
    (group,) = parsed(html).find_all("div")
    assert group.attrs == {"class": ["table"], "tabindex": "0", "role": "group", "aria-label": "Table"}
    assert [cell["class"] for cell in parsed(html).find_all("td")] == [["center"], ["right"]]
    assert "style" not in html


def test_cells_beyond_the_columns_are_shown() -> None:
    """A row that is longer than its table's header loses nothing, in a quote neither."""
    rows = "| a | b |\n| --- | --- |\n| 1 | 2 | three | four |"
    for markdown in (rows, "\n".join(f"> {line}" for line in rows.split("\n"))):
        cells = [cell.get_text() for cell in parsed(text_html(markdown)).find_all("td")]
        assert cells == ["1", "2 | three | four"]


def test_headings_stay_below_those_of_the_page() -> None:
    """A page's first two levels are its own."""
    html = text_html("\n\n".join(f"{'#' * level} h" for level in range(1, 7)))
    assert [element.name for element in elements(html)] == ["h3", "h4", "h5", "h6", "h6", "h6"]


HOSTILE = [
    "<script>alert(1)</script>",
    "<div>\n<script>\nalert(1)\n</script>\n</div>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)>",
    "<style>*{display:none}</style>",
    '<a href="javascript:alert(1)">x</a>',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!-- <script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php alert(1) ?>",
    "</p></div></main><script>alert(1)</script>",
    "<b",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](%6aavascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/x)",
    "[x](/api/threads)",
    "[x](other.md#a)",
    "[x](http://[::1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]\n\n[x]: javascript:alert(1)",
    '[x](https://e.example "onmouseover=alert(1)")',
    "[x](https://e.example/\"onmouseover='alert(1)')",
    '![<img src=x onerror=alert(1)>](https://e.example/x.png "t")',
    "![x](javascript:alert(1))",
    '![a ![b](c) "d"](e)',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    '<button class="marker" data-citation="1">[1]</button>',
    '<mark class="passage" id="passage">x</mark>',
    "# x {#passage}",
    "| <script> | `a\\|b` |\n| --- | --- |\n| <img src=x onerror=alert(1)> | x |",
    "\ue000\ue001\ufdd0\U000f0000",
]


def assert_safe(html: str, allowed: dict[str, set[str]]) -> None:
    assert_elements(parsed(html), allowed)
    assert not list(parsed(html).find_all(string=lambda text: type(text).__name__ == "Comment"))


@pytest.mark.parametrize("markdown", HOSTILE)
def test_reply_is_never_more_than_text(markdown: str) -> None:
    """Whatever a document says is quoted as words: no element, handler, style, picture or link of its own."""
    for text in (markdown, f"> {markdown}", f"- {markdown}", f"**{markdown}**"):
        assert_safe(reply_html(text, (LEAVE, TRAVEL)), ALLOWED)


@pytest.mark.parametrize("markdown", HOSTILE)
def test_what_passes_the_renderer_is_sanitized_again(markdown: str) -> None:
    """The sanitizer alone lets nothing through that the page does not have."""
    page = {"a": {"href", "target", "rel"}, "mark": {"class", "id"}, "li": {"class", "id"}, "pre": {"class", "id"}}
    assert_safe(sanitized(markdown), ALLOWED | page)


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u2060", "\ufeff", "\u00ad", "\U000e0041", "\x1b"])
def test_characters_that_nobody_sees_are_gone(hidden: str) -> None:
    """They could turn words around, or carry something along when a reply is copied."""
    assert text_html(f"a{hidden}b `c{hidden}d`") == "<p>ab <code>cd</code></p>\n"


def test_emoji_stay_whole() -> None:
    """A family is one picture, a heart is red."""
    assert text_html("👩‍👧 ❤️") == "<p>👩‍👧 ❤️</p>\n"


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_nothing_is_lost_however_deep_it_stands(mark: str) -> None:
    """What is nested deeper than any person would is still there, as text."""
    assert "the end" in text_html(mark * 200 + "the end")


_PIECES = st.sampled_from(
    [
        *HOSTILE,
        "[1]",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "*",
        "_",
        "~~",
        "`",
        "|",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "    ",
        "\\",
        "&",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_mixture_gets_through(markdown: str) -> None:
    """However markup, attacks and letters are put together."""
    assert_safe(reply_html(markdown, (LEAVE, TRAVEL)), ALLOWED)


@given(st.text(alphabet=st.sampled_from("abcdefg <>*_[]()!`~|-#>\n"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_every_letter_is_shown(text: str) -> None:
    """Markup may go, words never; addresses of links and the language of code are no words."""
    shown = [c for c in parsed(text_html(text)).get_text() if c.isalpha()]
    letters = [c for c in text if c.isalpha()]
    assert shown == letters or "](" in text or "```" in text or "~~~" in text
