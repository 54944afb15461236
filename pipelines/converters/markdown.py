"""Markdown as people write it: kept as it is, less what its readers never see."""

import re

from pipelines.converters import ConvertedText

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def convert_markdown(text: str) -> ConvertedText:
    """Return `text` without its HTML comments: hidden text must not be quoted to anybody."""
    return ConvertedText(_COMMENT.sub("", text))
