"""The file as a whole: whether it can be opened, its title and its outline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.converters.refusals import protected
from pipelines.errors import UnreadableContent

MOST_PAGES = 1500
"""At 29 pages of 2,000 characters a second (all steps, on a busy core) these take 52 of the 60 seconds a worker has."""
_MOST_BOOKMARKS = 10_000
_LONGEST_TITLE = 200
_END_WITHIN = 65_536
"""Bytes from the end in which the end mark is looked for: mail gateways and signers add some behind it."""
_NO_TITLE = re.compile(
    r"(microsoft (word|powerpoint|excel)\b.*|untitled.*|naamloos.*|zonder titel|\(?anonymous\)?|unspecified"
    r"|(document|presentatie|presentation|dia|slide|scan|book|map)[ _-]?\d*|power ?point[- ]?present.*|.*\.[a-z]{2,4}x?"
    r"|[\W\d_]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `level` counts from 1, `page` is the number of the page it leads to."""

    title: str
    level: int
    page: int


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """Return the document. Raises `UnreadableContent` if it needs a password, is broken, empty, or too long."""
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise UnreadableContent(
            "it is cut off: the end of the file is missing", "Fetch or export it again, or exclude it."
        )
    # PDFium keeps the code of the last failure, of another file perhaps; this one no file in memory can have.
    pdfium.FPDF_LoadDocument(b"", None)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error.err_code) from error
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise UnreadableContent(
            "it is an XFA form, of which only Adobe Acrobat shows the text", "Print it to a PDF, or exclude it."
        )
    if len(document) > MOST_PAGES:
        raise UnreadableContent(
            f"it has {len(document)} pages, and {MOST_PAGES} is the most", "Split it up, or exclude it."
        )
    return document


def _unopened(code: int | None) -> UnreadableContent:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return protected()
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableContent(
            "it is protected in a way that only some programs know", "Save it without protection, or exclude it."
        )
    if code == pdfium.FPDF_ERR_FILE:  # as it was set before: PDFium has no code for this
        return UnreadableContent("it has no pages", "Export it again, or exclude it.")
    return UnreadableContent("it is damaged", "Open it in a PDF program and save it anew, or exclude it.")


def stated_title(document: pypdfium2.PdfDocument) -> str | None:
    """Return the title in the properties, unless a program filled it in."""
    title = " ".join(document.get_metadata_value("Title").replace("\x00", "").split())
    return title if 0 < len(title) <= _LONGEST_TITLE and not _NO_TITLE.fullmatch(title) else None


def outline(document: pypdfium2.PdfDocument) -> Sequence[Bookmark]:
    """Return the outline's entries that lead to a page."""
    found = []
    for mark in islice(document.get_toc(max_depth=6), _MOST_BOOKMARKS):
        target = mark.get_dest()
        index = target.get_index() if target else None
        if index is not None:
            found.append(Bookmark(mark.get_title(), mark.level + 1, index + 1))
    return found
