"""Elements of HTML as Markdown, whichever format they come from.

markdownify walks the elements; here is what it does not do: text can forge no markup, no heading and no marker
of a page, tables keep their shape, and what stands in a cell or heading stays in one line.
"""

import re
from urllib.parse import quote, urlsplit

from bs4 import Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from pipelines.converters.html.tables import render_table

_ANCHOR = re.compile(r"[^}\s]+")
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\ufdd0\x00-\x08\x0e-\x1f]")
"""Soft hyphens and the like, no part of a word; and our own mark."""

_UNBROKEN = {0xA0: " ", 0x202F: " ", 0x2011: "-"}
"""Spaces and hyphens that only keep a line from being broken: searched for, they are like any other."""

_MARKUP = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]|$)   # would make markup of what follows, or of what is put behind it
    | [*`]
    | (?<![^\W_])_ | _(?![^\W_])  # an underscore inside a word is no emphasis
    | <(?=[a-zA-Z/!?]|$)          # a tag, also one that goes on in the next run of text
    | &(?=\#?\w+;)
    | (?<=\])\(
    | (?<=\{)\#                   # an anchor at the end of a heading""",
    re.VERBOSE,
)
_MARK = "\ufdd0"
"""A character that no text holds (Unicode keeps it for internal use): before what is markup at the start of a line."""

_AT_START = re.compile(r"(?=#{1,6}(?:\s|$)|[>|]|[-=]{2}|=\s*$|-\s*(?:$|\|)|:\s*-|~{3}|\[[^\]]*\]:)")
_MARK_AT_START = re.compile(rf"^([ \t]*(?:(?:[-+*>]|\d+\.)[ \t]+)*){_MARK}", re.MULTILINE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_FENCE = re.compile(r"`{3,}")
_TICKS = re.compile(r"`+")
_LONGEST_NUMBER = 9  # digits: a longer one begins no list (CommonMark)
_ADDRESS = ":/?#@!$&*+,;=%~"
_SCHEMES = ("http", "https", "mailto", "tel", "ftp", "")


def render(content: Tag) -> str:
    """Return `content` as Markdown: lists nested, tables as pipe tables, headings with their ids as anchors."""
    return _MARK_AT_START.sub(r"\1\\", str(_Renderer().process_tag(content, set()))).replace(_MARK, "").strip("\n")


class _Renderer(MarkdownConverter):
    def __init__(self) -> None:
        super().__init__(heading_style="ATX", bullets="-", newline_style="BACKSLASH")
        self._numbers: dict[int, int] = {}

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        """Render a table as a whole, since its cells depend on each other; everything else from within."""
        within = parent_tags or set()
        if node.name == "table":
            return render_table(node, within, self.process_tag)
        return str(super().process_tag(node, within))  # type: ignore[misc]  # its types lack it

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """Take line breaks in the source for the spaces that they are."""
        if "pre" not in (parent_tags or ()):
            clean = NavigableString(_SPACE.sub(" ", _INVISIBLE.sub("", el.translate(_UNBROKEN))))
            clean.parent, clean.previous_sibling, clean.next_sibling = el.parent, el.previous_sibling, el.next_sibling
            el = clean
        return str(super().process_text(el, parent_tags or set()))  # type: ignore[misc]  # its types lack it

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape what would be read as markup: here it is text."""
        escaped = _MARKUP.sub(lambda found: "\\" + found[0], text)
        words = escaped.lstrip()
        return escaped[: -len(words)] + _MARK + words if words and _AT_START.match(words) else escaped

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Add `{#id}` to a heading that has an id."""
        anchor = f" {{#{el['id']}}}" if _ANCHOR.fullmatch(str(el.get("id", ""))) and text.strip() else ""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        heading = _one_line(text) + anchor
        return f"\n\n{'#' * min(max(n, 1), 6)} {heading}\n\n" if heading else ""

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Put a paragraph in lines of its own; one that begins a list item stands behind its bullet."""
        begins_item = el.parent is not None and el.parent.name == "li" and el.find_previous_sibling() is None
        if not begins_item or "_inline" in parent_tags:
            return str(super().convert_p(el, text, parent_tags))  # type: ignore[misc]  # its types lack it
        return f"{text.strip()}\n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep an address that a reader can follow; what it looks like is the text's affair."""
        href = str(el.get("href", "")).strip()
        if "_noformat" in parent_tags or "\n" in text.strip() or not text.strip() or not _can_be_followed(href):
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        address = quote(href, safe=_ADDRESS)
        is_bare = text.strip().replace("\\", "") == address and ":" in address
        return f"{before}<{address}>{after}" if is_bare else f"{before}[{text.strip()}]({address}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Name a picture by what it is said to show; one that nobody described is left out."""
        alt = self.escape(_one_line(str(el.get("alt", ""))), parent_tags)
        source = str(el.get("src", "")).strip()
        if "_inline" in parent_tags or not alt or not source or not _can_be_followed(source):
            return alt
        return f"![{alt}]({quote(source, safe=_ADDRESS)})"

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep what is written for those who can't play it."""
        return text

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Show whether a box is ticked."""
        if el.get("type") != "checkbox":
            return ""
        return "☑" if el.has_attr("checked") else "☐"

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Emphasize what is in one block; headings are emphasis enough."""
        return _wrapped("**", text, parent_tags, ("b", "strong"))

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Emphasize what is in one block."""
        return _wrapped("*", text, parent_tags, ("i", "em"))

    convert_i = convert_em

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Strike through what is in one block."""
        return _wrapped("~~", text, parent_tags, ("s", "del"))

    convert_s = convert_del

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Show code as it is, in one line; nothing in it can end it."""
        if "_noformat" in parent_tags:
            return text
        return _code(text)

    convert_kbd = convert_samp = convert_code

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Fence code with more ticks than it holds."""
        code = text.strip("\n")
        if "_inline" in parent_tags:
            return _code(code)
        fence = "`" * max([3, *(len(ticks) + 1 for ticks in _FENCE.findall(code))])
        return f"\n\n{fence}\n{code}\n{fence}\n\n" if code.strip() else ""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Put an item behind its bullet or number; in a cell, items follow each other in one line."""
        item = text.strip()
        if "_inline" in parent_tags:
            return f"{item}{' ' if item.endswith(('.', ';', ',', '!', '?')) else '; '}" if item else ""
        bullet = f"{self._number(el)}. " if el.parent is not None and el.parent.name == "ol" else "- "
        indented = f"\n{' ' * len(bullet)}".join(item.split("\n"))
        return f"{bullet}{re.sub(r'[ ]+$', '', indented, flags=re.MULTILINE)}\n" if item else "\n"

    def _number(self, item: Tag) -> int:
        """Return an item's number, counted on from the one before it, unless it or its list states one."""
        before = item.find_previous_sibling("li")
        stated = str(item.get("value", "" if before or item.parent is None else item.parent.get("start", "")))
        is_stated = stated.isdecimal() and len(stated) <= _LONGEST_NUMBER
        self._numbers[id(item)] = int(stated) if is_stated else self._numbers.get(id(before), 0) + 1
        return self._numbers[id(item)]

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Put a list in lines of its own; in a cell, behind what is before it."""
        if "_inline" in parent_tags:
            return f" {text.strip().removesuffix(';')} "
        return f"\n{text.rstrip()}" if "li" in parent_tags else f"\n\n{text}\n"

    convert_ul = convert_ol = convert_list

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Set a term off from what explains it."""
        term = _wrapped("**", _one_line(text), parent_tags, ("b", "strong"))
        return f" {term}: " if "_inline" in parent_tags else f"\n\n{term}\n\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Put an explanation into a paragraph: Markdown has no lists of definitions."""
        return f" {text.strip()} " if "_inline" in parent_tags else f"\n\n{text.strip()}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return what is in a cell; the table puts it in its place, and outside of one it is text."""
        return f" {_one_line(text)} "

    convert_th = convert_caption = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Put a row that is in no table into a paragraph."""
        return f"\n\n{text.strip()}\n\n"


def _one_line(text: str) -> str:
    return " ".join(_SPACE.sub(" ", text).split(" ")).strip()


def _code(text: str) -> str:
    code = _one_line(text)
    if not code:
        return ""
    ticks = "`" * max((len(run) + 1 for run in _TICKS.findall(code)), default=1)
    return f"{ticks} {code} {ticks}" if len(ticks) > 1 else f"`{code}`"


def _wrapped(mark: str, text: str, within: set[str], same: tuple[str, str]) -> str:
    words = text.strip()
    is_heading = any(f"h{level}" in within for level in range(1, 7))
    if not words or "\n" in words or "_noformat" in within or is_heading or not within.isdisjoint(same):
        return text
    start = text.index(words)
    return f"{text[:start] and ' '}{mark}{words}{mark}{text[start + len(words) :] and ' '}"


def _can_be_followed(address: str) -> bool:
    try:
        return bool(address) and urlsplit(address).scheme in _SCHEMES
    except ValueError:  # not an address at all
        return False
