"""A document as a reader sees it, with the passage that an answer quotes marked in it.

A passage is looked for in the Markdown itself, white space aside, as that is where it was quoted from; what was
found is then carried through the parser as positions, not as characters, so that no text of a document can forge it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.adapters.web.passage import EXPLICIT_ANCHOR, PackedText, Span, find_passage, pack, unpacked
from bot.adapters.web.rendering import BlockNames, PageRenderer, build_parser, sanitized, visible

LONGEST = 300_000
"""Characters of a document that are shown, some 150 pages: a browser lays them out within a second."""

_BEFORE = 20_000
"""Characters that are shown before a passage that stands beyond `LONGEST`."""

_PLACE = re.compile(r"<!-- (page|slide|notes) ([1-9][0-9]{0,5}) -->")
_SHOWN = frozenset({"text", "text_special", "code_inline", "image", "softbreak", "hardbreak"})


@dataclass(frozen=True, slots=True)
class DocumentHtml:
    """A document's safe HTML.

    `found`: whether the passage stands in it, in elements of the class "passage", the first with that as its id.
    `cut`: whether the document is longer than what is shown.
    """

    html: str
    found: bool
    cut: bool


def document_html(markdown: str, passage: Sequence[str], section: str, names: BlockNames) -> DocumentHtml:
    """Return a document as safe HTML with a `Citation`'s passage marked.

    Of a passage that stands there more than once the one is marked whose pieces stand closest together, in
    `section` (as in the citation) where that is not "".
    """
    whole = visible(markdown)
    shown = whole if len(whole) <= LONGEST else _window(whole, passage, section)
    packed = PackedText(shown)
    spans = find_passage(packed, passage, section)
    environment = {"packed": packed, "spans": spans, "found": False, "names": names}
    html = sanitized(_parser().render(shown, environment))
    return DocumentHtml(html, found=environment["found"] is True, cut=len(shown) < len(whole))


def _window(text: str, passage: Sequence[str], section: str) -> str:
    """Return the beginning of a long document, or what is around the passage where that stands further on."""
    spans = find_passage(PackedText(text), passage, section) or [(0, 0)]
    first, last = unpacked(text, spans[0][0]), unpacked(text, spans[-1][1])
    start = 0 if last < LONGEST else _break(text, first)
    end = text.rfind("\n\n", max(last, start + LONGEST // 2), start + LONGEST)
    return text[start : end if end > 0 else start + LONGEST]


def _break(text: str, first: int) -> int:
    """Return where a paragraph begins a little before `first`, or a little before where there is none."""
    near = max(first - _BEFORE, 0)
    gap = text.find("\n\n", near, first)
    return gap if gap >= 0 else near


class _DocumentRenderer(PageRenderer):
    def place(self, tokens: Sequence[Token], idx: int, _: OptionsDict, __: EnvType) -> str:
        kind, number = escapeHtml(tokens[idx].info), escapeHtml(tokens[idx].content)
        return f'<div class="place" data-kind="{kind}" data-number="{number}"></div>\n'


@cache
def _parser() -> MarkdownIt:
    parser = build_parser(_DocumentRenderer)
    parser.core.ruler.after("block", "places", _make_places)
    parser.core.ruler.after("places", "passage", _mark_blocks)
    parser.core.ruler.at("inline", _parse_inline)
    parser.core.ruler.push("first", _name_first)
    parser.inline.ruler.before("text", "passage", _stop_at_boundary)
    parser.inline.ruler.at("text", _text_to_boundary)
    return parser


def _make_places(state: StateCore) -> None:
    """Turn the lines that say on which page what follows stands into places, and drop the anchors of headings."""
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "inline" and tokens[-2].type == "heading_open":
            token.content = EXPLICIT_ANCHOR.sub("", token.content)
        elif _is_place(tokens):
            kind, number = _PLACE.fullmatch(tokens[-2].content).groups()  # type: ignore[union-attr]  # it is a place
            tokens[-3:] = [Token("place", "div", 0, info=kind, content=number, block=True)]
    state.tokens = tokens


def _is_place(tokens: Sequence[Token]) -> bool:
    """Tell whether the last of `tokens` ends an outermost paragraph that is nothing but a place."""
    ends = tokens[-1].type == "paragraph_close" and tokens[-1].level == 0
    return ends and bool(_PLACE.fullmatch(tokens[-2].content))


def _mark_blocks(state: StateCore) -> None:
    """Mark what is quoted whole, and note for each text which part of it is quoted."""
    packed, spans = state.env["packed"], state.env["spans"]
    marked_level: int | None = None
    for token in state.tokens if spans else ():
        if marked_level is not None:
            marked_level = None if (token.level, token.nesting) == (marked_level, -1) else marked_level
        elif _is_quoted(token, packed, spans):
            token.attrs["class"] = "passage"
            marked_level = token.level if token.nesting == 1 else None
        elif token.type == "inline":
            token.meta["boundaries"] = _boundaries(token, packed, spans)


def _is_quoted(token: Token, packed: PackedText, spans: Sequence[Span]) -> bool:
    """Tell whether a block is marked as a whole: an item if all of it is quoted, a row or code if any of it is."""
    first, last = (packed.starts[line] for line in token.map or (0, 0))
    if token.type == "list_item_open":
        return any(start <= first < last <= end for start, end in spans)
    return token.type in ("tr_open", "fence", "code_block") and any(
        start < last and first < end for start, end in spans
    )


def _boundaries(token: Token, packed: PackedText, spans: Sequence[Span]) -> list[int]:
    """Return where in an inline token's text what is quoted begins and ends, by turns."""
    first, last = token.map or (0, 0)
    near = [span for span in spans if span[0] < packed.starts[last] and packed.starts[first] < span[1]]
    parts: list[Span] = []
    offset = 0
    for number, line in enumerate(token.content.split("\n") if near else (), first):
        for start, end in _parts(line, number, packed, near):
            if parts and not token.content[parts[-1][1] : offset + start].strip():
                parts[-1] = parts[-1][0], offset + end
            else:
                parts.append((offset + start, offset + end))
        offset += len(line) + 1
    return [position for part in parts for position in part]


def _parts(line: str, number: int, packed: PackedText, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the quoted parts of a line as the parser has it: less what stands before it, as a list's mark."""
    positions = [i for i, character in enumerate(line) if not character.isspace()]
    at = packed.lines[number].rfind(pack(line)) if number < len(packed.lines) else -1
    origin = packed.starts[number] + at if at >= 0 else len(packed.text)
    for start, end in spans:
        first, last = max(start - origin, 0), min(end - origin, len(positions))
        if first < last:
            yield positions[first], positions[last - 1] + 1


def _parse_inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            boundaries = list(token.meta.get("boundaries", ()))
            state.env["boundaries"], state.env["text"] = boundaries, token.content
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            token.children = list(_with_marks(token.children))


def _next_boundary(state: StateInline) -> int | None:
    """Return where the next mark begins or ends, None where there is none in this text."""
    boundaries = state.env["boundaries"]
    return boundaries[0] if boundaries and state.src == state.env["text"] else None


def _stop_at_boundary(state: StateInline, silent: bool) -> bool:
    """Leave an empty token where a mark begins or ends, or after it where that can't be parted (a link's address)."""
    while not silent and (boundary := _next_boundary(state)) is not None and boundary <= state.pos:
        state.push("boundary", "", 0)
        state.env["boundaries"].pop(0)
    return False


def _text_to_boundary(state: StateInline, silent: bool) -> bool:
    """Take plain text, as the parser's own rule does, but not beyond a boundary."""
    found = state.md.inline.terminator_re.search(state.src, state.pos)
    end = found.start() if found else state.posMax
    boundary = None if silent else _next_boundary(state)
    if boundary is not None and state.pos < boundary < end:
        end = boundary
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _with_marks(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens with marks around what is between boundaries; none reaches over another element's end."""
    is_quoted = is_open = False
    for token in tokens:
        is_quoted ^= token.type == "boundary"
        if is_open != (is_quoted and token.type in _SHOWN):
            yield Token("mark_close", "mark", -1) if is_open else Token("mark_open", "mark", 1, {"class": "passage"})
            is_open = not is_open
        if token.type != "boundary":
            yield token
    if is_open:
        yield Token("mark_close", "mark", -1)


def _name_first(state: StateCore) -> None:
    parts = (part for token in state.tokens for part in (token, *(token.children or ())))
    first = next((part for part in parts if part.attrs.get("class") == "passage"), None)
    if first:
        first.attrs["id"] = "passage"
    state.env["found"] = first is not None
