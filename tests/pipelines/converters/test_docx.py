"""A Word file reads as it does on paper."""

import pytest
from docx.document import Document as WordDocument

from pipelines.converters import ConvertedText
from pipelines.converters.docx import convert_docx
from pipelines.errors import UnreadableContent
from pipelines.markdown import split_sections
from tests.builders.docx import cell, docx, notes_part, paragraph, style, table, text_box, with_parts, words

_WHITE = '<w:color w:val="FFFFFF"/>'
_DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
_HIDDEN = words("{}", "<w:vanish/>")
_FOOTNOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
_DARK_FILL = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'


def _converted(*elements: str, styles: str = "") -> ConvertedText:
    return convert_docx(docx(*elements, styles=styles))


def _markdown(*elements: str, styles: str = "") -> str:
    return _converted(*elements, styles=styles).markdown


def _styled(style_id: str, text: str = "Verlof") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style_id}"/>')


@pytest.mark.parametrize(
    ("style_id", "styles", "expected"),
    [
        ("Heading1", "", "# Verlof"),
        ("Heading3", "", "### Verlof"),
        ("Heading8", "", "###### Verlof"),
        ("Kop2", style("Kop2", "heading 2"), "## Verlof"),
        ("Kop2", style("Kop2", "Kop 2"), "## Verlof"),
        ("Bijlage", style("Kop1", "heading 1") + style("Bijlage", "Bijlage", '<w:basedOn w:val="Kop1"/>'), "# Verlof"),
        ("Artikel", style("Artikel", "Artikel", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'), "### Verlof"),
        ("Tekst", style("Tekst", "Tekst", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'), "Verlof"),
        ("Ring", style("Ring", "Ring", '<w:basedOn w:val="Ring"/>'), "Verlof"),
        ("Onbekend", "", "Verlof"),
    ],
)
def test_headings_are_found_by_whatever_style_makes_them(style_id: str, styles: str, expected: str) -> None:
    """Word in Dutch, a company's own template, an outline level: a heading is a heading."""
    assert _markdown(_styled(style_id), styles=styles) == expected


def test_outline_level_of_a_paragraph_itself_makes_a_heading() -> None:
    """A heading that somebody made by hand."""
    assert _markdown(paragraph("Verlof", '<w:outlineLvl w:val="1"/>')) == "## Verlof"


def test_emphasis_in_a_heading_and_an_empty_heading_are_dropped() -> None:
    """A heading is its words."""
    bold = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{words("Ziek", "<w:b/>")}</w:p>'
    assert _markdown(bold, _styled("Heading1", " ")) == "# Ziek"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Verlofregeling 2026", "Verlofregeling 2026"),
        ("Document1", None),
        ("Microsoft Word - verlof v3 def.doc", None),
        ("verlof-def.docx", None),
        ("[Titel]", None),
        ("Naamloos", None),
        (" ", None),
    ],
)
def test_title_is_the_stated_one_unless_a_program_put_it_there(stated: str, title: str | None) -> None:
    """Nobody wants to see "Document1" as a source."""

    def build(document: WordDocument) -> None:
        document.core_properties.title = stated

    assert convert_docx(docx(paragraph("Tekst"), build=build)).title == title


def test_title_in_the_text_comes_first() -> None:
    """What stands large on the first page is what readers call the document."""

    def build(document: WordDocument) -> None:
        document.core_properties.title = "Sjabloon huisstijl"

    converted = convert_docx(docx(_styled("Titel", "Verlof"), styles=style("Titel", "Title"), build=build))
    assert (converted.markdown, converted.title) == ("# Verlof", "Verlof")


def test_lists_are_nested_and_numbered() -> None:
    """Also where a style, and not the paragraph, puts an item in a list."""

    def build(document: WordDocument) -> None:
        for name, text in [("List Bullet", "Eén"), ("List Bullet 2", "diep"), ("List Bullet", "Twee")]:
            document.add_paragraph(text, name)
        document.add_paragraph("Tussen")
        for text in ("Eerst", "Dan"):
            document.add_paragraph(text, "List Number")

    lists = "- Eén\n- diep\n- Twee\n\nTussen\n\n1. Eerst\n2. Dan"
    assert convert_docx(docx(build=build)).markdown == lists


def test_levels_of_one_list_are_nested() -> None:
    """Word states the level in each item."""
    levels = [("Eén", 0), ("a", 1), ("i", 2), ("Twee", 0)]
    items = [
        paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>') for text, level in levels
    ]
    bullets = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>' for level in range(3)
    )
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    definition = (
        f'<w:abstractNum {namespace} w:abstractNumId="77">{bullets}</w:abstractNum>'
        f'<w:num {namespace} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    ).encode()
    data = with_parts(docx(*items), {}, {b"</w:numbering>": definition + b"</w:numbering>"})
    assert convert_docx(data).markdown == "- Eén\n  - a\n    - i\n- Twee"


def test_table_with_merged_cells() -> None:
    """A value that stands for several rows or columns stands in each of them."""
    rows = (
        cell("Soort") + cell("Dagen", '<w:gridSpan w:val="2"/>'),
        cell("Verlof", '<w:vMerge w:val="restart"/>') + cell("vast") + cell("25"),
        cell("", "<w:vMerge/>") + cell("extra | meer") + cell(""),
    )
    assert _markdown(table(*rows)).split("\n") == [
        "| Soort | Dagen | Dagen |",
        "| --- | --- | --- |",
        "| Verlof | vast | 25 |",
        "| Verlof | extra \\| meer |  |",
    ]


def test_a_table_of_one_cell_is_a_frame() -> None:
    """Word's boxes around a text are no tables to a reader."""
    inside = f"<w:tc>{_styled('Heading2', 'Let op')}{paragraph('Meld je ziek.')}</w:tc>"
    assert _markdown(table(inside)) == "## Let op\n\nMeld je ziek."


def test_heading_in_a_table_is_text_of_its_cell() -> None:
    """It belongs to the row."""
    rows = (cell("A") + cell("B"), f"<w:tc>{_styled('Heading1', 'Kop')}</w:tc>" + cell("x"))
    assert _markdown(table(*rows)).split("\n")[2] == "| Kop | x |"


def test_links_are_kept_and_bookmarks_are_not() -> None:
    """A link that leads into the file leads nowhere in a quote."""
    link = f'<w:hyperlink r:id="rId99">{words("formulier")}</w:hyperlink>'
    inner = f'<w:hyperlink w:anchor="_Toc1">{words("hoofdstuk 2")}</w:hyperlink>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{words("veld")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    start = f'<w:bookmarkStart w:id="1" w:name="x"/>{words("Zie ")}'
    text = f"<w:p>{start}{link}{words(' en ')}{inner}{words(', ')}{field}</w:p>"
    relationship = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        b' Target="https://a.example/f" TargetMode="External"/></Relationships>'
    )
    data = with_parts(docx(text), {}, {b"</Relationships>": relationship})
    expected = "Zie [formulier](https://a.example/f) en hoofdstuk 2, [veld](https://b.example/)"
    assert convert_docx(data).markdown == expected


def test_notes_follow_what_they_are_to() -> None:
    """Not at the end of the document, under somebody else's heading."""
    text = docx(
        f"<w:p>{words('Verlof')}{_FOOTNOTE.format(1)}{words(' en ziekte')}{_FOOTNOTE.format(2)}</w:p>",
        _styled("Heading1", "Meer"),
    )
    data = with_parts(text, {"word/footnotes.xml": notes_part("footnote", "Artikel 7", "Artikel 8")})
    assert convert_docx(data).markdown == "Verlof[1] en ziekte[2]\n\n[1] Artikel 7\n\n[2] Artikel 8\n\n# Meer"


def test_tracked_changes_are_taken_as_accepted() -> None:
    """What is struck is out, what is added is in."""
    change = 'w:id="1" w:author="Els" w:date="2026-01-01T00:00:00Z"'
    deleted = f"<w:del {change}><w:r><w:delText>20</w:delText></w:r></w:del>"
    text = f"<w:p>{words('Je hebt ')}{deleted}<w:ins {change}>{words('25')}</w:ins>{words(' dagen')}</w:p>"
    assert _markdown(text) == "Je hebt 25 dagen"


def test_comments_are_counted_and_left_out() -> None:
    """What colleagues say about a text is not the text."""

    def build(document: WordDocument) -> None:
        run = document.add_paragraph().add_run("Tekst")
        document.add_comment(run, text="Klopt dit?", author="Els")

    converted = convert_docx(docx(build=build))
    assert (converted.markdown, converted.left_out) == ("Tekst", {"comments": 1})


@pytest.mark.parametrize(
    ("element", "left_out"),
    [
        (paragraph("geheim", run="<w:vanish/>"), {"passages of hidden text": 1}),
        (paragraph("geheim", run=_WHITE), {"passages of white text": 1}),
        (paragraph("geheim", run='<w:color w:val="FEFEFE"/>'), {"passages of white text": 1}),
        (
            paragraph("geheim", run='<w:color w:themeColor="background1" w:val="FFFFFF"/>'),
            {"passages of white text": 1},
        ),
        (paragraph("geheim", run='<w:sz w:val="2"/>'), {"passages of text of size 0": 1}),
        (_styled("Kind", "geheim"), {"passages of hidden text": 1}),
        (paragraph("geheim", run='<w:rStyle w:val="Wit"/>'), {"passages of white text": 1}),
        (table(cell("A") + cell("geheim", run=_WHITE)), {"passages of white text": 1}),
        (text_box(paragraph("geheim", run=_WHITE), "<a:noFill/>"), {"passages of white text": 1}),
        (paragraph("geheim", run=_WHITE + '<w:shd w:val="clear" w:fill="FFFFFF"/>'), {"passages of white text": 1}),
        (table("<w:trPr><w:hidden/></w:trPr>" + cell("geheim")), {"hidden rows": 1}),
        (
            f"<w:p>{_HIDDEN.format('ge')}{_HIDDEN.format('heim')}{words('Tekst')}{_HIDDEN.format('geheim')}</w:p>",
            {"passages of hidden text": 2},
        ),
    ],
)
def test_hidden_text_is_left_out(element: str, left_out: dict[str, int]) -> None:
    """What a reader can't see is quoted to nobody, and an administrator is told."""
    styles = style("Ouder", "Ouder", "<w:rPr><w:vanish/></w:rPr>") + style("Kind", "Kind", '<w:basedOn w:val="Ouder"/>')
    converted = _converted(
        paragraph("Zichtbaar"), element, styles=styles + style("Wit", "Wit", f"<w:rPr>{_WHITE}</w:rPr>", "character")
    )
    assert "Zichtbaar" in converted.markdown
    assert "geheim" not in converted.markdown
    assert converted.left_out == left_out


@pytest.mark.parametrize(
    "element",
    [
        paragraph("Wit", run=_WHITE + _DARK),
        paragraph("Wit", run=_WHITE + '<w:highlight w:val="darkBlue"/>'),
        paragraph("Wit", _DARK, _WHITE),
        _styled("Balk", "Wit"),
        table(cell("Wit", _DARK, _WHITE) + cell("x")),
        table(cell("Wit", run=_WHITE) + cell("x"), properties='<w:tblStyle w:val="Blauw"/>'),
        text_box(paragraph("Wit", run=_WHITE), _DARK_FILL),
        paragraph("Wit", run="<w:vanish w:val='0'/>"),
        paragraph("Wit", run='<w:color w:val="auto"/>'),
        paragraph("Wit", run='<w:sz w:val="12"/>'),
    ],
)
def test_visible_text_is_kept(element: str) -> None:
    """White on dark is how headers of tables look, and boxes on a cover."""
    styles = style("Balk", "Balk", f"<w:pPr>{_DARK}</w:pPr><w:rPr>{_WHITE}</w:rPr>") + style(
        "Blauw", "Blauw", f'<w:tblStylePr w:type="firstRow"><w:tcPr>{_DARK}</w:tcPr></w:tblStylePr>', "table"
    )
    converted = _converted(element, styles=styles)
    assert "Wit" in converted.markdown
    assert converted.left_out == {}


def test_white_text_on_a_coloured_page_is_kept() -> None:
    """The ground of the whole page counts too."""
    data = docx(paragraph("Wit", run=_WHITE))
    dark = with_parts(data, {}, {b"<w:body>": b'<w:background w:color="1F3864"/><w:body>'})
    assert convert_docx(dark).markdown == "Wit"
    assert convert_docx(data).markdown == ""


@pytest.mark.parametrize(
    ("width", "page_break", "kept"), [(7_560_000, False, True), (90_000, False, False), (7_560_000, True, False)]
)
def test_white_text_over_a_large_picture_is_kept(width: int, page_break: bool, kept: bool) -> None:
    """The title on a cover; a logo hides nothing, nor does a picture on another page."""
    picture = (
        f'<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="{width}" cy="10692000"/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></w:r></w:p>"
    )
    between = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if page_break else ""
    assert ("Jaarplan" in _markdown(picture, between, paragraph("Jaarplan", run=_WHITE))) is kept


def test_contents_headers_and_footers_are_left_out() -> None:
    """They say again what the headings say."""

    def build(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
        document.sections[0].footer.paragraphs[0].text = "Pagina 1"

    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Verlof 3')}</w:sdtContent></w:sdt>"
    )
    styles = style("Inhopg1", "toc 1") + style("Kopvaninhoudsopgave", "TOC Heading")
    data = docx(
        contents,
        _styled("Kopvaninhoudsopgave", "Inhoud"),
        _styled("Inhopg1", "Verlof 3"),
        _styled("Heading1"),
        styles=styles,
        build=build,
    )
    assert convert_docx(data).markdown == "# Verlof"


def test_text_in_boxes_controls_fields_and_formulas_is_kept_once() -> None:
    """Wherever Word puts it."""
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Keuze')}</w:sdtContent></w:sdt>"
    field = (
        f'<w:p><w:fldSimple w:instr=" DATE ">{words("1 mei")}</w:fldSimple><w:r><w:cr/></w:r>{words("Utrecht")}</w:p>'
    )
    formula = "<w:p><m:oMathPara><m:oMath><m:r><m:t>x=a+b</m:t></m:r></m:oMath></m:oMathPara></w:p>"
    arabic = f'<w:p><w:bdo w:val="rtl">{words("سنة")}</w:bdo></w:p>'
    markdown = _markdown(text_box(paragraph("Kader"), _DARK_FILL), control, field, formula, arabic)
    assert markdown == "Kader\n\nKeuze\n\n1 mei\\\nUtrecht\n\nx=a+b\n\nسنة"


def test_text_is_as_it_is_read() -> None:
    """Soft hyphens go, a no-break space is a space, emoji and curly quotes stay."""
    parts = [words("Verlof"), "<w:r><w:softHyphen/></w:r>", words("dagen\u00a0“vrij” 😀")]
    parts += ["<w:r><w:noBreakHyphen/></w:r>", words("x")]
    assert _markdown(f"<w:p>{''.join(parts)}</w:p>") == "Verlofdagen “vrij” 😀-x"


def test_symbols_that_are_there_for_old_programs_too_are_kept_once() -> None:
    """Word writes an emoji twice; a picture is no text."""
    emoji = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w:sym/></mc:Choice>"
        "<mc:Fallback><w:t>😀</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    picture = "<w:r><w:drawing><wp:inline><wp:docPr descr='Foto'/></wp:inline></w:drawing></w:r>"
    assert _markdown(f"<w:p>{words('Fijn ')}{emoji}{picture}{words(' weekend')}</w:p>") == "Fijn 😀 weekend"


def test_no_document_forges_structure() -> None:
    """Text that looks like a heading, a page marker or a tag is text, also where Word cuts it in pieces."""
    texts = ["# Kop", "&lt;!-- page 9 --&gt;", "&lt;script&gt;", "---", "a | b"]
    lowered = words("&lt;", '<w:vertAlign w:val="subscript"/>')
    pieces = f"<w:p>{lowered}{words('!-- page 3 --&gt;')}</w:p>"
    (section,) = split_sections(_markdown(*(paragraph(text) for text in texts), pieces), "nl")
    assert [block.place for block in section.blocks] == [""] * 6
    assert [block.text for block in section.blocks][:3] == ["\\# Kop", "\\<!-- page 9 -->", "\\<script>"]


def test_strict_files_and_files_with_missing_pictures_are_read() -> None:
    """What other programs trip over does not concern the text."""
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
        b"</Relationships>": b'<Relationship Id="rId98" Type="http://x/image" Target="NULL"/></Relationships>',
    }
    assert convert_docx(with_parts(docx(_styled("Heading1")), {}, strict)).markdown == "# Verlof"


def test_a_container_without_a_document_is_refused() -> None:
    """An administrator learns what to do."""
    broken = with_parts(docx(), {}, {b"<w:document": b"<w:docum"})
    with pytest.raises(UnreadableContent, match="it holds no Word document"):
        convert_docx(broken)
