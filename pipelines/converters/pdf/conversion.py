"""From the file to Markdown, step by step."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pypdfium2

from pipelines.converters import ConvertedText
from pipelines.converters.pdf.annotations import comment_count, set_links
from pipelines.converters.pdf.blocks import Block, group_lines, join_over_breaks
from pipelines.converters.pdf.characters import read_glyphs, upright_turns, words
from pipelines.converters.pdf.columns import in_columns
from pipelines.converters.pdf.document import open_document, outline, stated_title
from pipelines.converters.pdf.drawing import read_drawing
from pipelines.converters.pdf.furniture import without_furniture
from pipelines.converters.pdf.grids import Grid, take_grids
from pipelines.converters.pdf.headings import body_style, mark_headings
from pipelines.converters.pdf.inline import Writer, hyphenated_words
from pipelines.converters.pdf.lines import Line, fragments, whole_lines
from pipelines.converters.pdf.page import Drawing, Frame, Page
from pipelines.converters.pdf.visibility import leave_out_unseen
from pipelines.converters.pdf.writing import write_pages
from pipelines.errors import UnreadableContent

_MOST_UNMAPPED = 0.5
"""Of all characters: with half of them unknown no sentence can be read."""


def convert_pdf(data: bytes) -> ConvertedText:
    """Return the visible text as Markdown, each page under its marker.

    Raises `UnreadableContent`: a password is needed, the file is damaged or cut off, has no or too many pages,
    is a scan without text, or its fonts don't say which letters they show.
    """
    with open_document(data) as document:
        left_out: Counter[str] = Counter()
        pages = [_read_page(document[i], i + 1, left_out) for i in range(len(document))]
        _check_text(pages, left_out)
        markdown = _markdown(pages, document)
        return ConvertedText(markdown, stated_title(document), dict(+left_out))


def _read_page(source: pypdfium2.PdfPage, number: int, left_out: Counter[str]) -> Page:
    textpage = source.get_textpage()
    try:
        glyphs = read_glyphs(textpage)
        turns = upright_turns(glyphs)
        left, bottom, right, top = source.get_bbox()
        frame = Frame(left, bottom, right, top, source.get_rotation() // 90 if turns is None else turns)
        page = Page(number, frame, words(glyphs, frame), read_drawing(source, frame))
        page.unmapped = sum(glyph is not None and not glyph.text for glyph in glyphs)
        left_out["comments"] += comment_count(source)
        left_out["pages without text"] += not any(glyphs) and bool(page.drawing.images)
        leave_out_unseen(page, source, left_out)
        set_links(source, frame, page.words)
        return page
    finally:
        textpage.close()
        source.close()


def _check_text(pages: Sequence[Page], left_out: Counter[str]) -> None:
    letters = sum(len(word.text) for page in pages for word in page.words)
    unmapped = sum(page.unmapped for page in pages) + sum(
        "\ue000" <= letter <= "\uf8ff" for page in pages for word in page.words for letter in word.text
    )
    if unmapped > _MOST_UNMAPPED * (letters + unmapped):
        raise UnreadableContent(
            "its fonts don't say which letters they show",
            "Export it again with another program, or run text recognition (such as ocrmypdf --force-ocr) on it.",
        )
    if not letters:
        scan = "it is a scan: " if left_out["pages without text"] else ""
        raise UnreadableContent(
            f"{scan}none of its {len(pages)} pages holds text",
            "Run text recognition (such as ocrmypdf) on it, or exclude it.",
        )


def _markdown(pages: Sequence[Page], document: pypdfium2.PdfDocument) -> str:
    every_word = [word for page in pages for word in page.words]
    body = body_style(every_word)
    writer = Writer(hyphenated_words(every_word))
    columns = _columns(pages, writer, body[0])
    _repeat_headers(columns)
    mark_headings(
        [block for column in columns for block in column if isinstance(block, Block)], body, outline(document)
    )
    return write_pages(join_over_breaks(columns, body[0]), len(pages), writer)


def _columns(pages: Sequence[Page], writer: Writer, body: float) -> list[list[Block | Grid]]:
    """Return the blocks of each column in turn, without what repeats on every page."""
    grids, pieces = _pieces(pages, writer)
    bodies = without_furniture(list(zip(pages, pieces, strict=True)), body)
    columns = []
    for page, its_grids, its_pieces in zip(pages, grids, bodies, strict=True):
        placed: list[Line | Grid] = [*its_pieces, *its_grids]
        columns += [group_lines(_in_order(column), page.number) for column in in_columns(placed)]
    return columns


def _pieces(pages: Sequence[Page], writer: Writer) -> tuple[list[list[Grid]], list[list[Line]]]:
    """Return each page's tables, and what is outside them as pieces of lines."""
    grids, pieces = [], []
    for page in pages:
        its_grids, rest = take_grids(page, writer.markdown)
        grids.append(its_grids)
        pieces.append(fragments(rest))
        page.words, page.drawing = [], Drawing()
    return grids, pieces


def _in_order(column: Sequence[Line | Grid]) -> list[Line | Grid]:
    grids: list[Line | Grid] = [item for item in column if isinstance(item, Grid)]
    lines: list[Line | Grid] = list(whole_lines([item for item in column if isinstance(item, Line)]))
    return sorted(lines + grids, key=lambda item: item.box[1])


def _repeat_headers(columns: Sequence[Sequence[Block | Grid]]) -> None:
    """Give a table that goes on over a page's end its header again: each page then says where its rows stand."""
    for before, after in pairwise(column for column in columns if column):
        last, first = before[-1], after[0]
        if isinstance(last, Grid) and isinstance(first, Grid) and first.goes_on_from(last):
            first.repeat_header(last)
