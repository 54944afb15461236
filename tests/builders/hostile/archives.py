"""Zip containers that lie, multiply, or are not whole."""

from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import repeat
from zipfile import ZIP_DEFLATED, ZipFile

from tests.builders import container as zips
from tests.builders.hostile.file import HostileFile, empty, failing, harmless

_MEGABYTE = 10**6
DOCUMENT = "word/document.xml"
_DAMAGED = "damaged or not complete"


def with_large_part(name: str, unit: bytes, times: int, *, around: bytes | None = None) -> bytes:
    """Return a Word document (or the container `around`) with a part that holds `unit` so many times."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for other, data in _others(around or zips.word(), name).items():
            archive.writestr(other, data)
        with archive.open(name, "w") as part:
            for piece in repeat(unit, times):
                part.write(piece)
    return file.getvalue()


def without_part(data: bytes, name: str) -> bytes:
    """Return the container less one of its parts."""
    return zips.container(_others(data, name))


def cut(data: bytes, share: float) -> bytes:
    """Return the first part of `data`; `share`: how much of it."""
    return data[: int(len(data) * share)]


def _others(data: bytes, name: str) -> Mapping[str, bytes]:
    return {other: part for other, part in zips.parts(data).items() if other != name}


def _lying_bomb() -> bytes:
    return zips.lying(with_large_part(DOCUMENT, bytes(_MEGABYTE), 200), DOCUMENT, 1000)


def _with_many_parts() -> bytes:
    return zips.container({**zips.parts(zips.word()), **{f"word/media/{n}": b"" for n in range(20_000)}})


def _with_wrong_checksum() -> bytes:
    data = zips.word()
    at = data.rindex(zips.CENTRAL, 0, data.rindex(DOCUMENT.encode())) + 16
    return data[:at] + bytes(byte ^ 255 for byte in data[at : at + 4]) + data[at + 4 :]


def _nested(depth: int) -> bytes:
    inner = zips.container({"zeros": bytes(50 * _MEGABYTE)})
    for _ in range(depth):
        inner = zips.container({f"{n}.zip": inner for n in range(10)})
    return zips.with_part(zips.word("Holds archives in archives."), "word/embeddings/inner.zip", inner)


def _with_escaping_names() -> bytes:
    names = ("../../../../../../../tmp/kennisbot-was-here", "/tmp/kennisbot-was-here", "C:\\kennisbot-was-here")  # noqa: S108 - where it must not come
    return zips.container({**zips.parts(zips.word("Has names that leave it.")), **dict.fromkeys(names, b"Out!")})


def _ole(*streams: str) -> bytes:
    return zips.OLE + bytes(1000) + b"".join(stream.encode("utf-16-le") for stream in streams) + bytes(1000)


def _bombs() -> Iterator[HostileFile]:
    zeros = bytes(_MEGABYTE)
    yield failing("bomb-of-600-MB.docx", partial(with_large_part, DOCUMENT, zeros, 600), "it unpacks to 600 MB")
    spaces = partial(with_large_part, DOCUMENT, b"<w:document>" + b" " * _MEGABYTE, 200)
    yield failing("bomb-of-spaces.docx", spaces, "more than 200 times its size")
    yield failing("bomb-that-claims-to-be-small.docx", _lying_bomb, "holds more than its directory says")
    # Nobody opens a picture: what would be in it costs nothing.
    pictures = partial(with_large_part, "word/media/image1.png", zeros, 300)
    yield harmless("bomb-in-a-picture.docx", partial(pictures, around=zips.word("Has a picture of 300 MB.")))
    yield harmless("bomb-in-nested-archives.docx", partial(_nested, 3))
    yield failing("many-parts.docx", _with_many_parts, "more than 10,000 parts")
    yield failing("overlapping-parts.docx", partial(zips.overlapping, 5000), "its parts overlap")
    yield harmless("escaping-names.docx", _with_escaping_names)


def _damaged() -> Iterator[HostileFile]:
    yield failing("wrong-checksum.docx", _with_wrong_checksum, "damaged")
    yield failing("cut-at-a-tenth.pptx", lambda: cut(zips.presentation(), 0.1), _DAMAGED)
    yield failing("cut-in-the-middle.odt", lambda: cut(zips.open_document(), 0.5), _DAMAGED)
    yield failing("cut-near-the-end.xlsx", lambda: cut(zips.workbook(), 0.99), _DAMAGED)
    yield failing("cut-at-the-last-byte.docx", lambda: zips.word()[:-1], _DAMAGED)
    for kind in ("docx", "xlsx", "pptx", "odt", "pdf", "eml"):
        yield failing(f"zero-bytes.{kind}", bytes, r"empty \(0 bytes\)")
    for kind in ("txt", "md", "html", "csv"):
        yield empty(f"zero-bytes.{kind}")


def _of_another_kind() -> Iterator[HostileFile]:
    yield failing("password.docx", lambda: zips.with_password(zips.word()), "protected by a password")
    yield failing("encrypted.docx", partial(_ole, "EncryptedPackage"), "protected by a password")
    yield failing("encrypted.xlsx", partial(_ole, "EncryptionInfo", "EncryptedPackage"), "protected by a password")
    for kind, stream in (("docx", "WordDocument"), ("xlsx", "Workbook"), ("pptx", "PowerPoint Document")):
        yield failing(f"legacy.{kind}", partial(_ole, stream), "old binary format of Office")
    yield failing("workbook.docx", zips.workbook, "named as a Word document but is an Excel workbook")
    yield failing("word.pdf", zips.word, "named as a PDF but is a Word document")
    yield failing("text.xlsx", lambda: b"Naam;Dagen\nSanne;25\n", "named as an Excel workbook but is text")
    yield failing("noise.pptx", lambda: bytes(range(1, 256)) * 40, "it is damaged, or is not a PowerPoint presentation")
    yield failing("archive.docx", lambda: zips.container({"a.txt": b"Text"}), "but is an archive")


FILES = (*_bombs(), *_damaged(), *_of_another_kind())
