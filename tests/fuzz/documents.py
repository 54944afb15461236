"""An outline as a file of each format, written by the format's own library where there is one."""

import csv
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

import docx
import openpyxl
import pptx
import reportlab
from odfdo import Document, Header, List
from odfdo import Paragraph as OdtParagraph
from odfdo import Table as OdtTable
from pptx.util import Inches
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.fuzz.outlines import Block, Bullets, Heading, Outline, Paragraph, Table, in_xml, lines

_LINE, _TOP, _BOTTOM = 16, 780, 60
_LONGEST_CELL = 32_000  # characters; Excel takes 32,767


def word(outline: Outline) -> bytes:
    """Return a Word document."""
    document, file = docx.Document(), BytesIO()
    for block in outline:
        match block:
            case Heading(level, text):
                document.add_heading(in_xml(text), level)
            case Table(rows):
                table = document.add_table(len(rows), len(rows[0]))
                for row, cells in zip(rows, table.rows, strict=True):
                    for text, cell in zip(row, cells.cells, strict=True):
                        cell.text = in_xml(text)
            case _:
                style = "List Bullet" if isinstance(block, Bullets) else None
                for text in lines(block):
                    document.add_paragraph(in_xml(text), style)
    document.save(file)
    return file.getvalue()


def workbook(outline: Outline) -> bytes:
    """Return an Excel workbook of one sheet, its blocks parted by empty rows; numbers are numbers."""
    book, file = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for block in outline:
        for row in block.rows if isinstance(block, Table) else [(text,) for text in lines(block)]:
            sheet.append([_cell(text) for text in row])
        sheet.append([])
    book.save(file)
    return file.getvalue()


def _cell(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", in_xml(text))[:_LONGEST_CELL]


def presentation(outline: Outline) -> bytes:
    """Return a PowerPoint presentation: each heading begins a slide."""
    deck, file = pptx.Presentation(), BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    for block in outline:
        if isinstance(block, Heading):
            slide = deck.slides.add_slide(deck.slide_layouts[5])
            slide.shapes.title.text = in_xml(block.text)
        elif isinstance(block, Table):
            shape = slide.shapes.add_table(len(block.rows), len(block.rows[0]), 0, 0, Inches(5), Inches(2))
            for row, cells in zip(block.rows, shape.table.rows, strict=True):
                for text, cell in zip(row, cells.cells, strict=True):
                    cell.text = in_xml(text)
        else:
            frame = slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame
            frame.text = in_xml("\n".join(lines(block)))
            slide.notes_slide.notes_text_frame.text = in_xml(next(lines(block)))
    deck.save(file)
    return file.getvalue()


def open_document(outline: Outline) -> bytes:
    """Return an OpenDocument text."""
    document, file = Document("text"), BytesIO()
    document.body.clear()
    for block in outline:
        document.body.append(_odt(block))
    document.save(file)
    return file.getvalue()


def _odt(block: Block) -> Header | OdtParagraph | List | OdtTable:
    match block:
        case Heading(level, text):
            return Header(level, in_xml(text))
        case Bullets(items):
            return List([in_xml(item) for item in items])
        case Table(rows):
            table = OdtTable("T", width=len(rows[0]), height=len(rows))
            table.set_values([[in_xml(text) for text in row] for row in rows])
            return table
        case Paragraph(text):
            return OdtParagraph(in_xml(text))


def portable(outline: Outline) -> bytes:
    """Return a PDF with a text layer, its streams not packed; headings are large and bold."""
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf"))
    file = BytesIO()
    canvas, top = Canvas(file, pageCompression=0), _TOP
    for block in outline:
        large = isinstance(block, Heading)
        for text in lines(block):
            canvas.setFont(*(("VeraBd", 20) if large else ("Vera", 11)))
            canvas.drawString(72, top, " ".join(in_xml(text).split())[: 30 if large else 80])
            top -= 2 * _LINE if large else _LINE
        top -= _LINE
        if top < _BOTTOM:
            canvas.showPage()
            top = _TOP
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def mail(outline: Outline) -> bytes:
    """Return a mail: the first heading is its subject, the text is plain, a table is attached as CSV."""
    message = EmailMessage()
    message["From"], message["To"] = "Sanne <sanne@company.example>", "tom@company.example"
    subjects = [" ".join(block.text.split()) for block in outline if isinstance(block, Heading)]
    message["Subject"] = "".join(filter(str.isprintable, subjects[0])) if subjects else "Verlof"
    message.set_content("\n\n".join("\n".join(lines(block)) for block in outline) or "Verlof")
    for number, block in enumerate(outline):
        if isinstance(block, Table):
            message.add_attachment(comma_separated((block,)), "text", "csv", filename=f"{number}.csv")
    return message.as_bytes()


def comma_separated(outline: Outline) -> bytes:
    """Return a CSV file: each text is a row, each table's row too."""
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    for block in outline:
        writer.writerows(block.rows if isinstance(block, Table) else [[text] for text in lines(block)])
    return file.getvalue().encode()


def page(outline: Outline) -> bytes:
    """Return an HTML page."""
    return f"<!DOCTYPE html><html><body>{''.join(map(_html, outline))}</body></html>".encode()


def _html(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case Table(rows):
            cells = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"


def markdown(outline: Outline) -> bytes:
    """Return Markdown; the texts are as they are, so that they may be markup."""
    return "\n\n".join(map(_markdown, outline)).encode()


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {text}"
        case Bullets(items):
            return "\n".join(f"- {item}" for item in items)
        case Table(rows):
            head, *rest = (f"| {' | '.join(row)} |" for row in rows)
            return "\n".join([head, "|" + " --- |" * len(rows[0]), *rest])
        case Paragraph(text):
            return text


def plain(outline: Outline) -> bytes:
    """Return plain text."""
    return "\n\n".join("\n".join(lines(block)) for block in outline).encode()


WRITERS: Mapping[str, Callable[[Outline], bytes]] = {
    ".docx": word,
    ".xlsx": workbook,
    ".pptx": presentation,
    ".odt": open_document,
    ".pdf": portable,
    ".eml": mail,
    ".csv": comma_separated,
    ".html": page,
    ".md": markdown,
    ".txt": plain,
}
"""By the ending of the format's files."""


def headings_of(outline: Outline, ending: str) -> int | None:
    """Return how many headings there may be, None where the text itself may hold some.

    Markdown does, and so does plain text, in which an underlined line is one.
    """
    if ending in (".md", ".txt", ".eml"):
        return None
    if ending == ".csv":
        return 0
    if ending == ".xlsx":
        return 1  # the sheet's name
    return sum(isinstance(block, Heading) for block in outline)
