"""Links and comments that lie upon a page."""

import ctypes
from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.converters.pdf.page import Corners, Frame, Word, holds, middle

_SCHEMES = ("http://", "https://", "mailto:")
_MOST_ANNOTATIONS = 500
"""On one page; an index full of links has some hundreds."""
_COMMENTS = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_CARET,
)


def comment_count(page: pypdfium2.PdfPage) -> int:
    """Return how many notes and marks with a text of their own lie on a page."""
    count = min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)
    return sum(_is_comment(page, i) for i in range(count))


def _is_comment(page: pypdfium2.PdfPage, index: int) -> bool:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    try:
        empty = len("\0".encode("utf-16-le"))
        length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        return pdfium.FPDFAnnot_GetSubtype(annotation) in _COMMENTS and length > empty
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def set_links(page: pypdfium2.PdfPage, frame: Frame, words: list[Word]) -> None:
    """Note in each word where it leads: to web pages and mail addresses only."""
    links = list(islice(_links(page, frame), _MOST_ANNOTATIONS))
    for word in words if links else ():
        point = middle(word.box)
        word.link = next((target for area, target in links if holds(area, point)), "")


def _links(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[tuple[Corners, str]]:
    position, link, area = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        target = _target(page.pdf, link)
        if target and pdfium.FPDFLink_GetAnnotRect(link, area):
            # Some programs name the corners of a link the other way round.
            (left, right), (bottom, top) = sorted((area.left, area.right)), sorted((area.bottom, area.top))
            yield frame.corners(left, bottom, right, top), target


def _target(document: pypdfium2.PdfDocument, link: ctypes.c_void_p) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    address = buffer.value.decode("utf-8", "replace").strip()
    return address if address.lower().startswith(_SCHEMES) and not set(address) & set("<>\\ \n\r\t") else ""
