"""From the bytes of a text file to its text."""

import codecs

from connectors.sources.filesystem.errors import UnusableFile

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(data: bytes) -> str:
    """Decode UTF-8, UTF-16 that begins with its mark, or else Windows-1252.

    Raises `UnusableFile`: it is none of them, or it holds a NUL, which no text does.
    """
    for encoding in ("utf-16",) if data.startswith(_UTF_16) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnusableFile("it is not a text file", "Save it as UTF-8 text, or leave it out with `exclude`.")
