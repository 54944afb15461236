"""Markdown as people write it: kept as it is, less what its readers never see."""

import re

from pipelines.converters import ConvertedText

_CODE_OR_COMMENT = re.compile(
    r"(?P<code>^(?P<fence>`{3,}+|~{3,}+).*?^(?P=fence)|`[^`\n]+`)|(?P<comment><!--.*?(?:-->|\Z))",
    re.DOTALL | re.MULTILINE,
)


def convert_markdown(text: str) -> ConvertedText:
    """Return `text` without its HTML comments: hidden text must not be quoted to anybody."""
    comments = sum(found["comment"] is not None for found in _CODE_OR_COMMENT.finditer(text))
    kept = _CODE_OR_COMMENT.sub(lambda found: found["code"] or "", text)
    return ConvertedText(kept, left_out={"comments": comments} if comments else {})
