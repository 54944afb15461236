"""Of a PDF is kept what a reader of the printed page sees, in the order of reading."""

import re
from collections.abc import Mapping, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, PageBreak, Paragraph, Spacer

from pipelines.converters.pdf import convert_pdf
from pipelines.converters.pdf.document import MOST_PAGES
from pipelines.errors import UnreadableContent
from pipelines.markdown import split_sections
from tests.builders.pdf import (
    BIG,
    BODY,
    MIDDLE,
    STRONG,
    Bookmarked,
    Drawer,
    bar,
    crop,
    image,
    lines,
    link,
    note,
    page_turn,
    pdf_in_unicode,
    pdf_of_pages,
    pdf_open_to_readers,
    pdf_report,
    pdf_without_letter_map,
    ruled,
    text,
    turned,
)

_SENTENCE = (
    "Wie vakantieverlof wil opnemen, vraagt dat ten minste twee weken van tevoren aan bij de leidinggevende, "
    "die binnen drie werkdagen beslist en het rooster aanpast. "
)


def _markdown(data: bytes) -> str:
    return convert_pdf(data).markdown.strip()


def _blocks(data: bytes) -> list[str]:
    return _markdown(data).split("\n\n")


def _page(*drawers: Drawer) -> list[str]:
    """Return the blocks of a file of one page, without its marker."""
    marker, *blocks = _blocks(pdf_of_pages(drawers))
    assert marker == "<!-- page 1 -->"
    return blocks


def _left_out(*drawers: Drawer) -> Mapping[str, int]:
    return convert_pdf(pdf_of_pages([text("Zichtbaar", y=750), *drawers])).left_out


def test_each_page_begins_with_its_marker() -> None:
    """A quote can lead to the page it stands on, an empty page does not shift the numbers."""
    data = pdf_of_pages([text("Eerste pagina.")], [], [text("Derde pagina.")])
    assert _blocks(data) == ["<!-- page 1 -->", "Eerste pagina.", "<!-- page 2 -->", "<!-- page 3 -->", "Derde pagina."]


def test_places_reach_the_blocks() -> None:
    """The splitter reads the markers as this converter writes them."""
    data = pdf_of_pages([text("Eerste pagina.")], [text("Tweede pagina.")])
    (section,) = split_sections(_markdown(data), "nl")
    assert [(block.text, block.place) for block in section.blocks] == [
        ("Eerste pagina.", "page 1"),
        ("Tweede pagina.", "page 2"),
    ]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (["De aanvraag van ver-", "lof gaat via het portaal."], "De aanvraag van verlof gaat via het portaal."),
        (["Stuur de aanvraag per e-", "mail aan ons allemaal."], "Stuur de aanvraag per e-mail aan ons allemaal."),
        (["Het kantoor staat in Noord-", "Holland aan de kust."], "Het kantoor staat in Noord-Holland aan de kust."),
        (
            ["Dat geldt voor in- en uitvoer, voor in-", "en export."],
            "Dat geldt voor in- en uitvoer, voor in- en export.",
        ),
        (
            ["De ex-partner en ook weer de ex-", "partner telt mee."],
            "De ex-partner en ook weer de ex-partner telt mee.",
        ),
        (["Het schooljaar loopt van 2025-", "2026 tot de zomer."], "Het schooljaar loopt van 2025-2026 tot de zomer."),
        (["Een lange zin die op deze regel", "gewoon doorloopt."], "Een lange zin die op deze regel gewoon doorloopt."),
    ],
)
def test_lines_become_paragraphs(drawn: list[str], read: str) -> None:
    """Words that were broken at a line's end are whole again, words with a hyphen of their own keep it."""
    assert _page(*lines(*drawn)) == [read]


def test_paragraphs_are_told_by_their_space() -> None:
    """A gap parts paragraphs, a full line does not."""
    first = [Paragraph(_SENTENCE, BODY), Paragraph(_SENTENCE * 3, BODY)]
    assert _blocks(pdf_report(first))[1:] == [_SENTENCE.strip(), (_SENTENCE * 3).strip()]


def test_paragraph_over_a_page_end_is_whole() -> None:
    """It stands on the page where it begins; the next page's marker comes after it."""
    story = [Spacer(1, 620), Paragraph(_SENTENCE * 3, BODY), Paragraph("Tot slot.", BODY)]
    assert _blocks(pdf_report(story)) == [
        "<!-- page 1 -->",
        (_SENTENCE * 3).strip(),
        "<!-- page 2 -->",
        "Tot slot.",
    ]


def _head_and_foot(canvas: Canvas, page: int) -> None:
    canvas.setFont("Helvetica", 9)
    side = 72 if page % 2 else 400
    canvas.drawString(side, 800, "Personeelshandboek 2026" if page % 2 else "Stichting De Brug")
    canvas.drawString(280, 40, f"Pagina {page} van 6")
    canvas.drawRightString(523, 40, f"{page}")


def test_running_heads_and_feet_are_dropped() -> None:
    """Left and right pages may differ, page numbers count up; a heading at a page's top stays."""
    story = [
        part
        for i in range(6)
        for part in (Paragraph(f"Hoofdstuk {i + 1}", BIG), Paragraph(f"{_SENTENCE} Deel {i}.", BODY), PageBreak())
    ]
    markdown = _markdown(pdf_report(story, furniture=_head_and_foot))
    assert "Personeelshandboek" not in markdown
    assert "Stichting" not in markdown
    assert "Pagina" not in markdown
    assert re.findall("^# .*", markdown, re.MULTILINE) == [f"# Hoofdstuk {i}" for i in range(1, 7)]
    assert not re.search(r"^\d$", markdown, re.MULTILINE)


def test_lines_that_repeat_in_the_text_stay() -> None:
    """Only what stands at a page's edge is taken for a running head."""
    data = pdf_of_pages(*[[text("Akkoord, de directie.", y=400)]] * 4)
    assert _markdown(data).count("Akkoord") == 4


@pytest.mark.parametrize("foot", ["1", "- 1 -", "Pagina 1 van 1", "blz. 1", "1/1", "Page 1 of 1"])
def test_page_number_of_a_single_page_is_dropped(foot: str) -> None:
    """It is no knowledge on one page either."""
    assert _page(text("Een zin."), text(foot, 280, 40)) == ["Een zin."]


def test_text_at_the_page_s_foot_stays_where_it_does_not_repeat() -> None:
    """A year at the foot of a title page is no page number."""
    assert _page(text("Een zin."), text("2026", 280, 40)) == ["Een zin.", "2026"]


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    """Two or three columns, each to its end."""
    sentences = [f"Regel {i} van het reglement. {_SENTENCE.strip()}" for i in range(12 * columns)]
    data = pdf_report([Paragraph(sentence, BODY) for sentence in sentences], columns=columns)
    found = re.findall(r"Regel (\d+) van", _markdown(data).replace("-", ""))
    assert found == [str(i) for i in range(12 * columns)]


def test_footnote_does_not_interrupt_a_paragraph() -> None:
    """A sentence that runs on over the page is whole, the note stays on its page."""
    first = "Deze zin begint op de ene pagina en loopt dan zonder meer door over het"
    data = pdf_of_pages(
        [*lines(first, y=160), text("1 Zie bijlage twee.", y=140, size=8)],
        [*lines("einde van die pagina heen.", "Wij danken u.", y=700, leading=40)],
    )
    assert _blocks(data) == [
        "<!-- page 1 -->",
        f"{first} einde van die pagina heen.",
        "1 Zie bijlage twee.",
        "<!-- page 2 -->",
        "Wij danken u.",
    ]


def test_title_over_columns_is_read_first_and_figure_between_them() -> None:
    """What stands across the columns parts what is above it from what is below."""
    wide = "Een mededeling die over de volle breedte van de pagina staat en beide kolommen onderbreekt, zeker."
    column = ["links een regel met tekst,", "die steeds verder loopt en", "nog lang niet is gedaan,", "tot hier."]
    right = ["rechts een regel met tekst,", "die ook verder loopt en", "ook nog niet is gedaan,", "tot daar."]
    read = _page(
        text("De titel over alle kolommen van deze pagina heen", y=760, size=20),
        *lines(*column, x=72, y=700),
        *lines(*right, x=310, y=700),
        text(wide, y=600),
        *lines(*column, x=72, y=560),
        *lines(*right, x=310, y=560),
    )
    assert [block[:6] for block in read] == ["# De t", "links ", "rechts", "Een me", "links ", "rechts"]


def test_rows_without_rules_are_read_across() -> None:
    """A form's label and its value stay together."""
    rows = [("Naam", "Jan de Vries"), ("Afdeling", "Inkoop"), ("Locatie", "Utrecht"), ("Telefoon", "030 123")]
    drawers = [text(cell, 72 + 200 * j, 700 - 20 * i) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    assert " ".join(_page(*drawers)) == "Naam Jan de Vries Afdeling Inkoop Locatie Utrecht Telefoon 030 123"


def test_headings_by_size_and_weight() -> None:
    """The largest come first; bold lines are the lowest."""
    story = [
        Paragraph("Verlof", BIG),
        Paragraph("Vakantie", MIDDLE),
        Paragraph("Aanvragen", STRONG),
        Paragraph(_SENTENCE, BODY),
        Paragraph("<b>Let op:</b> " + _SENTENCE, BODY),
        Paragraph("Ziekte", MIDDLE),
        Paragraph(_SENTENCE, BODY),
    ]
    found = re.findall("^#+ .*", _markdown(pdf_report(story)), re.MULTILINE)
    assert found == ["# Verlof", "## Vakantie", "### Aanvragen", "## Ziekte"]


def test_headings_by_outline() -> None:
    """What the bookmarks name is a heading, of their level, however it is set."""
    story = [
        Bookmarked("Algemeen", 0),
        Bookmarked("Begrippen", 1),
        Paragraph(_SENTENCE, BODY),
        Bookmarked("Bijlagen", 0),
        Paragraph(_SENTENCE, BODY),
    ]
    found = re.findall("^#+ .*", _markdown(pdf_report(story)), re.MULTILINE)
    assert found == ["# Algemeen", "## Begrippen", "# Bijlagen"]


def test_contents_are_no_headings() -> None:
    """An entry with dots before its page number is text, without the dots."""
    assert _page(text("1 Verlof . . . . . . . . . . . . 3", size=14), *lines(_SENTENCE[:80], y=600))[0] == "1 Verlof 3"


def test_lists_stay_lists() -> None:
    """Bullets, numbers and letters; what is under an item stays under it, and its second line in it."""
    read = _page(
        *lines("Neem mee:"),
        text("•", 72, 670),
        text("een paspoort dat nog geldig is en waarvan u een", 90, 670),
        text("kopie thuis bewaart;", 90, 656),
        text("- ook van de kinderen;", 100, 642),
        text("• een pen.", 72, 628),
        text("1. Meld u bij de balie.", 72, 600),
        text("2. Wacht op uw beurt.", 72, 586),
        text("a) bij drukte", 90, 572),
    )
    assert "\n".join(read).split("\n") == [
        "Neem mee:",
        "- een paspoort dat nog geldig is en waarvan u een kopie thuis bewaart;",
        "  - ook van de kinderen;",
        "- een pen.",
        "1. Meld u bij de balie.",
        "2. Wacht op uw beurt.",
        "   - a) bij drukte",
    ]


def test_laid_out_list() -> None:
    """A list as a program sets it, its bullet apart from its text."""
    items = ListFlowable([Paragraph(words, BODY) for words in ("trein", "fiets")], bulletType="bullet", start="•")
    assert _blocks(pdf_report([Paragraph("U kunt komen met:", BODY), items]))[1:] == [
        "U kunt komen met:",
        "- trein\n- fiets",
    ]


_ROWS = [["Soort", "Dagen", "Wie"], ["Vakantie", "25", "iedereen"], ["Zorg | mantel", "", "in overleg\nmet P&O"]]


def _cells(markdown: str) -> list[list[str]]:
    rows = [row for row in markdown.split("\n") if not row.startswith("| ---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def test_table_with_rules_is_a_table() -> None:
    """Cell by cell; empty cells stay empty, bars and breaks do no harm."""
    _, before, table, after = _blocks(pdf_report([Paragraph("Voor.", BODY), ruled(_ROWS), Paragraph("Na.", BODY)]))
    assert (before, after) == ("Voor.", "Na.")
    assert _cells(table) == [
        ["Soort", "Dagen", "Wie"],
        ["Vakantie", "25", "iedereen"],
        [r"Zorg \| mantel", "", "in overleg met P&O"],
    ]


def test_merged_cells_are_repeated() -> None:
    """Each row can be read on its own."""
    rows = [["Team", "Dag", "Tijd"], ["Balie", "maandag", "9 uur"], ["", "vrijdag", "10 uur"], ["Gesloten", "", ""]]
    table = ruled(rows, ("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (2, 3)))
    assert _cells(_blocks(pdf_report([table]))[1]) == [
        ["Team", "Dag", "Tijd"],
        ["Balie", "maandag", "9 uur"],
        ["Balie", "vrijdag", "10 uur"],
        ["Gesloten", "Gesloten", "Gesloten"],
    ]


@pytest.mark.parametrize("repeat", [0, 1])
def test_table_over_a_page_end_has_its_header_on_each_page(repeat: int) -> None:
    """Whether the file repeats it or not: each row says on which page it stands."""
    rows = [["Afstand", "Bedrag"], *([f"{i} km", f"€ {i},00"] for i in range(1, 60))]
    blocks = _blocks(pdf_report([ruled(rows, repeat=repeat)]))
    tables = [_cells(block) for block in blocks if block.startswith("|")]
    assert [table[0] for table in tables] == [["Afstand", "Bedrag"]] * 2
    assert [row for table in tables for row in table[1:]] == rows[1:]


def test_frame_around_text_is_no_table() -> None:
    """A box with a remark in it is text."""
    assert _blocks(pdf_report([ruled([["Let op de nieuwe openingstijden."]])]))[1:] == [
        "Let op de nieuwe openingstijden."
    ]


def test_links_can_be_clicked() -> None:
    """To the web and to mail, whichever corner is named first; what else a link may start is left."""
    read = _page(
        text("Zie formulier."),
        link("https://voorbeeld.nl/a_(b)", (90, 695, 200, 712)),
        *(text("Mail ons", y=600), link("mailto:po@voorbeeld.nl", (200, 612, 70, 595))),
        *(text("Start iets", y=500), link("javascript:alert(1)", (70, 495, 200, 512))),
    )
    assert read == [
        "Zie [formulier](https://voorbeeld.nl/a_%28b%29).",
        "[Mail ons](mailto:po@voorbeeld.nl)",
        "Start iets",
    ]


@pytest.mark.parametrize(
    ("drawer", "reason"),
    [
        (text("geheim", colour=1), "passages of white text"),
        (text("geheim", colour=0.98), "passages of white text"),
        (text("geheim", size=0.5), "passages of text of size 0"),
        (text("geheim", x=2000), "passages of text off the page"),
        (text("geheim", mode=3), "passages of hidden text"),
        (text("geheim", mode=7), "passages of hidden text"),
    ],
)
def test_what_nobody_sees_is_left_out_and_counted(drawer: Drawer, reason: str) -> None:
    """An instruction hidden in a document reaches nobody."""
    assert _page(text("Zichtbaar", y=750), drawer) == ["Zichtbaar"]
    assert _left_out(drawer) == {reason: 1}


@pytest.mark.parametrize(
    "drawers",
    [
        (text("geheim stuk"), bar(60, 690, 200, 25)),
        (bar(60, 690, 200, 25), text("geheim stuk")),
        (bar(60, 690, 200, 25, grey=0.5), text("geheim stuk", colour=0.5)),
    ],
    ids=["blacked out", "black on black", "grey on grey"],
)
def test_text_under_a_bar_is_left_out(drawers: Sequence[Drawer]) -> None:
    """What somebody blacked out stays blacked out, though the file still holds it."""
    assert _page(text("Zichtbaar", y=750), *drawers) == ["Zichtbaar"]
    assert _left_out(*drawers) == {"passages of hidden text": 1}


def test_passages_are_counted_not_words() -> None:
    """Two sentences in two places are two."""
    hidden = [text("een hele zin", y=600, colour=1), text("zichtbaar", y=500), text("nog een zin", y=400, colour=1)]
    assert _left_out(*hidden) == {"passages of white text": 2}


def test_text_outside_the_crop_box_is_left_out() -> None:
    """A page shows its crop box only."""
    data = pdf_of_pages([crop(50, 50, 400, 750), text("Binnen"), text("Buiten", y=780)])
    converted = convert_pdf(data)
    assert converted.markdown.split("\n\n")[1].strip() == "Binnen"
    assert converted.left_out == {"passages of text off the page": 1}


@pytest.mark.parametrize(
    "drawers",
    [
        (bar(60, 690, 200, 25), text("Wit op zwart", colour=1)),
        (image(60, 650, 200, 100), text("Wit op zwart", colour=1)),
        (text("Wit op zwart", colour=0.8),),
        (text("Wit op zwart", size=5),),
    ],
    ids=["on a bar", "on a picture", "grey", "small"],
)
def test_text_that_shows_is_kept(drawers: Sequence[Drawer]) -> None:
    """White letters on a dark ground, pale and small ones are read."""
    assert _page(*drawers) == ["Wit op zwart"]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("mode", [3, 0])
def test_text_layer_of_a_scan_is_kept(order: int, mode: int) -> None:
    """Invisible text over a scan is what the scan shows; other programs put it beneath the image."""
    drawers = [image(), text("Gescand contract", mode=mode)][::order]
    converted = convert_pdf(pdf_of_pages(drawers))
    assert "Gescand contract" in converted.markdown
    assert not converted.left_out


def test_comments_are_counted() -> None:
    """A sticky note is no part of the document."""
    assert _page(text("Een zin."), note("Klopt dit?")) == ["Een zin."]
    assert _left_out(note("Klopt dit?"), note("Nee.")) == {"comments": 2}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_upright(turn: int) -> None:
    """Landscape pages and pages that were scanned upside down."""
    at = {90: (100, 100), 180: (500, 700), 270: (400, 500)}[turn]
    second = {90: (114, 100), 180: (500, 714), 270: (386, 500)}[turn]
    drawers = [turned("Een gedraaide zin", turn, at, 11), turned("loopt door.", turn, second, 11)]
    assert _page(page_turn(turn), *drawers) == ["Een gedraaide zin loopt door."]
    assert _page(*drawers) == ["Een gedraaide zin loopt door."]


def test_watermarks_are_left() -> None:
    """A word across the page is no part of its sentences."""
    assert _page(turned("CONCEPT", 45), *lines("Een zin."), turned("KOPIE", 90)) == ["Een zin."]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("<b>vet</b> en <!-- page 9 -->", r"\<b>vet\</b> en \<!-- page 9 -->"),
        ("\\<!-- page 9 -->", r"\\\<!-- page 9 -->"),
        ("# geen kop", r"\# geen kop"),
        ("[klik](http://kwaad.example)", r"[klik\](http://kwaad.example)"),
        ("ster *ster* 1 < 2", r"ster \*ster\* 1 < 2"),
        ("2026. Een jaar", r"2026\. Een jaar"),
        ("> citaat", r"\> citaat"),
        ("--- streep", r"\--- streep"),
    ],
)
def test_text_that_looks_like_markup_stays_text(drawn: str, read: str) -> None:
    """No document can forge a page, a heading or a link."""
    assert _page(text(drawn)) == [read]
    assert not any(section.index for section in split_sections(read, "nl"))


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (
            "caf\u00e9 \u20ac 5,00 \u201cja\u201d \u2013 nee\u2026",
            "caf\u00e9 \u20ac 5,00 \u201cja\u201d \u2013 nee\u2026",
        ),
        ("de\ufb01nitieve \ufb02ets", "definitieve flets"),
        ("vakantie\u00addagen en\u00a0meer", "vakantiedagen en meer"),
        ("m\u00b2 blijft m\u00b2", "m\u00b2 blijft m\u00b2"),
    ],
)
def test_characters_read_as_they_look(drawn: str, read: str) -> None:
    """Ligatures become letters, soft hyphens go; what else is odd stays as it is."""
    assert _blocks(pdf_in_unicode(drawn))[1:] == [read]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Personeelshandboek  2026", "Personeelshandboek 2026"),
        ("Microsoft Word - handboek v3.docx", None),
        ("handboek_def.docx", None),
        ("untitled", None),
        ("Document1", None),
        ("", None),
    ],
)
def test_title_is_the_stated_one_if_a_person_stated_it(title: str, expected: str | None) -> None:
    """A program's file name is nobody's title."""
    assert convert_pdf(pdf_report([Paragraph(_SENTENCE, BODY)], title=title)).title == expected


_WHOLE = pdf_of_pages([text("Een zin.")])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_of_pages([text("Een zin.")], password="x"), "it is protected by a password"),
        (_WHOLE[: len(_WHOLE) // 2], "it is cut off: the end of the file is missing"),
        (b"%PDF-1.4\nnothing\n%%EOF\n", "it is damaged"),
        (pdf_of_pages([image()], [image()]), "it is a scan: none of its 2 pages holds text"),
        (pdf_of_pages([bar(0, 0, 10, 10)]), "none of its 1 pages holds text"),
        (pdf_of_pages([], []), "none of its 2 pages holds text"),
        (pdf_without_letter_map("Een zin zonder letters."), "its fonts don't say which letters they show"),
    ],
    ids=["password", "cut off", "damaged", "scan", "drawing", "empty", "fonts"],
)
def test_unreadable_files_say_why(data: bytes, reason: str) -> None:
    """An administrator learns what is wrong and what to do."""
    with pytest.raises(UnreadableContent) as caught:
        convert_pdf(data)
    assert caught.value.reason == reason
    assert caught.value.remedy


def test_too_many_pages_are_refused() -> None:
    """A file that would take longer than a worker may take is not begun."""
    with pytest.raises(UnreadableContent, match=rf"it has {MOST_PAGES + 1} pages"):
        convert_pdf(pdf_of_pages(*[[]] * (MOST_PAGES + 1)))


def test_file_that_opens_without_a_password_is_read() -> None:
    """Many files forbid printing only."""
    assert "Het rooster staat op intranet." in _markdown(pdf_open_to_readers())


def test_scanned_pages_among_others_are_counted() -> None:
    """The rest of the file is read."""
    converted = convert_pdf(pdf_of_pages([text("Een zin.")], [image()], [image()], []))
    assert converted.left_out == {"pages without text": 2}
