"""Of an HTML page its own content is kept, in a form that reads as it looked."""

import pytest

from pipelines.converters.html import convert_html
from pipelines.markdown import split_sections


def _markdown(html: str) -> str:
    return convert_html(html).markdown.strip()


@pytest.mark.parametrize("element", ["nav", "footer", "aside", "form", "script", "style", "noscript", "button"])
def test_surroundings_are_left_out(element: str) -> None:
    """Menus, footers and scripts are no knowledge."""
    html = f"<body><{element}>Around <p>it</p></{element}><p>Text</p></body>"
    assert _markdown(html) == "Text"


def test_header_is_kept_where_it_holds_the_title() -> None:
    """The site's header goes, an article's own header stays."""
    html = "<header>Our site</header><article><header><h1>Leave</h1></header><p>Text</p></article>"
    assert _markdown(html) == "# Leave\n\nText"


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden",
        'style="display: none"',
        'style="color: red; VISIBILITY:hidden"',
        'style="font-size:0"',
        'style="display:none !important"',
    ],
)
def test_hidden_text_is_left_out(attribute: str) -> None:
    """What readers can't see is not quoted to anybody, nor taken for the title."""
    content = f"<h1 {attribute}>Secret</h1><p>Text<span {attribute}>secret</span></p>"
    html = f"<title>Open</title><body>{content}</body>"
    converted = convert_html(html)
    assert (converted.markdown.strip(), converted.title) == ("Text", "Open")


def test_comments_are_left_out() -> None:
    """Comments in the source are hidden text too."""
    assert _markdown("<p>Text<!-- secret --></p><!-- secret -->") == "Text"


def test_visible_styles_are_kept() -> None:
    """Only a size of nothing hides."""
    assert _markdown('<p style="font-size: 0.8em">Text</p>') == "Text"


@pytest.mark.parametrize(
    "html",
    [
        "<body>Around<main><p>Text</p></main></body>",
        "<body>Around<article><p>Text</p></article></body>",
        "<html><head><title>T</title></head><body><p>Text</p></body></html>",
        "<p>Text</p>",
    ],
)
def test_content_is_the_innermost_that_is_marked(html: str) -> None:
    """Main part, else article, else the whole body."""
    assert _markdown(html) == "Text"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Leave</title><h1>Days</h1>", "Leave"),
        ("<h1>Leave <b>days</b></h1>", "Leave days"),
        ("<p>Text</p>", None),
        ("<title> </title><p>Text</p>", None),
    ],
)
def test_title_is_the_page_s_or_its_heading_s(html: str, title: str | None) -> None:
    """What the page is called; a page without a name is called by its heading."""
    assert convert_html(html).title == title


def test_ids_of_headings_become_anchors() -> None:
    """A link can lead to the section; an id that no link can hold is passed over."""
    markdown = _markdown('<h2 id="sick-leave">Sick</h2><p>x</p><h2 id="a b">Odd</h2><h2>Plain text</h2>')
    sections = split_sections(markdown, "en")[1:]
    assert [(s.path, s.anchor) for s in sections] == [
        (("Sick",), "sick-leave"),
        (("Odd",), "odd"),
        (("Plain text",), "plain-text"),
    ]


def test_empty_heading_gets_no_anchor() -> None:
    """An anchor is not shown as a heading's text."""
    assert "top" not in _markdown('<h2 id="top"></h2><p>Text</p>')


def test_tables_stay_tables() -> None:
    """Also with bars, breaks and paragraphs in their cells."""
    html = (
        "<table><tr><th>A|B</th><th>C</th></tr>"
        "<tr><td>1|2</td><td>x<br>y</td></tr><tr><td><p>3</p></td><td>4</td></tr></table>"
    )
    assert _markdown(html) == "| A\\|B | C |\n| --- | --- |\n| 1\\|2 | x y |\n| 3 | 4 |"
    (section,) = split_sections(_markdown(html), "en")
    assert len(section.blocks) == 2


def test_nested_lists_stay_nested() -> None:
    """What is under an item stays under it."""
    html = "<ul><li>One<ul><li>a</li><li>b</li></ul></li><li>Two</li></ul><ol><li>First</li></ol>"
    assert _markdown(html) == "- One\n  - a\n  - b\n- Two\n\n1. First"


def test_links_and_emphasis_are_kept() -> None:
    """What can be clicked can be clicked in a quote."""
    html = '<p>See <a href="https://x.example/a">the <strong>form</strong></a>.</p>'
    assert _markdown(html) == "See [the **form**](https://x.example/a)."


def test_text_that_looks_like_markup_stays_text() -> None:
    """Tags that are written about, and marks of emphasis, are shown as they were."""
    assert _markdown("<p>Use &lt;b&gt; or *this* if 1 &lt; 2</p>") == "Use \\<b> or \\*this\\* if 1 < 2"
    assert _markdown("<pre>if a &lt; b:\n  <b>c</b></pre>") == "```\nif a < b:\n  c\n```"


def test_line_break_ends_a_line() -> None:
    """An address keeps its lines."""
    assert _markdown("<p>Street 1<br>Town</p>") == "Street 1\\\nTown"
