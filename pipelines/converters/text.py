"""Plain text: the marks that Markdown would take for its own are escaped."""

import re

from pipelines.converters import ConvertedText
from pipelines.converters.inline import escape_tags

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})(?=\s|$)", re.MULTILINE)


def convert_text(text: str) -> ConvertedText:
    """Return `text` as Markdown; lists and underlined headings keep their meaning."""
    flush = _INDENT.sub("", text)
    return ConvertedText(escape_tags(_HEADING.sub(r"\\\1", flush)))
