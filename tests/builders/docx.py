"""Word files: python-docx for what it can write, the elements themselves for what only Word does."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic") + (
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(*elements: str, styles: str = "", build: Callable[[WordDocument], None] | None = None) -> bytes:
    """Return a document with these elements (in XML, with Word's usual prefixes), then what `build` puts in.

    `styles` are elements of the part with the styles.
    """
    document = Document()
    body = document.element.body
    for element in _parsed("".join(elements)):
        body.insert(len(body) - 1, element)
    for style in _parsed(styles):
        document.styles.element.append(style)
    if build:
        build(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph with one run; `properties` are the paragraph's, `run` the run's."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{words(text, run)}</w:p>"


def words(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def style(style_id: str, name: str, inside: str = "", kind: str = "paragraph") -> str:
    """Return a style; `inside` are its elements after the name."""
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{inside}</w:style>'


def text_box(text: str, fill: str) -> str:
    """Return a paragraph with a text box, as Word writes it: for new programs and once more for old ones."""
    inside = f"<w:txbxContent>{text}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx>{inside}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def table(*rows: str, properties: str = "") -> str:
    """Return a table of rows, each a sequence of cells in XML."""
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{lines}</w:tbl>"


def cell(text: str, properties: str = "", run: str = "") -> str:
    """Return a cell with one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text, run=run)}</w:tc>"


def with_parts(data: bytes, parts: Mapping[str, str], replaced: Mapping[bytes, bytes] | None = None) -> bytes:
    """Return the file with more parts, and with some bytes of its parts replaced by others."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in (replaced or {}).items():
                content = content.replace(before, after)
            new.writestr(name, content)
        for name, text in parts.items():
            new.writestr(name, text)
    return written.getvalue()


def notes_part(kind: str, *notes: str) -> str:
    """Return a part `word/footnotes.xml` or `word/endnotes.xml` (`kind` is "footnote" or "endnote")."""
    inside = "".join(f'<w:{kind} w:id="{number}">{paragraph(text)}</w:{kind}>' for number, text in enumerate(notes, 1))
    return f"<w:{kind}s {_NAMESPACES}>{inside}</w:{kind}s>"


def _parsed(elements: str) -> list[object]:
    return list(parse_xml(f"<w:body {_NAMESPACES}>{elements}</w:body>"))
