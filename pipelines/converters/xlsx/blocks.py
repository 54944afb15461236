"""A sheet's regions as Markdown: captions, tables with one header, lists and paragraphs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.converters.headers import Value, names_columns
from pipelines.converters.inline import paragraph
from pipelines.converters.tables import markdown_table
from pipelines.converters.xlsx.regions import Region, SheetCell
from pipelines.errors import UnreadableContent

Row = Mapping[int, SheetCell]

_MOST_CELLS = 2_500_000  # a cell takes at least two characters, and a document may have 5 million
_DEEPEST_HEADER = 5  # rows; more than that nobody heads a table with
_SHORTEST_LIST = 3  # items; two lines, such as a title and a date, are no list
_LONGEST_ITEM = 120  # characters; longer ones are sentences


@dataclass(slots=True)
class _Table:
    columns: tuple[int, ...]
    header: list[str]
    is_strong: bool
    rows: list[Row] = field(default_factory=list)

    def markdown(self) -> str:
        if len(self.columns) * len(self.rows) > _MOST_CELLS:
            reason = f"it holds a table of {len(self.rows):,} rows and {len(self.columns):,} columns"
            raise UnreadableContent(reason, "Data of this size answers no question: save a summary, or exclude it.")
        rows = [[row[column].text if column in row else "" for column in self.columns] for row in self.rows]
        return markdown_table([self.header, *rows])


def markdown_blocks(regions: Sequence[Region], header_rows: frozenset[int]) -> list[str]:
    """Return the blocks of a sheet in order; `header_rows`: those that the sheet itself calls headers.

    A region without a header below a table of the same columns continues it. Raises `UnreadableContent`: a table
    is larger than anybody reads.
    """
    blocks: list[str | _Table] = []
    last: _Table | None = None
    for region in regions:
        captions, rows = _captions(region, header_rows)
        blocks += [_paragraph(row.values()) for row in captions]
        if _is_text(rows):
            blocks += _texts(list(rows.values()))
            last = last if last and set(region.columns).isdisjoint(last.columns) else None
        elif last and not captions and _continues(last, rows, header_rows):
            last.rows += rows.values()
        else:
            last = _table(rows, header_rows)
            blocks.append(last)
    return [block.markdown() if isinstance(block, _Table) else block for block in blocks]


def _captions(region: Region, header_rows: frozenset[int]) -> tuple[list[Row], Mapping[int, Row]]:
    """Return the rows above a table, which hold one value or stand above what the sheet calls its header."""
    numbers = list(region.rows)
    stated = next((i for i, number in enumerate(numbers) if number in header_rows), None)
    wide = next((i for i, number in enumerate(numbers) if not _is_lone(region.rows[number])), 0)
    start = wide if stated is None else stated
    captions = [region.rows[number] for number in numbers[:start]]
    return captions, {number: region.rows[number] for number in numbers[start:]}


def _is_lone(row: Row) -> bool:
    return len({cell.anchor for cell in row.values()}) == 1


def _paragraph(cells: Iterable[SheetCell]) -> str:
    return paragraph(" ".join({cell.anchor: cell.text for cell in cells}.values()))


def _is_text(rows: Mapping[int, Row]) -> bool:
    """Return whether each row holds one value, and the first of them is no header of the others."""
    cells = [next(iter(row.values())) for row in rows.values()]
    if not all(_is_lone(row) for row in rows.values()):
        return False
    return len(cells) == 1 or not _heads_column(cells[0], cells[1:])


def _heads_column(first: SheetCell, others: Sequence[SheetCell]) -> bool:
    stands_out = first.is_strong and not any(cell.is_strong for cell in others)
    return (stands_out and len(others) > 1) or (not first.is_data and all(cell.is_data for cell in others))


def _texts(rows: Sequence[Row]) -> list[str]:
    texts = [next(iter(row.values())).text for row in rows]
    if len(texts) >= _SHORTEST_LIST and all(len(text) <= _LONGEST_ITEM for text in texts):
        return ["\n".join("- " + paragraph(" ".join(text.lstrip("-•* ").split())) for text in texts)]
    return [paragraph(text) for text in texts]


def _continues(table: _Table, rows: Mapping[int, Row], header_rows: frozenset[int]) -> bool:
    number, first = next(iter(rows.items()))
    if number in header_rows or not _columns(rows.values()) <= set(table.columns):
        return False
    return not _is_header(first, rows.values()) or (table.is_strong and not _is_strong(first))


def _columns(rows: Iterable[Row]) -> set[int]:
    return {column for row in rows for column in row}


def _is_strong(row: Row) -> bool:
    return all(cell.is_strong for cell in row.values())


def _table(rows: Mapping[int, Row], header_rows: frozenset[int]) -> _Table:
    ordered = list(rows.values())
    columns = tuple(sorted(_columns(ordered)))
    if next(iter(rows)) not in header_rows and not _is_header(ordered[0], ordered):
        return _Table(columns, [""] * len(columns), False, ordered)
    depth = _depth(ordered, columns)
    header = [_name(ordered[:depth], column) for column in columns]
    return _Table(columns, header, _is_strong(ordered[0]), ordered[depth:])


def _is_header(first: Row, rows: Iterable[Row]) -> bool:
    """Return whether the first of the rows stands out from the others, or reads as the names of columns."""
    if _is_strong(first) and not all(_is_strong(row) for row in rows):
        return True
    cells = [first[column] for column in sorted(first)]
    names_row = cells[0].is_strong and not any(cell.is_strong for cell in cells[1:])
    if names_row or cells[0].text.endswith(":"):
        return False
    return names_columns([Value(cell.text, cell.is_data) for cell in cells])


def _depth(rows: Sequence[Row], columns: Sequence[int]) -> int:
    """Return the number of header rows: merged cells and group heads have their columns' names below them."""
    if _has_loose_group_heads(rows, columns):
        return 2
    depth = 1
    while depth < min(len(rows), _DEEPEST_HEADER) and _goes_on(rows[depth - 1], rows[depth]):
        depth += 1
    return depth


def _goes_on(row: Row, below: Row) -> bool:
    anchors = [cell.anchor for cell in row.values()]
    if set(anchors) & {cell.anchor for cell in below.values()}:
        return True
    is_grouped = len(set(anchors)) < len(anchors)
    return is_grouped and not any(cell.is_data for cell in below.values())


def _has_loose_group_heads(rows: Sequence[Row], columns: Sequence[int]) -> bool:
    """Return whether the first row names groups without merged cells: gaps in it, all named below, above figures."""
    if len(rows) <= 2 or any(cell.is_data for cell in rows[1].values()):  # noqa: PLR2004 - two header rows, and one below
        return False
    gaps = [column for column in columns[1:] if column not in rows[0]]
    has_figures = any(cell.is_data for cell in rows[2].values())
    return bool(gaps) and has_figures and all(column in rows[1] for column in columns[1:])


def _name(header: Sequence[Row], column: int) -> str:
    """Return a column's name under those of its groups, such as Q1 under 2025."""
    cells = [row.get(column) or _to_the_left(row, column, header[-1]) for row in header]
    return " \N{EN DASH} ".join(dict.fromkeys(cell.text for cell in cells if cell))


def _to_the_left(row: Row, column: int, names: Row) -> SheetCell | None:
    """Return the group's head for a column in a gap of the row of heads."""
    if row is names or column not in names:
        return None
    return row.get(max((head for head in row if head < column), default=column))
