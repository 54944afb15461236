"""The formats of files, by the ending of their names."""

from collections.abc import Mapping
from pathlib import PurePosixPath

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"

MIME_TYPES: Mapping[str, str] = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".pdf": PDF,
    ".docx": DOCX,
    ".odt": ODT,
    ".pptx": PPTX,
    ".xlsx": XLSX,
}
"""The MIME type of each ending that is known, in lower case, as the pipeline's converters name them. Not
Python's `mimetypes`: what that answers hangs on the machine's own tables."""


def mime_type(name: str, otherwise: str) -> str:
    """Return the MIME type that the ending of `name` stands for, `otherwise` where it is not known."""
    return MIME_TYPES.get(PurePosixPath(name).suffix.lower(), otherwise)
