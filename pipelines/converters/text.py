"""Plain text: the marks that Markdown would take for its own are escaped."""

import re

from pipelines.converters import ConvertedText

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})(?=\s|$)", re.MULTILINE)
_TAG = re.compile(r"(?<!\\)(\\*+)<(?=[a-zA-Z/!?])")  # with the backslashes before it, of which each escapes the next


def convert_text(text: str) -> ConvertedText:
    """Return `text` as Markdown; lists and underlined headings keep their meaning."""
    flush = _INDENT.sub("", text)
    return ConvertedText(_TAG.sub(r"\1\1\\<", _HEADING.sub(r"\\\1", flush)))
