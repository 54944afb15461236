"""What holds for every conversion, however odd its file."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipelines.converters.conversion import Conversion, Refusal

_PLACED = {".pdf": ("page",), ".pptx": ("slide", "notes")}
_MARKER = re.compile(r"<!-- (page|slide|notes) (\d+) -->\s*")
_WITH_MARKUP = (".md",)
"""In which raw HTML is what its author wrote."""


def broken(result: Conversion | Refusal, ending: str, headings: int | None = None) -> list[str]:
    """Return which promises `result` of a file with this ending breaks; `headings`: the most that it may have."""
    if isinstance(result, Refusal):
        return [] if result.reason and result.remedy.endswith(".") else ["a refusal without a reason or remedy"]
    tokens = list(_all_tokens(MarkdownIt("commonmark").enable("table").parse(result.markdown)))
    markers = [found for token in tokens if token.type == "html_block" and (found := _MARKER.fullmatch(token.content))]
    return [
        *_broken_places(markers, ending),
        *(_broken_markup(tokens, len(markers)) if ending not in _WITH_MARKUP else ()),
        *_broken_headings(tokens, headings),
    ]


def _all_tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _broken_places(markers: list[re.Match[str]], ending: str) -> Iterator[str]:
    places = [(found[1], int(found[2])) for found in markers]
    if any(kind not in _PLACED.get(ending, ()) for kind, _ in places):
        yield f"a marker that no {ending} has: {places}"
    if len(set(places)) < len(places) or [number for _, number in places] != sorted(number for _, number in places):
        yield f"markers that come twice or out of order: {places}"


def _broken_markup(tokens: list[Token], markers: int) -> Iterator[str]:
    raw = [token.content for token in tokens if token.type in ("html_block", "html_inline")]
    if len(raw) > markers:
        yield f"raw HTML: {raw}"


def _broken_headings(tokens: list[Token], most: int | None) -> Iterator[str]:
    # One inside a list item ("- # so") begins no section, so nobody is misled by it.
    found = sum(token.type == "heading_open" and token.level == 0 for token in tokens)
    if most is not None and found > most:
        yield f"{found} headings, of which the document has {most}"
