"""From the bytes of a text file to its text.

Only what can be told for sure is decoded: an encoding that is guessed wrong is quoted to people as if the
document said so. That is why no statistical detector is used here (charset-normalizer 3.5 took three of four Dutch
sentences in Windows-1252 for Cyrillic or Baltic DOS texts).
"""

import codecs
import re
import string
from collections.abc import Iterator

from connectors.sources.filesystem.errors import UnusableFile

_MARKS = (
    # That of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REMEDY = "Save it as UTF-8 text, or leave it out with `exclude`."
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r\f"})
_ASCII_LETTERS = string.ascii_letters.encode()
_OTHER_LETTERS = bytes(code for code in range(128, 256) if bytes([code]).decode("cp1252", "ignore").isalpha())
_MOST_OTHER_LETTERS = 0.3
"""Of all letters. French has some 5 %; a text in Greek or Cyrillic letters read as Windows-1252 nearly 100 %."""

_ALLOWANCE = 10  # other letters; "Één café" has more than its share of them

_MOST_NULS_IN_TEXT, _LEAST_NULS_BESIDE_TEXT = 0.01, 0.3
"""Of the bytes in UTF-16's half for, and half beside, Latin letters."""

_ANOTHER_ALPHABET = re.compile(rb"[\xC0-\xFF]{4}|[a-z][\x82\x84\x86-\x8C\x8E\x94\x95\x9F\xB3\xB9\xBF][a-z]")
"""No Western word has four accented letters in a row, nor one that is, in Windows-1252, a mark or a capital inside
it: those are letters of DOS (code page 850), Mac OS and Polish."""


def decode_text(data: bytes) -> str:
    """Decode UTF-16 or UTF-32 with its mark, UTF-8, UTF-16 without its mark, or Windows-1252.

    Raises `UnusableFile`: it is none of them, or it holds a NUL, which no text does.
    """
    for encoding in _possible(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnusableFile("it is not a text file" if b"\0" in data else "its encoding is unknown", _REMEDY)


def _possible(data: bytes) -> Iterator[str]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        yield marked
        return
    yield "utf-8-sig"
    if _is_beside_nuls(data[::2], data[1::2]):
        yield "utf-16-le"
    if _is_beside_nuls(data[1::2], data[::2]):
        yield "utf-16-be"
    if _looks_western(data):
        yield "cp1252"


def _is_beside_nuls(text: bytes, beside: bytes) -> bool:
    few = text.count(0) <= _MOST_NULS_IN_TEXT * len(text)
    return few and beside.count(0) > _LEAST_NULS_BESIDE_TEXT * len(beside)


def _looks_western(data: bytes) -> bool:
    if _count(data, _CONTROLS) or _ANOTHER_ALPHABET.search(data):
        return False
    other = _count(data, _OTHER_LETTERS)
    return other <= _ALLOWANCE + _MOST_OTHER_LETTERS * (other + _count(data, _ASCII_LETTERS))


def _count(data: bytes, kinds: bytes) -> int:
    return len(data) - len(data.translate(None, delete=kinds))
