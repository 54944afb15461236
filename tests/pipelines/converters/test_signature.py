"""What is found out about a file before any library opens it."""

import bz2
from zipfile import ZIP_BZIP2

import pytest

from connectors.formats import DOCX, MIME_TYPES, ODT, PDF, PPTX, XLSX
from pipelines.converters.signature import EML, check_signature
from pipelines.errors import UnreadableContent
from tests.builders import container as zips

FILES = {
    PDF: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\0",
    DOCX: zips.word(),
    ODT: zips.open_document(),
    PPTX: zips.presentation(),
    XLSX: zips.workbook(),
    EML: b"From: Sanne <sanne@x.example>\r\nSubject: Verlof\r\n\r\nCaf\xe9",
}
NAMES = {
    PDF: "a PDF",
    DOCX: "a Word document",
    ODT: "an OpenDocument text",
    PPTX: "a PowerPoint presentation",
    XLSX: "an Excel workbook",
}
BINARY = sorted(NAMES)
TYPES = "[Content_Types].xml"


def _refusal(data: bytes, mime_type: str) -> tuple[str, str]:
    with pytest.raises(UnreadableContent) as caught:
        check_signature(data, mime_type)
    return caught.value.reason, caught.value.remedy


@pytest.mark.parametrize("mime_type", FILES)
def test_file_of_its_kind_is_let_through(mime_type: str) -> None:
    """A document that is what it is named is read."""
    check_signature(FILES[mime_type], mime_type)


@pytest.mark.parametrize("mime_type", ["text/plain", "text/html", "text/csv", "text/markdown", "image/png"])
def test_text_is_not_looked_at(mime_type: str) -> None:
    """Its encoding has been told, and any text may be in it."""
    check_signature(b"%PDF-1.7 is how a PDF begins", mime_type)
    check_signature(b"", mime_type)


@pytest.mark.parametrize("named", BINARY)
@pytest.mark.parametrize("really", BINARY)
def test_file_of_another_kind_is_told_apart(named: str, really: str) -> None:
    """The administrator reads what it is and what to call it."""
    if named == really:
        return
    ending = next(ending for ending, mime_type in MIME_TYPES.items() if mime_type == really)
    assert _refusal(FILES[really], named) == (
        f"it is named as {NAMES[named]} but is {NAMES[really]}",
        f"Rename it to {ending}.",
    )


@pytest.mark.parametrize("mime_type", [*BINARY, EML])
def test_empty_file_is_refused(mime_type: str) -> None:
    """A download that failed leaves such files."""
    assert _refusal(b"", mime_type) == ("it is empty (0 bytes)", "Replace it by the whole file, or exclude it.")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><html><table>", "an HTML page"),
        (b"\xef\xbb\xbf\r\n <HTML>", "an HTML page"),
        (b"<?xml version='1.0'?><office:document/>", "an XML file"),
        ("Naam;Dagen\r\nÉén;25".encode(), "text"),
        (b"{\\rtf1\\ansi Verlof}", "an RTF text"),
        (b"\x89PNG\r\n\x1a\n\0", "a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"Rar!\x1a\x07\x01\0", "an archive"),
        (b"MZ\x90\x00\x03", "a program"),
        (zips.container({"a.txt": b"Text"}), "an archive"),
        (zips.open_document("spreadsheet"), "an OpenDocument spreadsheet"),
        (zips.open_document("presentation"), "an OpenDocument presentation"),
        (zips.open_document("drawing"), "another kind of OpenDocument file"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, kind: str) -> None:
    """Exports that are given the ending of Office are the usual case."""
    reason, remedy = _refusal(data, XLSX)
    assert reason == f"it is named as an Excel workbook but is {kind}"
    assert remedy.endswith(".")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (
            b"openxmlformats-officedocument.wordprocessingml.document.main",
            b"ms-word.document.macroEnabled.main",
            "an Office file with macros",
        ),
        (b"document.main+xml", b"template.main+xml", "an Office template"),
    ],
)
def test_variant_of_word_is_refused(old: bytes, new: bytes, kind: str) -> None:
    """A document with macros stays one under another name."""
    data = zips.with_replaced(FILES[DOCX], TYPES, old, new)
    assert _refusal(data, DOCX)[0] == f"it is named as a Word document but is {kind}"


@pytest.mark.parametrize(
    ("mime_type", "old", "new", "kind"),
    [
        (PPTX, b"presentation.main+xml", b"slideshow.main+xml", "a PowerPoint show (.ppsx)"),
        (
            XLSX,
            b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"ms-excel.sheet.binary.macroEnabled.main",
            "a binary workbook (.xlsb)",
        ),
        (
            XLSX,
            b"openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"ms-excel.sheet.macroEnabled.main",
            "an Office file with macros",
        ),
    ],
)
def test_other_variants_are_refused(mime_type: str, old: bytes, new: bytes, kind: str) -> None:
    """No library here reads them."""
    assert _refusal(zips.with_replaced(FILES[mime_type], TYPES, old, new), mime_type)[0].endswith(f"but is {kind}")


def test_document_that_embeds_one_with_macros_is_read() -> None:
    """What is embedded is listed by another type, and nothing opens it."""
    default = b'<Default Extension="docm" ContentType="application/vnd.ms-word.document.macroEnabled.12"/></Types>'
    check_signature(zips.with_replaced(FILES[DOCX], TYPES, b"</Types>", default), DOCX)


@pytest.mark.parametrize("mime_type", [DOCX, XLSX, PPTX])
def test_encrypted_office_file_is_protected(mime_type: str) -> None:
    """Office wraps a document with a password in its old container."""
    data = zips.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert _refusal(data, mime_type) == (
        "it is protected by a password",
        "Save it without a password, or exclude it.",
    )


def test_old_office_file_is_refused() -> None:
    """A .doc that was renamed to .docx is still one."""
    reason, remedy = _refusal(zips.OLE + bytes(1000) + "WordDocument".encode("utf-16-le"), DOCX)
    assert reason == "it is in the old binary format of Office (.doc, .xls, .ppt)"
    assert remedy == "Save it as .docx/.xlsx/.pptx."


def test_outlook_message_is_refused() -> None:
    """A .msg that was renamed to .eml is still one."""
    data = zips.OLE + bytes(1000) + "__substg1.0_0037001F".encode("utf-16-le")
    assert _refusal(data, EML) == ("it is a message in the format of Outlook (.msg)", "Save it as .eml.")


def test_zip_with_password_is_protected() -> None:
    """Some programs encrypt the container itself."""
    assert _refusal(zips.with_password(FILES[XLSX]), XLSX)[0] == "it is protected by a password"


def test_open_document_with_password_is_protected() -> None:
    """LibreOffice encrypts the parts, and says so in the list of them."""
    name = "META-INF/manifest.xml"
    entry = b'<manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    data = zips.with_replaced(FILES[ODT], name, b"</manifest:manifest>", entry)
    assert _refusal(data, ODT)[0] == "it is protected by a password"


@pytest.mark.parametrize("mime_type", [EML, *BINARY])
def test_zip_named_as_something_else_is_named(mime_type: str) -> None:
    """Renaming an archive makes no document of it."""
    assert _refusal(zips.container({"a": b"b"}), mime_type)[0].endswith("but is an archive")


@pytest.mark.parametrize("end", [30, 2000, -1, -30])
def test_file_that_was_cut_off_is_damaged(end: int) -> None:
    """The directory of a zip is at its end."""
    assert _refusal(FILES[DOCX][:end], DOCX)[0] == "it is damaged or not complete"


def test_broken_part_is_damaged() -> None:
    """Bytes that were overwritten on the way are found before a library meets them."""
    data = bytearray(FILES[DOCX])
    data[60:400] = b"\xff" * 340
    assert _refusal(bytes(data), DOCX)[0] == "it is damaged or not complete"


@pytest.mark.parametrize("mime_type", BINARY)
def test_noise_is_damaged(mime_type: str) -> None:
    """Bytes that are nothing known are said to be that."""
    assert _refusal(b"\x00\x01\x02" * 400, mime_type)[0] == f"it is damaged, or is not {NAMES[mime_type]}"


def test_pdf_may_begin_late() -> None:
    """Some printers write a line of their own before it."""
    check_signature(b"@PJL SET\r\n\0" * 20 + FILES[PDF], PDF)


def test_mail_may_begin_with_anything_but_bytes() -> None:
    """What begins a mail is for its converter to read; bytes of no text are no mail."""
    check_signature(b"\r\nReceived: from x", EML)
    assert _refusal(FILES[PDF], EML)[0] == "it is named as a mail but is a PDF"
    assert _refusal(b"a\0b\x01", EML)[0] == "it is damaged, or is not a mail"


def test_xml_bomb_is_refused() -> None:
    """Two hundred megabytes of text in two hundred kilobytes are no document."""
    bomb = zips.with_part(FILES[DOCX], "word/document.xml", b"<a>" + bytes(30_000_000))
    assert len(bomb) < 100_000
    assert _refusal(bomb, DOCX)[0] == "it unpacks to more than 200 times its size"


def test_large_picture_that_packs_well_is_read() -> None:
    """A white page is not a trap."""
    check_signature(zips.with_part(FILES[DOCX], "word/media/a.bmp", b"BM" + b"\xff" * 30_000_000), DOCX)


def test_sum_of_parts_is_bounded() -> None:
    """Many parts that are each allowed are too much together."""
    data = zips.with_part(FILES[DOCX], "word/media/a.bmp", b"BM" + b"\xff" * 9_000_000)
    lying = zips.lying(data, "word/media/a.bmp", 600_000_000)
    assert _refusal(lying, DOCX)[0] == "it unpacks to 600 MB"


def test_part_that_holds_more_than_it_says_is_refused() -> None:
    """A library would unpack it whole before it noticed."""
    data = zips.with_part(FILES[DOCX], "word/media/a.bmp", bytes(110_000_000))
    assert _refusal(zips.lying(data, "word/media/a.bmp", 200_000), DOCX)[0] == "it holds more than its directory says"


def test_number_of_parts_is_bounded() -> None:
    """Each costs memory, even an empty one."""
    many = zips.container({str(number): b"" for number in range(10_001)})
    assert _refusal(many, DOCX)[0] == "it holds more than 10,000 parts"


def test_overlapping_parts_are_refused() -> None:
    """The same bytes counted many times are a known trap."""
    assert _refusal(zips.overlapping(10), DOCX)[0] == "its parts overlap"


def test_other_packing_is_refused() -> None:
    """No office program uses it, and it can shrink far more."""
    data = zips.container(zips.parts(FILES[DOCX]), ZIP_BZIP2)
    assert _refusal(data, DOCX)[0] == "it is packed in a way that no office program uses"


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]><a>&d;</a>'


@pytest.mark.parametrize(
    "part",
    [
        ENTITIES,
        b"<?xml version='1.0'?>\r\n" + ENTITIES,
        b"<!-- <a> -->" + ENTITIES,
        b"<!--" + b" " * 5000 + b"-->" + ENTITIES,
        b"<?x" + b"?" * 3000 + b"?>" + ENTITIES,
        b"\xef\xbb\xbf" + ENTITIES,
        ENTITIES.decode().encode("utf-16"),
        b"<!DOCTYPE a SYSTEM 'a>b' [" + ENTITIES,
        b"<!-- a -->" * 300 + ENTITIES,
        b"<?a" * 1000 + ENTITIES,
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/document.bin"])
def test_entities_are_refused(name: str, part: bytes) -> None:
    """They multiply when they are read; hiding them behind a comment or an encoding does not help."""
    reason, _ = _refusal(zips.with_part(FILES[DOCX], name, part), DOCX)
    assert reason == "its XML begins with definitions of its own (a DOCTYPE)"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("word/media/image1.svg", b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>'),
        ("word/afchunk.htm", b"<!DOCTYPE html><html></html>"),
        ("META-INF/a.xml", b'<!DOCTYPE manifest PUBLIC "-//OpenOffice.org//DTD 1.0//EN" "Manifest.dtd"><manifest/>'),
        ("customXml/item1.xml", b"<!-- made by x --><?y z?>\r\n<root>&lt;!DOCTYPE a [</root>"),
        ("customXml/item2.xml", b""),
        ("customXml/item3.xml", "<a>é</a>".encode("utf-16")),
    ],
)
def test_harmless_beginnings_are_read(name: str, part: bytes) -> None:
    """Pictures, pages and old programs name their document type."""
    check_signature(zips.with_part(FILES[DOCX], name, part), DOCX)


def test_bz2_is_no_office_file() -> None:
    """A signature that is not in the list is said to be unknown."""
    assert _refusal(bz2.compress(b"a" * 100) + b"\0", DOCX)[0] == "it is damaged, or is not a Word document"
