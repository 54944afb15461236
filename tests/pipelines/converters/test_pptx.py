"""A deck becomes its slides' titles, texts, tables and notes, in the order in which people read them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Cm, Pt

from pipelines.converters.pptx import convert_pptx
from pipelines.markdown import split_sections
from tests.builders.pptx import (
    BLANK,
    TITLE_AND_CONTENT,
    TITLE_ONLY,
    TITLE_SLIDE,
    Fill,
    add_chart,
    add_diagram,
    add_paragraphs,
    add_part,
    add_scatter_chart,
    add_table,
    add_text,
    deck,
    titled,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

_PAPER = RGBColor.from_string("FFFFFF")  # type: ignore[no-untyped-call]  # the library types little of it
_NAVY = RGBColor.from_string("000063")  # type: ignore[no-untyped-call]  # the library types little of it


def _body(fill: Fill, layout: int = BLANK) -> str:
    """Return the Markdown of a deck of one slide, without its marker."""
    return convert_pptx(deck((layout, fill))).markdown.removeprefix("<!-- slide 1 -->\n\n")


def _text(*texts: tuple[str, float, float]) -> Fill:
    """Return a function that adds text boxes at a place (left and top, in centimetres) each."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        for text, left, top in texts:
            add_text(slide.shapes, text, left, top)

    return fill


def test_deck_has_a_title_slides_and_notes() -> None:
    """Each slide begins with where it stands; what was said with it stands apart."""

    def with_notes(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        titled("Verlof", (0, "25 dagen"))(slide)
        slide.notes_slide.notes_text_frame.text = "Noem ook zorgverlof.\nEn ouderschap."

    data = deck((TITLE_SLIDE, titled("Personeel 2025", (0, "Versie 2"))), (TITLE_AND_CONTENT, with_notes))
    assert convert_pptx(data).markdown == (
        "<!-- slide 1 -->\n\n# Personeel 2025\n\nVersie 2\n\n"
        "<!-- slide 2 -->\n\n## Verlof\n\n- 25 dagen\n\n"
        "<!-- notes 2 -->\n\nNoem ook zorgverlof.\n\nEn ouderschap."
    )


def test_bullets_keep_their_levels() -> None:
    """What is under an item stays under it, also where a level is skipped."""
    fill = titled("Verlof", (0, "Een"), (1, "a"), (3, "diep"), (1, "b"), (0, "Twee"))
    assert _body(fill, TITLE_AND_CONTENT) == "## Verlof\n\n- Een\n  - a\n    - diep\n  - b\n- Twee"


def test_only_what_has_a_bullet_is_an_item() -> None:
    """A paragraph whose bullet was taken away is text, a numbered one keeps its number."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        titled("Stappen", (0, "Vooraf"), (0, "Meld u"), (0, "Wacht"), (0, "Klaar"))(slide)
        marks = ["<buNone/>", '<buAutoNum type="arabicPeriod" startAt="3"/>', '<buAutoNum type="arabicPeriod"/>', ""]
        for paragraph, mark in zip(slide.placeholders[1].text_frame.paragraphs, marks, strict=True):
            properties = paragraph._p.get_or_add_pPr()
            for element in etree.fromstring(f'<x xmlns="{_DRAWING}">{mark}</x>'):
                properties.append(element)

    assert _body(fill, TITLE_AND_CONTENT) == "## Stappen\n\nVooraf\n\n3. Meld u\n4. Wacht\n- Klaar"


def test_text_box_has_no_bullets_by_itself() -> None:
    """Its lines are paragraphs, and a break in one stays a break."""
    assert _body(_text(("Straat 1\vStad\nLand", 1, 5))) == "Straat 1\\\nStad\n\nLand"


def test_reading_order_is_from_top_to_bottom_and_left_to_right() -> None:
    """However the shapes were drawn; those on a line are read along it, and the title comes first."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        _text(("onder", 1, 15), ("rechts", 12, 8.1), ("links", 1, 8.2), ("boven", 5, 0))(slide)
        slide.shapes.title.text_frame.text = "Titel"

    assert _body(fill, TITLE_ONLY) == "## Titel\n\nboven\n\nlinks\n\nrechts\n\nonder"


def test_groups_are_opened() -> None:
    """Also groups in groups, which measure on a scale of their own."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        add_text(slide.shapes, "laatste", top=15)
        outer = slide.shapes.add_group_shape()
        add_text(outer.shapes, "eerste", top=6)
        add_text(outer.shapes.add_group_shape().shapes, "tweede", top=8)
        frame = outer._element.grpSpPr.xfrm
        frame.chOff.x, frame.chOff.y = frame.chOff.x + Cm(100), frame.chOff.y + Cm(100)
        for shape in outer.shapes:
            shape.left, shape.top = shape.left + Cm(100), shape.top + Cm(100)

    assert _body(fill) == "eerste\n\ntweede\n\nlaatste"


def test_slide_without_a_title_gets_the_line_at_its_top() -> None:
    """A line alone above the others reads as the title; one beside others does not."""
    assert _body(_text(("Ons verlof", 1, 1), ("25 dagen", 1, 6))) == "## Ons verlof\n\n25 dagen"
    assert _body(_text(("Ons verlof", 1, 1), ("25 dagen", 12, 1))) == "Ons verlof\n\n25 dagen"


def test_links_can_be_followed() -> None:
    """Of a part of the text or of the whole shape; a link inside the deck is only text."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        paragraph = add_text(slide.shapes, "Zie ").text_frame.paragraphs[0]
        for text in ("het ", "formulier"):
            run = paragraph.add_run()
            run.text, run.hyperlink.address = text, "https://x.example/f"
        paragraph.add_run().text = " [hier]."
        add_text(slide.shapes, "Bel HR", top=8).click_action.hyperlink.address = "mailto:hr@x.example"
        add_text(slide.shapes, "Verder", top=11).click_action.target_slide = slide

    expected = "Zie [het formulier](https://x.example/f) [hier].\n\n[Bel HR](mailto:hr@x.example)\n\nVerder"
    assert _body(fill) == expected


def test_tables_repeat_merged_cells() -> None:
    """Each cell says what it says on the slide, over whole rows and columns."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        table = add_table(slide, [["Team", "Naam", "Uren"], ["Zorg", "Jan|P", "3"], ["", "Zoë", ""]])
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(1, 2).merge(table.cell(2, 2))

    assert _body(fill) == "| Team | Naam | Uren |\n| --- | --- | --- |\n| Zorg | Jan\\|P | 3 |\n| Zorg | Zoë | 3 |"


def test_charts_become_tables() -> None:
    """A company's figures stand in its charts, with a gap where one is missing."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        chart = add_chart(slide, ["Q1", "Q2"], {"Omzet": [1200.5, None], "Winst": [0.25, 3]}, "#,##0.00")
        chart.has_title = True
        chart.chart_title.text_frame.text = "Cijfers 2025"

    rows = "|  | Omzet | Winst |\n| --- | --- | --- |\n| Q1 | 1,200.50 | 0.25 |\n| Q2 |  | 3.00 |"
    assert _body(fill) == f"Cijfers 2025\n\n{rows}"


def test_figures_of_a_chart_follow_the_slide_s_language() -> None:
    """On a Dutch slide they are read as Dutch figures."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        titled("Omzet")(slide)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.language_id = MSO_LANGUAGE_ID.DUTCH
        add_chart(slide, ["Q1"], {"Omzet": [1200.5]}, "#,##0.00")

    assert _body(fill, TITLE_ONLY).endswith("| Q1 | 1.200,50 |")


def test_scatter_charts_become_points() -> None:
    """They have no categories, but two figures a point."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        add_scatter_chart(slide, "Meting", [(1, 2.5), (3, 4)])

    assert _body(fill).split("\n")[2:] == ["| Meting | 1 | 2.5 |", "| Meting | 3 | 4 |"]


def test_diagrams_become_lists() -> None:
    """Who is below whom in an organisation chart stays so."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        add_diagram(slide, [("1", "0", "Directie"), ("2", "1", "Zorg"), ("3", "1", "Ict"), ("4", "0", "Raad")])

    assert _body(fill) == "- Directie\n  - Zorg\n  - Ict\n- Raad"


def _hide_slide(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    titled("Geheim")(slide)
    slide.notes_slide.notes_text_frame.text = "geheim"
    slide._element.set("show", "0")


def test_hidden_slides_are_left_out_but_counted_on() -> None:
    """The number of a slide is the one that its program shows."""
    converted = convert_pptx(deck((TITLE_ONLY, _hide_slide), (TITLE_ONLY, titled("Open"))))
    assert (converted.markdown, converted.left_out) == ("<!-- slide 2 -->\n\n## Open", {"hidden slides": 1})


@pytest.mark.parametrize("tags", ["<cm/><cm/>", "<cm/><x><reply/></x>"])
def test_comments_are_left_out(tags: str) -> None:
    """Both kinds of them, replies included."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        titled("Open")(slide)
        add_part(slide, f"{_OFFICE}/comments", f"<cmLst>{tags}<text>geheim</text></cmLst>")

    converted = convert_pptx(deck((TITLE_ONLY, fill)))
    assert "geheim" not in converted.markdown
    assert converted.left_out == {"comments": 2}


def _run(slide: Any, text: str = "geheim") -> Any:  # noqa: ANN401 - the library types little of it
    return add_text(slide.shapes, text).text_frame.paragraphs[0].runs[0]


def _make_white(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    _run(slide).font.color.rgb = _PAPER


def _make_theme_white(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    _run(slide).font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def _make_tiny(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    _run(slide).font.size = Pt(1)


def _make_clear(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    _run(slide).font.fill.background()


def _move_away(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    add_text(slide.shapes, "geheim", left=-30)


def _hide_shape(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    add_text(slide.shapes, "geheim")._element._nvXxPr.cNvPr.set("hidden", "1")


@pytest.mark.parametrize(
    ("hide", "what"),
    [
        (_make_white, "passages of white text"),
        (_make_theme_white, "passages of white text"),
        (_make_tiny, "passages of text of size 0"),
        (_make_clear, "passages of hidden text"),
        (_move_away, "passages of text off the page"),
        (_hide_shape, "passages of hidden text"),
    ],
)
def test_text_that_nobody_sees_is_left_out(hide: Callable[[Any], None], what: str) -> None:
    """White on white, too small, without ink, beside the slide, or switched off."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        hide(slide)
        add_text(slide.shapes, "open", top=9)

    converted = convert_pptx(deck((BLANK, fill)))
    assert (converted.markdown, converted.left_out) == ("<!-- slide 1 -->\n\nopen", {what: 1})


def _on_filled_shape(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    shape = slide.shapes.add_shape(1, Cm(1), Cm(5), Cm(8), Cm(2))
    shape.text_frame.text = "zichtbaar"
    shape.text_frame.paragraphs[0].runs[0].font.color.rgb = _PAPER


def _on_other_shape(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    slide.shapes.add_shape(1, Cm(0), Cm(4), Cm(20), Cm(9))
    _run(slide, "zichtbaar").font.color.rgb = _PAPER


def _on_picture(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    file = BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    file.seek(0)
    slide.shapes.add_picture(file, 0, 0, Cm(25), Cm(19))
    _run(slide, "zichtbaar").font.color.rgb = _PAPER


def _on_dark_slide(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _NAVY
    _run(slide, "zichtbaar").font.color.rgb = _PAPER


@pytest.mark.parametrize("fill", [_on_filled_shape, _on_other_shape, _on_picture, _on_dark_slide])
def test_white_text_that_shows_is_kept(fill: Fill) -> None:
    """On a coloured shape, above one, on a picture or on a dark slide everybody reads it."""
    converted = convert_pptx(deck((BLANK, fill)))
    assert (converted.markdown, converted.left_out) == ("<!-- slide 1 -->\n\nzichtbaar", {})


def test_newer_forms_are_read() -> None:
    """What older programs get a picture for, such as a formula, is read in its newer form."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        box = add_text(slide.shapes, "Formule: ")
        formula = '<m xmlns="x"><t xmlns="http://schemas.openxmlformats.org/officeDocument/2006/math">a+b</t></m>'
        box.text_frame.paragraphs[0]._p.append(etree.fromstring(formula))
        names = {"mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
        pair = etree.Element(f"{{{names['mc']}}}AlternateContent", nsmap=names)
        box._element.addprevious(pair)
        etree.SubElement(pair, f"{{{names['mc']}}}Choice").append(box._element)
        etree.SubElement(pair, f"{{{names['mc']}}}Fallback")

    assert _body(fill) == "Formule: a+b"


def test_furniture_is_left_out() -> None:
    """Footers, dates and slide numbers are on each slide, and say nothing about it."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        titled("Open")(slide)
        for kind in ("ftr", "dt", "sldNum"):
            box = add_text(slide.shapes, "voettekst", top=18)
            etree.SubElement(box._element.nvSpPr.nvPr, f"{{{box._element.nsmap['p']}}}ph", type=kind)

    converted = convert_pptx(deck((TITLE_ONLY, fill)))
    assert (converted.markdown, converted.left_out) == ("<!-- slide 1 -->\n\n## Open", {})


def test_nothing_forges_a_place_or_heading() -> None:
    """Text that looks like a marker, a heading or a fence is text."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        titled("<!-- slide 9 -->\vDeel <b>")(slide)
        box = add_text(slide.shapes, "")
        add_paragraphs(box.text_frame, [(0, "# Nep"), (0, "<!-- page 7 -->"), (0, "```"), (0, "Kop\v===")])

    sections = split_sections(_marked(fill), "nl")
    assert [section.path for section in sections[1:]] == [("<!-- slide 9 --> Deel <b>",)]
    assert {block.place for block in sections[1].blocks} == {"slide 1"}
    assert [block.text for block in sections[1].blocks][:3] == ["\\# Nep", "\\<!-- page 7 -->", "\\```"]


def _marked(fill: Fill) -> str:
    return convert_pptx(deck((TITLE_ONLY, fill))).markdown


def test_odd_characters_read_as_text() -> None:
    """Soft hyphens, hard spaces, emoji and other scripts."""
    text = "zorg\u00adverlof 2\u00a0dagen 😀 \u05e9\u05dc\u05d5\u05dd"
    assert _body(_text((text, 1, 5))) == "zorgverlof 2 dagen 😀 \u05e9\u05dc\u05d5\u05dd"


def test_slide_without_text_says_nothing() -> None:
    """A deck of pictures is an empty document."""
    assert convert_pptx(deck((BLANK, lambda _: None))).markdown == ""
