"""Texts as old and new systems save them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.sources.filesystem.decoding import decode_text
from connectors.sources.filesystem.errors import UnusableFile

TEXT = "Één café: €5\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
)
def test_usual_encodings_are_read(data: bytes) -> None:
    """The mark at the start is no part of the text."""
    assert decode_text(data) == TEXT


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04\x00\x00", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Één".encode("utf-32-le"), b"\0", b"\0" * 100],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """An archive or a picture is no text."""
    with pytest.raises(UnusableFile, match=r"it is not a text file\. Save it as UTF-8"):
        decode_text(data)


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9 \x81",
        b"\xff\xfea",
        b"caf\xe9\x01",
        "Всем привет: это важно".encode("cp1251"),
        "Καλημέρα σε όλους".encode("cp1253"),
        "大切な資料です".encode("shift_jis"),
        "De reünie is geëindigd".encode("cp850"),
        "Dit is geëist".encode("cp850"),
        "Dat was de reünie".encode("mac_roman"),
        "Wszystko było dobrze".encode("cp1250"),
        ("café " + "大切" * 40).encode("gbk"),
    ],
)
def test_unknown_encoding_is_reported(data: bytes) -> None:
    """Letters that the document never had must not be quoted to anybody."""
    with pytest.raises(UnusableFile, match=r"its encoding is unknown\. Save it as UTF-8"):
        decode_text(data)


@pytest.mark.parametrize(
    "text",
    [
        "“Eén” \u2013 \u2018twee\u2019 … drie • vier: €\xa05,\u2013",
        "cœur, Škoda, Kašpar, foto\u2019s, a/b®",
        "ÉÉN CAFÉ IN ÎLE-DE-FRANCE",
        "½ \xd7 3°",
        "Straße\x0cÜbermäßig",
    ],
)
def test_western_marks_are_read(text: str) -> None:
    """What Windows programs write in Western languages."""
    assert decode_text(text.encode("cp1252")) == text


@given(st.binary(max_size=50))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No bytes crash, and no NUL gets through."""
    try:
        assert "\0" not in decode_text(data)
    except UnusableFile as error:
        assert error.remedy
