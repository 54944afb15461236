"""Office documents as zip containers, whole and tampered with."""

import struct
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
import openpyxl
import pptx
from odfdo import Document

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def word(text: str = "Verlof") -> bytes:
    """Return a Word document of one paragraph."""
    document, file = docx.Document(), BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def workbook() -> bytes:
    """Return an Excel workbook of one cell."""
    book, file = openpyxl.Workbook(), BytesIO()
    book.create_sheet("Dagen").append(["Verlof"])
    book.save(file)
    return file.getvalue()


def presentation() -> bytes:
    """Return a PowerPoint presentation of one slide, in which a workbook is embedded."""
    slides, file = pptx.Presentation(), BytesIO()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_ole_object(BytesIO(workbook()), "Excel.Sheet.12", 0, 0)
    slides.save(file)
    return file.getvalue()


def open_document(kind: str = "text") -> bytes:
    """Return an OpenDocument file; `kind`: text, spreadsheet or presentation."""
    file = BytesIO()
    Document(kind).save(file)
    return file.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a container by name, in order."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def container(parts: Mapping[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """Return a zip of `parts`."""
    file = BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return the container with a part added or replaced."""
    return container({**parts(data), name: part})


def with_replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the container with `old` replaced by `new` in one of its parts."""
    assert old in parts(data)[name]
    return with_part(data, name, parts(data)[name].replace(old, new))


def with_password(data: bytes) -> bytes:
    """Return the container with the flag that says that each part is encrypted."""
    return _with_field(_with_field(data, LOCAL, 6, "<H", 1), CENTRAL, 8, "<H", 1)


def lying(data: bytes, name: str, size: int) -> bytes:
    """Return the container in which a part claims to hold only `size` bytes."""
    at = data.rindex(CENTRAL, 0, data.rindex(name.encode()))
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def overlapping(copies: int) -> bytes:
    """Return a zip in which many parts are the same bytes."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        archive.writestr("a", bytes(1000))
        for number in range(copies):
            twin = ZipInfo(f"a{number}")
            twin.header_offset, twin.file_size, twin.compress_size = 0, 1000, 1000
            twin.CRC = 0
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    return file.getvalue()


def _with_field(data: bytes, mark: bytes, offset: int, layout: str, value: int) -> bytes:
    changed, at = bytearray(data), data.find(mark)
    while at >= 0:
        struct.pack_into(layout, changed, at + offset, value)
        at = data.find(mark, at + 4)
    return bytes(changed)
