"""Blocks as Markdown, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.converters.pdf.blocks import Block, marker
from pipelines.converters.pdf.grids import Grid
from pipelines.converters.pdf.inline import Writer, escaped_start
from pipelines.converters.tables import markdown_table
from pipelines.markdown import place_marker

_INDENT = 4
"""Points by which a list within a list is set in at least."""
_DEEPEST_LIST = 5


@dataclass(slots=True)
class _Lists:
    """The lists that are open: how far each is set in on the page, and how far its items' text in Markdown."""

    lefts: list[float] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)

    def enter(self, left: float, width: int) -> int:
        """Return the indent of an item that stands at `left`, whose marker is `width` characters wide."""
        while self.lefts and self.lefts[-1] > left + _INDENT:
            self._leave()
        if self.lefts and left <= self.lefts[-1] + _INDENT:
            self._leave()
        indent = sum(self.widths)
        if len(self.lefts) < _DEEPEST_LIST:
            self.lefts.append(left)
            self.widths.append(width)
        return indent

    def _leave(self) -> None:
        self.lefts.pop()
        self.widths.pop()


def write_pages(blocks: Sequence[Block | Grid], pages: int, writer: Writer) -> str:
    """Return the Markdown of all pages, each under its marker; a block stands on the page where it begins."""
    by_page: dict[int, list[Block | Grid]] = {number: [] for number in range(1, pages + 1)}
    for block in blocks:
        by_page[block.page].append(block)
    lists = _Lists()
    parts = []
    for number, its in by_page.items():
        parts += [place_marker("page", number), *_written(its, writer, lists)]
    return "\n\n".join(parts) + "\n"


def _written(blocks: Sequence[Block | Grid], writer: Writer, lists: _Lists) -> Iterator[str]:
    """Yield the blocks of one page; the items of a list together."""
    items: list[str] = []
    lists.lefts, lists.widths = [], []
    for block in blocks:
        if isinstance(block, Block) and block.kind == "item":
            items.append(_item(block, writer, lists))
            continue
        if items:
            yield "\n".join(items)
        items, lists.lefts, lists.widths = [], [], []
        yield markdown_table(block.rows) if isinstance(block, Grid) else _paragraph(block, writer)
    if items:
        yield "\n".join(items)


def _paragraph(block: Block, writer: Writer) -> str:
    text = writer.markdown(block.lines)
    if block.kind == "heading":
        return f"{'#' * block.level} {text}"
    return escaped_start(text)


def _item(block: Block, writer: Writer, lists: _Lists) -> str:
    written = writer.markdown(block.lines)
    found = marker(written.removeprefix("\\"))
    text = written.removeprefix("\\")[found.end() :] if found else written
    number = found[3] if found else None
    mark = f"{number}." if number and number.isdigit() else "-"
    if found and number and mark == "-":
        text = f"{number}{found[4]} {text}"
    indent = lists.enter(block.left, len(mark) + 1)
    return f"{' ' * indent}{mark} {escaped_start(text)}"
