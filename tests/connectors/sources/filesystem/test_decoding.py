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
        TEXT.encode("cp1252"),
    ],
)
def test_usual_encodings_are_read(data: bytes) -> None:
    """The mark at the start is no part of the text."""
    assert decode_text(data) == TEXT


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04\x00\x00", b"caf\xe9 \x81", TEXT.encode("utf-32"), TEXT.encode("utf-16-le"), b"\xff\xfea"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """An archive, an unknown encoding or half a character is no text."""
    with pytest.raises(UnusableFile, match=r"it is not a text file\. Save it as UTF-8"):
        decode_text(data)


@given(st.binary(max_size=50))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """No bytes crash, and no NUL gets through."""
    try:
        assert "\0" not in decode_text(data)
    except UnusableFile as error:
        assert error.remedy
