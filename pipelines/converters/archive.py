"""Guards for the zip containers that office documents are: none may fill the memory of what reads it.

What is not checked needs no check: names of parts (nothing is unpacked to a disk) and zips inside (nothing
opens them).
"""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipelines.converters.refusals import SAVE_AGAIN, damaged, protected
from pipelines.errors import UnreadableContent

MOST_PARTS = 10_000  # a presentation of 500 slides has some 3,000
MOST_BYTES = 500_000_000
"""Unpacked. The largest file that is read has 100 MB, and nearly all of it is pictures, which do not shrink; half
the memory of a process is left for what is made of it."""

MOST_SHRINKING = 200
"""How many times larger than packed an XML part beyond `_SMALL_PART` may be. Office's own shrink 10 to 40 times,
deflate at most 1,032 times."""

_SMALL_PART = 10_000_000  # bytes; one such part is no burden, however it is packed
_MOST_DEFLATE = 1032  # by the format's own definition (zlib's technical details)
_HARMLESS = 100_000_000  # bytes that one part may really hold, whatever it says
_SLACK = 1_000  # bytes
_HEAD = 4096  # bytes
_SLICE = 1 << 14
_ENCRYPTED = 1  # bit of a part's flags
_LOCAL_HEADER = struct.Struct("<26xHH")  # ends in the lengths of the name and of the extra field
_NOT_PARSED = (".svg", ".htm", ".html", ".xhtml", ".xht", ".mht")
_PROLOG = re.compile(rb"(?>\s+|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!DOCTYPE[^\[>]*>)*+<[^!?\s]", re.DOTALL)
"""What may stand before the first element. OpenOffice 2 named a document type there; what is inside brackets in one
can define entities that multiply, and no office program has ever written that."""

_SUSPECT = "Ask where it comes from; no office program makes such a file. Exclude it."


def open_archive(data: bytes) -> ZipFile:
    """Return the container, whose directory promises nothing that would be too much. Raises `UnreadableContent`."""
    # Before the directory is read: each part in it costs memory, and begins with this mark.
    if data.count(b"PK\x01\x02") > MOST_PARTS:
        raise UnreadableContent(f"it holds more than {MOST_PARTS:,} parts", _SUSPECT)
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise damaged() from error
    _check_directory(archive.infolist(), len(data))
    return archive


def check_parts(archive: ZipFile, data: bytes) -> None:
    """Look into the parts of `archive` (whose bytes are `data`). Raises `UnreadableContent`."""
    for part in archive.infolist():
        if part.compress_type == ZIP_DEFLATED and part.compress_size * _MOST_DEFLATE > _HARMLESS:
            _check_size(part, memoryview(data))
        head = read_part(archive, part, _HEAD)
        if head.startswith(b"<") and not part.filename.lower().endswith(_NOT_PARSED):
            _check_xml(part, head)


def read_part(archive: ZipFile, part: ZipInfo, size: int) -> bytes:
    """Return at most the first `size` bytes of a part, less marks, spaces and the NULs of UTF-16.

    Raises `UnreadableContent`: it is damaged.
    """
    try:
        with archive.open(part) as file:
            head = file.read(size)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise damaged() from error
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _check_directory(parts: list[ZipInfo], size: int) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise protected()
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise UnreadableContent("it is packed in a way that no office program uses", SAVE_AGAIN)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES:
        raise UnreadableContent(f"it unpacks to {unpacked // 10**6:,} MB", "Split it, or exclude it.")
    if sum(part.compress_size for part in parts) > size:
        raise UnreadableContent("its parts overlap", _SUSPECT)


def _check_size(part: ZipInfo, data: memoryview) -> None:
    """Raise `UnreadableContent` where `part` holds more than it says: libraries unpack a part whole."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    for packed in _slices(part, data):
        rest = packed
        while rest and not inflater.eof:
            size += len(_inflated(inflater, rest))
            rest = memoryview(inflater.unconsumed_tail)
            if size > part.file_size + _SLACK:
                raise UnreadableContent("it holds more than its directory says", _SUSPECT)


def _slices(part: ZipInfo, data: memoryview) -> list[memoryview]:
    names = data[part.header_offset : part.header_offset + _LOCAL_HEADER.size]
    if len(names) < _LOCAL_HEADER.size:
        raise damaged()
    start = part.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(names))
    packed = data[start : start + part.compress_size]
    return [packed[offset : offset + _SLICE] for offset in range(0, len(packed), _SLICE)]


def _inflated(inflater: "zlib._Decompress", packed: memoryview) -> bytes:
    try:
        return inflater.decompress(packed, 1 << 20)
    except zlib.error as error:
        raise damaged() from error


def _check_xml(part: ZipInfo, head: bytes) -> None:
    if part.file_size > max(_SMALL_PART, part.compress_size * MOST_SHRINKING):
        raise UnreadableContent(f"it unpacks to more than {MOST_SHRINKING} times its size", _SUSPECT)
    if not _PROLOG.match(head):
        raise UnreadableContent("its XML begins with definitions of its own (a DOCTYPE)", _SUSPECT)
