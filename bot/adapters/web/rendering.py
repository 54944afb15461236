"""Texts as HTML that a browser may be given: Markdown in, the elements of one short list out.

Markdown is parsed without raw HTML, so that a tag in it is text; pictures are their description. What comes of it
passes a sanitizer that knows nothing of Markdown, so that a fault in one of the two is none in the page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.models import Citation

SCHEMES = frozenset({"http", "https", "mailto"})
"""Where a link in a document may lead; any other one is shown by its words."""

_DEEPEST = 20
"""Blocks within blocks; what is deeper stands there as text, where the parser itself would drop it."""
_NESTING = 24
"""What the parser may go down to, links within pictures included; its stack holds about 200."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that show nothing, or turn the order of others around, and so could hide or forge something.

A joiner of emoji (U+200D) and the mark that makes an emoji coloured (U+FE0F) are kept.
"""

_MARKER = re.compile(r"\[([1-9][0-9]{0,2})\]")
_QUOTE_MARK = re.compile(r"^[\s>]+")
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
"""A page has its own first two levels."""

_TAGS = frozenset(
    {"h3", "h4", "h5", "h6", "p", "blockquote", "ul", "ol", "li", "pre", "code", "hr", "br", "em", "strong", "del"}
    | {"table", "thead", "tbody", "tr", "th", "td", "a", "div", "mark", "button", "span"}
)
_QUOTED = frozenset({"mark", "li", "tr", "pre"})
_FOCUSABLE = {"tabindex": {"0"}, "role": {"group"}}
_ALIGNED = frozenset({"center", "right"})
_CLASSES = {
    "div": {"table", "place"},
    "button": {"marker"},
    "span": {"marker"},
    "th": set(_ALIGNED),
    "td": set(_ALIGNED),
    **{tag: {"passage"} for tag in _QUOTED},
}

_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style"},
    attributes={
        "a": {"href"},
        "ol": {"start"},
        "div": {"data-number", "aria-label"},
        "pre": {"aria-label"},
        "button": {"data-citation", "aria-label"},
    },
    tag_attribute_values={
        "div": {**_FOCUSABLE, "data-kind": {"page", "slide", "notes"}},
        "button": {"type": {"button"}},
        **{tag: {"id": {"passage"}} for tag in _QUOTED},
        "pre": {**_FOCUSABLE, "id": {"passage"}},
    },
    set_tag_attribute_values={"a": {"target": "_blank"}},
    allowed_classes=_CLASSES,
    link_rel="noopener noreferrer nofollow",
    url_schemes=set(SCHEMES),
    url_relative="deny",
    strip_comments=True,
)


@dataclass(frozen=True, slots=True)
class BlockNames:
    """What a table and code are called to who can't see them, in the language of the page.

    Both scroll by themselves where they are wider than the page, by keyboard too: so they can be gone to, and what
    can be gone to says what it is. They are groups, as a page has no room for that many landmarks.
    """

    table: str
    code: str


def text_html(markdown: str, names: BlockNames) -> str:
    """Return a text in which no marker leads anywhere yet, such as an answer on its way, as safe HTML.

    A marker looks as it will, so that nothing moves when the reply takes the place of the text.
    """
    return _html(markdown, None, names)


def reply_html(markdown: str, citations: Sequence[Citation], names: BlockNames) -> str:
    """Return a reply's text as safe HTML, without links: the words of a link are text.

    A marker `[n]` of one of the `citations` becomes a button with `data-citation`, named by what it leads to; inside
    quoted text and code it stays what the document says.
    """
    return _html(markdown, {citation.number: _name(citation) for citation in citations}, names)


def _html(markdown: str, sources: Mapping[int, str] | None, names: BlockNames) -> str:
    return sanitized(_reply_parser().render(visible(markdown), {"citations": sources, "names": names}))


def visible(text: str) -> str:
    """Return `text` with the line ends of one kind, without characters that nobody sees."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def sanitized(html: str) -> str:
    """Return HTML with the elements, attributes, classes and addresses that the page allows, and no other."""
    return _CLEANER.clean(html)


class PageRenderer(RendererHTML):
    """Writes the page's elements; each method is the rule for the tokens of its name."""

    def table_open(self, _: Sequence[Token], __: int, ___: OptionsDict, env: EnvType) -> str:
        """Return the beginning of a table, in what scrolls."""
        return f'<div class="table" {_focusable(env["names"].table)}><table>\n'

    def table_close(self, *_: Any) -> str:  # noqa: ANN401 - a rule of the library
        """Return the end of a table."""
        return "</table></div>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return what a picture shows, by its description."""
        return escapeHtml(self.renderInlineAsText(tokens[idx].children, options, env))

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return code as it stands, in what scrolls."""
        attributes = f"{self.renderAttrs(tokens[idx])} {_focusable(env['names'].code)}"
        return f"<pre{attributes}><code>{escapeHtml(tokens[idx].content)}</code></pre>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Return code as it stands, whatever language it is said to be in."""
        return self.code_block(tokens, idx, options, env)


def _focusable(name: str) -> str:
    return f'tabindex="0" role="group" aria-label="{escapeHtml(name)}"'


class _ReplyRenderer(PageRenderer):
    def link_open(self, *_: Any) -> str:  # noqa: ANN401 - a rule of the library
        return ""

    link_close = link_open

    def marker(self, tokens: Sequence[Token], idx: int, _: OptionsDict, __: EnvType) -> str:
        number = tokens[idx].content
        if "name" not in tokens[idx].meta:
            return f'<span class="marker">[{number}]</span>'
        label = f'aria-label="[{number}] {escapeHtml(tokens[idx].meta["name"])}"'
        return f'<button type="button" class="marker" data-citation="{number}" {label}>[{number}]</button>'


def build_parser(renderer: type[PageRenderer]) -> MarkdownIt:
    """Return a new parser that makes the page's elements; a tag in the Markdown is text to it."""
    options = {"html": False, "maxNesting": _NESTING}
    parser = MarkdownIt("commonmark", options, renderer_cls=renderer).enable(["strikethrough", "table"])
    parser.block.ruler.before("table", "deep", _deep)
    parser.core.ruler.after("block", "cells", _keep_cells)
    parser.core.ruler.push("page", _for_page)
    return parser


@cache
def _reply_parser() -> MarkdownIt:
    # A quoted `[1]: …` gives no other meaning to the marker [1].
    parser = build_parser(_ReplyRenderer).disable("reference")
    parser.core.ruler.before("text_join", "markers", _mark_citations)
    return parser


def _name(citation: Citation) -> str:
    return " › ".join(part for part in (visible(citation.title), visible(citation.section)) if part)


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the rest of a block that is nested too deeply as one paragraph."""
    if silent or state.level < _DEEPEST:
        return False
    for type_, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
        token = state.push(type_, "" if type_ == "inline" else "p", nesting)  # type: ignore[arg-type]  # -1, 0 or 1
        token.map = [start, end]
        if type_ == "inline":
            token.content = state.getLines(start, end, state.blkIndent, False).strip()
            token.children = []
    state.line = end
    return True


def _keep_cells(state: StateCore) -> None:
    """Add to a row's last cell what the row has beyond the columns of its table, which the parser leaves out."""
    lines = state.src.split("\n")
    cells: list[Token] = []
    for token in state.tokens:
        if token.type == "tr_open":
            row = _QUOTE_MARK.sub("", lines[(token.map or [0])[0]])
            cells = []
        elif token.type == "inline":
            cells.append(token)
        elif token.type == "tr_close":
            beyond = [cell.strip() for cell in escapedSplit(row.removeprefix("|"))[len(cells) :]]
            cells[-1].content = " | ".join(filter(None, [cells[-1].content, *beyond]))


def _for_page(state: StateCore) -> None:
    """Give each token the element and class that the page has for it."""
    for token in state.tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.tag in ("td", "th"):
            align = str(token.attrs.pop("style", "")).rpartition(":")[2]
            token.attrs.update({"class": align} if align in _ALIGNED else {})
        _inline_for_page(token.children or [])


def _inline_for_page(tokens: list[Token]) -> None:
    leads_on = False
    for token in tokens:
        token.tag = "del" if token.tag == "s" else token.tag
        if token.type == "link_open":
            address = str(token.attrs["href"])
            token.attrs = {"href": address}
            leads_on = _may_be_followed(address)
        if token.type in ("link_open", "link_close"):
            token.hidden = not leads_on


def _may_be_followed(address: str) -> bool:
    try:
        return urlsplit(address).scheme in SCHEMES
    except ValueError:  # not an address at all
        return False


def _mark_citations(state: StateCore) -> None:
    names: Mapping[int, str] | None = state.env["citations"]
    quoted = 0
    for token in state.tokens:
        quoted += token.nesting if token.type in ("blockquote_open", "blockquote_close") else 0
        if token.children and not quoted:
            token.children = [piece for child in token.children for piece in _marked(child, names)]


def _marked(token: Token, names: Mapping[int, str] | None) -> list[Token]:
    """Return a token of text cut at the markers that are citations; None: any may be."""
    if token.type != "text":
        return [token]
    pieces: list[Token] = []
    start = 0
    for found in _MARKER.finditer(token.content):
        number = int(found[1])
        if names is None or number in names:
            pieces.append(_text(token.content[start : found.start()], token.level))
            pieces.append(Token("marker", "button", 0, content=found[1], meta={"name": names[number]} if names else {}))
            start = found.end()
    return [*pieces, _text(token.content[start:], token.level)] if pieces else [token]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
