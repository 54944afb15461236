"""Text out of a document as Markdown: what would be read as markup is escaped, so that nobody forges any."""

import re
from urllib.parse import quote, urlsplit

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\x00-\x08\x0e-\x1f]")
_TAG = re.compile(r"(?<!\\)(\\*+)<(?=[a-zA-Z/!?])")
_BLOCK = re.compile(r"(?=#{1,6}(?:\s|$)|>|```|~~~|[-=|:+*_\s]+$|\[[^\]]*\]:)")
_BRACKET = re.compile(r"[\[\]]")
_SCHEMES = ("http", "https", "mailto")


def inline(text: str) -> str:
    """Return `text` in one line; soft hyphens and control characters go, they are no part of a word."""
    return escape_tags(" ".join(_INVISIBLE.sub("", text).split()))


def escape_tags(text: str) -> str:
    """Return `text` with `<` escaped where a tag or comment would begin; each backslash before it escapes the next."""
    return _TAG.sub(r"\1\1\\<", text) if "<" in text else text


def paragraph(markdown: str) -> str:
    """Return inline Markdown as a paragraph, its lines kept; none of them begins a heading, fence or quote."""
    lines = [line.strip() for line in re.split(r"[\n\v\r\u2028]", markdown)]
    return "\\\n".join(_BLOCK.sub(r"\\", line, count=1) if _BLOCK.match(line) else line for line in lines if line)


def link(text: str, address: str | None) -> str:
    """Return inline Markdown that leads to `address`, or `text` itself where a reader could not follow it."""
    address = (address or "").strip()
    if not text or _scheme(address) not in _SCHEMES or text in (address, address.removeprefix("mailto:")):
        return text
    return f"[{_BRACKET.sub(_escaped, text)}]({quote(address, safe=':/?#@!$&*+,;=%~')})"


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme
    except ValueError:  # not an address at all
        return ""


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]
