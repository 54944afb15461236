"""Of an HTML page its own content is kept, in a form that reads as it looked."""

import pytest

from pipelines.converters.html import convert_html
from pipelines.markdown import split_sections
from tests.builders.html import cells, page, table


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


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([cells("A", "B"), cells("1", "2")], ["| A | B |", "| --- | --- |", "| 1 | 2 |"]),
        ([cells("A", "B"), cells("", ""), cells("1", "")], ["| A | B |", "| --- | --- |", "| 1 |  |"]),
        (
            [
                '<th rowspan="2">Soort</th><th colspan="2">2026</th>',
                "<th>Q1</th><th>Q2</th>",
                cells("Verlof", "1", "2"),
            ],
            ["| Soort | 2026 Q1 | 2026 Q2 |", "| --- | --- | --- |", "| Verlof | 1 | 2 |"],
        ),
        (
            [cells("A", "B"), '<td rowspan="2">x</td><td>1</td>', cells("2")],
            ["| A | B |", "| --- | --- |", "| x | 1 |", "| x | 2 |"],
        ),
        (
            ['<td colspan="2">Dagen per jaar</td>', cells("A", "B"), cells("1", "2")],
            ["Dagen per jaar", "", "| A | B |", "| --- | --- |", "| 1 | 2 |"],
        ),
        (
            [cells("A", "<ul><li>een</li><li>twee.</li><li>drie</li></ul>"), cells("1", "2")],
            ["| A | een; twee. drie |"],
        ),
        ([cells("A", table(cells("x", "y"), cells("1", "2"))), cells("1", "2")], ["| A | x, y; 1, 2 |"]),
        ([cells("A", "<h2>B</h2><pre>c\nd</pre>"), cells("1", "2")], ["| A | B `c d` |"]),
    ],
)
def test_tables_are_read_cell_by_cell(rows: list[str], expected: list[str]) -> None:
    """With a header, merged cells repeated, and whatever is in a cell in one line."""
    assert _markdown(table(*rows)).split("\n")[: len(expected)] == expected


def test_caption_stands_above_its_table() -> None:
    """It says what the table is about."""
    html = table(cells("A", "B"), cells("1", "2"), top="<caption>Dagen | jaar</caption>")
    assert _markdown(html).split("\n")[:3] == ["Dagen | jaar", "", "| A | B |"]


@pytest.mark.parametrize(
    "html",
    [
        table(cells("<h2>Verlof</h2><p>Tekst</p>")),
        '<table role="presentation"><tr><td><h2>Verlof</h2></td></tr><tr><td>Tekst</td></tr></table>',
        table(cells(table(cells("<h2>Verlof</h2>"))), cells("Tekst")),
    ],
)
def test_tables_that_only_lay_out_a_page_are_read_as_text(html: str) -> None:
    """Old pages and mails put everything in tables; a heading stays a heading."""
    assert _markdown(html) == "## Verlof\n\nTekst"


def test_tables_and_cells_out_of_place_are_kept() -> None:
    """Broken markup loses no text."""
    assert _markdown("<tr><td>A</td><td>B</td></tr><table></table><p>C") == "A  B\n\nC"


@pytest.mark.parametrize(
    ("html", "left_out"),
    [
        ('<p style="color:white">geheim</p>', {"passages of white text": 1}),
        ('<p style="color: rgb(255, 255, 255)">geheim</p>', {"passages of white text": 1}),
        ('<font color="#FFF">geheim</font>', {"passages of white text": 1}),
        ('<div style="background:#fff"><p style="color:#fefefe">geheim</p></div>', {"passages of white text": 1}),
        (
            '<div style="position:absolute; left:-9999px">geheim <b>geheim</b></div>',
            {"passages of text off the page": 1},
        ),
        ('<p style="text-indent:-999px">geheim</p>', {"passages of text off the page": 1}),
        ('<p style="font-size:1px">geheim</p>', {"passages of text of size 0": 1}),
        ('<div style="font-size:0"><b style="font-size:1em">geheim</b></div>', {"passages of text of size 0": 1}),
        ('<p hidden>geheim</p><p style="opacity:0">geheim</p>', {"passages of hidden text": 2}),
        (
            '<div style="max-height:0;overflow:hidden">geheim<img alt="geheim" src="x"></div>',
            {"passages of hidden text": 2},
        ),
    ],
)
def test_what_nobody_sees_is_counted(html: str, left_out: dict[str, int]) -> None:
    """It is quoted to nobody, and an administrator is told."""
    converted = convert_html(page(f"<p>Zichtbaar</p>{html}"))
    assert converted.markdown == "Zichtbaar"
    assert set(converted.left_out) == set(left_out)


@pytest.mark.parametrize(
    "html",
    [
        page('<p style="color:white">Wit</p>', attributes='bgcolor="navy"'),
        page('<div style="background-color:#1f3864"><p style="color:white">Wit</p></div>'),
        page('<div class="balk"><p style="color:white">Wit</p></div>'),
        page('<p style="color:white">Wit</p>', head="<style>body {background: navy}</style>"),
        page('<p style="color:white">Wit</p>', head='<link rel="stylesheet" href="x.css">'),
        page('<div style="color:white"><p style="color:black">Wit</p></div>'),
        page('<div style="font-size:0"><p style="font-size:16px">Wit</p></div>'),
        page('<p style="left:-9999px">Wit</p>'),
        page('<p style="text-indent:-1em">Wit</p>'),
        page('<p style="height:0">Wit</p>'),
    ],
)
def test_what_a_reader_may_see_is_kept(html: str) -> None:
    """Where something can lie under white text, it stays; so does text with a look of its own."""
    converted = convert_html(html)
    assert (converted.markdown, converted.left_out) == ("Wit", {})


@pytest.mark.parametrize(
    ("comment", "count"),
    [
        ("<!-- Klopt dit nog? -->", 1),
        ("<!-- ---- -->", 0),
        ("<!--[if mso]>Outlook<![endif]-->", 0),
        ("<!-- <p>oud</p> -->", 0),
        ("<![CDATA[ geheim ]]>", 0),
        ("<?xml:namespace prefix = o ?>", 0),
    ],
)
def test_comments_with_words_are_counted(comment: str, count: int) -> None:
    """Markup that was put aside and conditions for a browser are nobody's remark."""
    converted = convert_html(page(f"<p>Tekst{comment}</p>"))
    assert (converted.markdown, converted.left_out) == ("Tekst", {"comments": 1} if count else {})


@pytest.mark.parametrize(
    "html",
    [
        "<p># Kop</p>",
        "<p>Tekst\n# Kop</p>",
        "<p>Tekst<br># Kop</p>",
        "<p>Tekst<br>---</p>",
        '<p><a id="x"></a><span># Kop</span></p>',
        "<ul><li># Kop</li></ul>",
        "<blockquote><p># Kop</p></blockquote>",
        "<p>&lt;!-- page 9 --></p>",
        "<p>&lt;<span>!-- page 9 --></span></p>",
        "<p>\\&lt;!-- page 9 --></p>",
        "<pre>x\n```\n# Kop\n\n<!-- page 9 -->&lt;!-- page 9 --></pre>",
        "<code>x<p># Kop</p></code>",
        '<img alt="x\n\n# Kop" src="y">',
        '<a href="x\n\n# Kop">y</a>',
        "<p>```</p><p># Kop</p>",
        "<p>[x]: tekst</p>",
        "<h1>Kop {#elders}</h1>",
    ],
)
def test_no_page_forges_structure(html: str) -> None:
    """Text that looks like a heading, a page marker or code is text."""
    sections = split_sections(_markdown(f"<p>Begin</p>{html}<p>Eind</p>"), "nl")
    assert [section.anchor for section in sections[1:]] in ([], ["kop-elders"])
    assert {block.place for section in sections for block in section.blocks} == {""}
    assert sections[-1].blocks[-1].text == "Eind"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<ol start="4"><li>vier</li><li>vijf</li><li value="9">negen</li><li>tien</li></ol>',
            "4. vier\n5. vijf\n9. negen\n10. tien",
        ),
        ("<dl><dt>Verlof</dt><dd>Vrije dagen</dd></dl>", "**Verlof**\n\nVrije dagen"),
        ("<ul><li><p>Eén</p><p>meer</p></li><li><p>Twee</p></li></ul>", "- Eén\n\n  meer\n- Twee"),
        ("<p>snake_case en _nadruk_</p>", "snake_case en \\_nadruk\\_"),
        ("<p>Ver\u00adlof\u00a0dag &amp;amp; R&amp;D</p>", "Verlof dag \\&amp; R&D"),
        (
            '<p><a href="javascript:alert(1)">klik</a> <a href="https://a.example/(b) c">b</a></p>',
            "klik [b](https://a.example/%28b%29%20c)",
        ),
        ('<p><a href="https://a.example/b_c">https://a.example/b_c</a></p>', "<https://a.example/b_c>"),
        ('<p>Foto <img src="data:image/png;base64,AAAA" alt="Het kantoor"></p>', "Foto Het kantoor"),
        ("<b><p>a</p><p>b</p></b>", "a\n\nb"),
        ('<p><input type="checkbox" checked> Ja <input type="checkbox"> Nee</p>', "☑ Ja ☐ Nee"),
        ("<p dir=rtl>إجازة <i>سنوية</i></p>", "إجازة *سنوية*"),
    ],
)
def test_text_reads_as_it_looked(html: str, expected: str) -> None:
    """Numbers, terms, addresses and boxes included."""
    assert _markdown(html) == expected


def test_long_lists_are_read_quickly() -> None:
    """A list of 20,000 numbered items is no reason to wait: each is counted from the one before it."""
    markdown = _markdown("<ol>" + "<li>x</li>" * 20_000 + "</ol>")
    assert markdown.endswith("\n20000. x")
