"""Whether a file is what its MIME type says, told by its first bytes, and whether it is safe to open.

A dozen signatures and the type that a container states: a library of signatures would know a thousand formats,
and would still not tell a Word document from one with macros, nor say what to do about either.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import ZipFile

from connectors.formats import DOCX, ODT, PDF, PPTX, XLSX
from pipelines.converters.archive import check_parts, open_archive, read_part
from pipelines.converters.refusals import SAVE_AGAIN, protected
from pipelines.errors import UnreadableContent

EML = "message/rfc822"

_SAVE_AS_DOCX = "Open it in Word and save it as .docx."
_NO_TEXT = "Exclude it: only text is read."


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a file is; `remedy` what to do where it is named otherwise; `mime_type` where it can be read."""

    name: str
    remedy: str
    mime_type: str | None = None


_NAMED: Mapping[str, _Kind] = {
    PDF: _Kind("a PDF", "Rename it to .pdf.", PDF),
    DOCX: _Kind("a Word document", "Rename it to .docx.", DOCX),
    ODT: _Kind("an OpenDocument text", "Rename it to .odt.", ODT),
    PPTX: _Kind("a PowerPoint presentation", "Rename it to .pptx.", PPTX),
    XLSX: _Kind("an Excel workbook", "Rename it to .xlsx.", XLSX),
    EML: _Kind("a mail", "Rename it to .eml.", EML),
}
_PICTURE = _Kind("a picture", _NO_TEXT)
_ARCHIVE = _Kind("an archive", "Unpack it.")
_BEGINNINGS = (
    (b"%PDF-", _NAMED[PDF]),
    (b"{\\rtf", _Kind("an RTF text", _SAVE_AS_DOCX)),
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
    (b"MZ\x90\x00", _Kind("a program", "Remove it.")),
)
_TEXTS = (
    (b"<!doctype html", _Kind("an HTML page", "Rename it to .html.")),
    (b"<html", _Kind("an HTML page", "Rename it to .html.")),
    (b"<?xml", _Kind("an XML file", "Open it in its own program and save it in the format of its name.")),
    (b"", _Kind("text", "Rename it to .txt or .csv.")),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = (
    (rb"wordprocessingml\.document\.main\+xml", _NAMED[DOCX]),
    (rb"presentationml\.presentation\.main\+xml", _NAMED[PPTX]),
    (rb"presentationml\.slideshow\.main\+xml", _Kind("a PowerPoint show (.ppsx)", "Save it as .pptx.")),
    (rb"spreadsheetml\.sheet\.main\+xml", _NAMED[XLSX]),
    (rb"ms-excel\.sheet\.binary\.macroEnabled\.main", _Kind("a binary workbook (.xlsb)", "Save it as .xlsx.")),
    (
        rb"ms-(word|excel|powerpoint)\.\w+\.macroEnabled(Template)?\.main\+xml",
        _Kind("an Office file with macros", "Save it without macros: as .docx, .xlsx or .pptx."),
    ),
    (rb"\.template\.main\+xml", _Kind("an Office template", "Save it as a document: as .docx, .xlsx or .pptx.")),
)
_OPEN_DOCUMENTS = (
    (b"spreadsheet", _Kind("an OpenDocument spreadsheet", "Save it as .xlsx.")),
    (b"presentation", _Kind("an OpenDocument presentation", "Save it as .pptx.")),
    (b"", _Kind("another kind of OpenDocument file", "Save it as .odt.")),
)
_DIRECTORY_LIMIT = 1 << 20  # bytes of a container's list of its parts; real ones have some 10 kB
_PDF_MARK_WITHIN = 1024  # bytes: readers accept it there (implementation notes of PDF 1.7)
_SAMPLE = 1024  # bytes
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r\f"})


def check_signature(data: bytes, mime_type: str) -> None:
    """Raise `UnreadableContent` where `data` is not of the format `mime_type`, protected, or a trap.

    Formats that are text, and those without a converter, are not looked at.
    """
    named = _NAMED.get(mime_type)
    if named is None:
        return
    if not data:
        raise UnreadableContent("it is empty (0 bytes)", "Replace it by the whole file, or exclude it.")
    if data.startswith(b"PK\x03\x04"):
        _check_container(data, named)
    else:
        _check_kind(_simple_kind(data, named), named)


def _check_kind(kind: _Kind, named: _Kind) -> None:
    if kind.mime_type != named.mime_type:
        raise UnreadableContent(f"it is named as {named.name} but is {kind.name}", kind.remedy)


def _check_container(data: bytes, named: _Kind) -> None:
    with open_archive(data) as archive:
        _check_kind(_container_kind(archive), named)
        check_parts(archive, data)


def _container_kind(archive: ZipFile) -> _Kind:
    types = _listed(archive, "[Content_Types].xml")
    for pattern, kind in _CONTENT_TYPES:
        if re.search(pattern, types):
            return kind
    open_document = re.match(rb"application/vnd\.oasis\.opendocument\.(\S+)", _listed(archive, "mimetype"))
    return _open_document_kind(archive, open_document[1]) if open_document else _ARCHIVE


def _open_document_kind(archive: ZipFile, type_: bytes) -> _Kind:
    if b"encryption-data" in _listed(archive, "META-INF/manifest.xml"):
        raise protected()
    if type_ in (b"text", b"text-template"):
        return _NAMED[ODT]
    return next(kind for beginning, kind in _OPEN_DOCUMENTS if type_.startswith(beginning))


def _listed(archive: ZipFile, name: str) -> bytes:
    part = archive.NameToInfo.get(name)
    return read_part(archive, part, _DIRECTORY_LIMIT) if part else b""


def _simple_kind(data: bytes, named: _Kind) -> _Kind:
    if data.startswith(_OLE):
        raise _refusal_of_ole(data)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    sample = data[:_SAMPLE]
    if named.mime_type == EML and b"\0" not in sample:
        return named
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return _NAMED[PDF]
    if len(sample.translate(None, delete=_CONTROLS)) == len(sample):
        return next(
            kind for beginning, kind in _TEXTS if sample.lstrip(b"\xef\xbb\xbf \r\n").lower().startswith(beginning)
        )
    raise UnreadableContent(f"it is damaged, or is not {named.name}", SAVE_AGAIN)


def _refusal_of_ole(data: bytes) -> UnreadableContent:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return protected()
    if "__substg1.0_".encode("utf-16-le") in data:
        return UnreadableContent("it is a message in the format of Outlook (.msg)", "Save it as .eml.")
    return UnreadableContent(
        "it is in the old binary format of Office (.doc, .xls, .ppt)", "Save it as .docx/.xlsx/.pptx."
    )
