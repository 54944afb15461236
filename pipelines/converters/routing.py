"""Which converter reads which format."""

from collections.abc import Callable, Mapping
from pkgutil import resolve_name
from typing import Any

from connectors.formats import DOCX, ODT, PDF, PPTX, XLSX
from pipelines.converters import ConvertedText

CONVERTERS: Mapping[str, str] = {
    "text/markdown": "markdown:convert_markdown",
    "text/html": "html:convert_html",
    "text/plain": "text:convert_text",
    "text/csv": "csv:convert_csv",
    "message/rfc822": "eml:convert_eml",
    PDF: "pdf:convert_pdf",
    DOCX: "docx:convert_docx",
    ODT: "odt:convert_odt",
    PPTX: "pptx:convert_pptx",
    XLSX: "xlsx:convert_xlsx",
}
"""Module and function by MIME type: named and not imported, since each loads a library of its own."""


def converter(mime_type: str) -> Callable[[Any], ConvertedText]:
    """Return the function for a format (of text for `text/…`, else of bytes). Raises `KeyError`: there is none."""
    function: Callable[[Any], ConvertedText] = resolve_name(f"pipelines.converters.{CONVERTERS[mime_type]}")
    return function
