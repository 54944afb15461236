"""An OpenDocument text reads as it does on paper."""

import pytest

from pipelines.converters import ConvertedText
from pipelines.converters.odt import convert_odt
from pipelines.markdown import split_sections
from tests.builders.odt import cell, ground, items, list_style, odt, paragraph, style, table

_WHITE = style("Wit", 'fo:color="#ffffff"') + style("WitRun", 'fo:color="#FFFFFF"', family="text")
_COLLAPSED = '<table:table-row table:visibility="collapse">'
_COVERED = "<table:covered-table-cell/>"


def _converted(*elements: str, styles: str = "") -> ConvertedText:
    return convert_odt(odt(*elements, styles=styles))


def _markdown(*elements: str, styles: str = "") -> str:
    return _converted(*elements, styles=styles).markdown


def _span(text: str, name: str) -> str:
    return f'<text:span text:style-name="{name}">{text}</text:span>'


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<text:h text:outline-level="2">Verlof</text:h>', "## Verlof"),
        ('<text:h text:outline-level="9">Verlof</text:h>', "###### Verlof"),
        ("<text:h>Verlof</text:h>", "# Verlof"),
        (paragraph("Verlof", "Heading_20_3"), "### Verlof"),
        (paragraph("Verlof", "Eigen"), "# Verlof"),
        (items('<text:h text:outline-level="1">Verlof</text:h>'), "# Verlof"),
        ('<text:h text:outline-level="1"> </text:h>', ""),
    ],
)
def test_headings(element: str, expected: str) -> None:
    """Also those in a style of one's own, and those that a list numbers."""
    assert _markdown(element, styles=style("Eigen", "", "Heading_20_1")) == expected


@pytest.mark.parametrize(
    ("stated", "title"), [("Verlofregeling", "Verlofregeling"), ("Naamloos 1", None), (None, None)]
)
def test_title_is_the_stated_one(stated: str | None, title: str | None) -> None:
    """Unless a program put it there."""
    assert convert_odt(odt(paragraph("Tekst"), title=stated)).title == title


def test_title_in_the_text_comes_first() -> None:
    """What stands large on the first page is what readers call the document."""
    converted = convert_odt(odt(paragraph("Verlof en<text:s/>ziekte", "Title"), title="Sjabloon huisstijl"))
    assert (converted.markdown, converted.title) == ("# Verlof en ziekte", "Verlof en ziekte")


def test_lists_are_nested_and_numbered() -> None:
    """The inner list takes its look from the outer one; a list that goes on counts on."""
    inner = items(paragraph("a"), paragraph("b"))
    outer = items(paragraph("Eén") + inner, paragraph("Twee"), style_name="L1")
    more = items(paragraph("Drie"), style_name="L1", more='text:continue-numbering="true"')
    markdown = _markdown(outer, paragraph("Tussen"), more, styles=list_style("L1", "1", "bullet"))
    assert markdown == "1. Eén\n   - a\n   - b\n2. Twee\n\nTussen\n\n3. Drie"


def test_table_with_merged_and_repeated_cells() -> None:
    """A value that stands for several rows or columns stands in each of them."""
    rows = (
        cell("Soort") + cell("Dagen", 'table:number-columns-spanned="2"') + _COVERED,
        cell("Verlof", 'table:number-rows-spanned="2"') + cell("x | y", 'table:number-columns-repeated="2"'),
        _COVERED + cell("") + cell("25"),
    )
    assert _markdown(table(*rows)).split("\n") == [
        "| Soort | Dagen | Dagen |",
        "| --- | --- | --- |",
        "| Verlof | x \\| y | x \\| y |",
        "| Verlof |  | 25 |",
    ]


def test_links_emphasis_and_breaks() -> None:
    """What can be clicked can be clicked in a quote; a link into the file leads nowhere."""
    link = '<text:a xlink:href="https://a.example/">formulier</text:a>'
    inner = '<text:a xlink:href="#Verlof">Verlof</text:a>'
    text = f"Zie het {link} of {inner}:<text:tab/>{_span('nu', 'Vet')}<text:line-break/>Utrecht<text:s text:c='3'/>NL"
    styles = style("Vet", 'fo:font-weight="bold"', family="text")
    expected = "Zie het [formulier](https://a.example/) of Verlof: **nu**\\\nUtrecht NL"
    assert _markdown(paragraph(text), styles=styles) == expected


def test_notes_follow_what_they_are_to() -> None:
    """Not at the end of the document, under somebody else's heading."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Artikel 7</text:p></text:note-body></text:note>"
    )
    assert _markdown(paragraph(f"Verlof{note} telt"), paragraph("Meer")) == "Verlof[1] telt\n\n[1] Artikel 7\n\nMeer"


def test_comments_are_counted_and_left_out() -> None:
    """What colleagues say about a text is not the text."""
    comment = "<office:annotation><dc:creator>Els</dc:creator><text:p>Klopt dit?</text:p></office:annotation>"
    converted = _converted(paragraph(f"Te{comment}kst<office:annotation-end/>"))
    assert (converted.markdown, converted.left_out) == ("Tekst", {"comments": 1})


def test_deleted_text_and_indexes_are_left_out() -> None:
    """What is struck is out; a table of contents says again what the headings say."""
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    contents = (
        "<text:table-of-content><text:index-body><text:p>Verlof 3</text:p></text:index-body></text:table-of-content>"
    )
    assert _markdown(changes, contents, paragraph("Te<text:change text:change-id='c'/>kst")) == "Tekst"


@pytest.mark.parametrize(
    ("element", "left_out"),
    [
        (paragraph("geheim", "Weg"), {"passages of hidden text": 1}),
        (paragraph("geheim", "Kind"), {"passages of hidden text": 1}),
        (paragraph(f"Te{_span('geheim', 'WitRun')}kst"), {"passages of white text": 1}),
        (paragraph("geheim", "Klein"), {"passages of text of size 0": 1}),
        (paragraph(f"{_span('ge', 'WitRun')}{_span('heim', 'WitRun')}"), {"passages of white text": 1}),
        (f'<text:section text:display="none">{paragraph("geheim")}</text:section>', {"passages of hidden text": 1}),
        (
            paragraph('<text:hidden-text text:is-hidden="true">geheim</text:hidden-text>'),
            {"passages of hidden text": 1},
        ),
        (
            table(cell("x")).replace("</table:table>", f"{_COLLAPSED}{cell('geheim')}</table:table-row></table:table>"),
            {"hidden rows": 1},
        ),
    ],
)
def test_hidden_text_is_left_out(element: str, left_out: dict[str, int]) -> None:
    """What a reader can't see is quoted to nobody, and an administrator is told."""
    styles = style("Weg", 'text:display="none"') + style("Kind", "", "Weg") + style("Klein", 'fo:font-size="1pt"')
    converted = _converted(paragraph("Zichtbaar"), element, styles=styles + _WHITE)
    assert "Zichtbaar" in converted.markdown
    assert "geheim" not in converted.markdown
    assert converted.left_out == left_out


@pytest.mark.parametrize(
    "element",
    [
        paragraph(_span("Wit", "WitRun"), "Balk"),
        paragraph(_span("Wit", "WitOpBlauw")),
        table(cell(_span("Wit", "WitRun"), 'table:style-name="Kop"') + cell("x")),
        paragraph(
            f'<draw:frame draw:style-name="Kader"><draw:text-box>{paragraph("Wit", "Wit")}</draw:text-box></draw:frame>'
        ),
        paragraph("Wit", "Automatisch"),
        f'<text:section text:display="condition">{paragraph("Wit")}</text:section>',
    ],
)
def test_visible_text_is_kept(element: str) -> None:
    """White on dark is how headers of tables look, and boxes on a cover."""
    styles = (
        ground("Balk", "paragraph", "paragraph")
        + ground("Kop", "table-cell", "table-cell")
        + ground("Kader", "graphic", "graphic")
        + style("WitOpBlauw", 'fo:color="#ffffff" fo:background-color="#000080"', family="text")
        + style("Automatisch", 'fo:color="#ffffff" style:use-window-font-color="true"')
    )
    converted = _converted(element, styles=styles + _WHITE)
    assert "Wit" in converted.markdown
    assert converted.left_out == {}


@pytest.mark.parametrize(("colour", "expected"), [("#1f3864", "Wit"), ("#ffffff", "")])
def test_ground_of_the_page_counts(colour: str, expected: str) -> None:
    """White text on a coloured page is read."""
    assert convert_odt(odt(paragraph("Wit", "Wit"), styles=_WHITE, page=colour)).markdown == expected


def test_text_in_frames_and_fields_is_kept() -> None:
    """Wherever the program puts it; a picture's description is not shown."""
    frame = f"<draw:frame><draw:text-box>{paragraph('Kader')}</draw:text-box></draw:frame>"
    picture = '<draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>Foto</svg:desc></draw:frame>'
    field = "<text:date>1 mei</text:date>"
    assert _markdown(paragraph(f"Op {field}{frame}{picture} 😀")) == "Op 1 mei 😀\n\nKader"


def test_no_document_forges_structure() -> None:
    """Text that looks like a heading, a page marker or a tag is text, also where spans cut it in pieces."""
    texts = ["# Kop", "&lt;!-- page 9 --&gt;", "&lt;<text:span>!-- page 3 --&gt;</text:span>"]
    (section,) = split_sections(_markdown(*map(paragraph, texts)), "nl")
    assert [block.place for block in section.blocks] == ["", "", ""]
    assert [block.text for block in section.blocks] == ["\\# Kop", "\\<!-- page 9 -->", "\\<!-- page 3 -->"]
