"""Tables of HTML as pipe tables: header found, spans repeated, tables inside them flattened."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bs4 import Tag

from pipelines.converters.tables import Cell, markdown_table, spread_cells

_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")

Render = Callable[[Tag, set[str]], str]


def render_table(table: Tag, within: set[str], render: Render) -> str:
    """Return `table` as Markdown; `within` names the elements around it, `render` is for what is inside a cell.

    A table that only puts text into places (it has one cell, or one column with tables in it) is read as text, and
    one inside a cell in one line.
    """
    rows = list(_rows(table))
    if "_inline" in within:
        return f" {_flat(rows, within, render)} "
    if _is_layout(table, rows):
        return _apart(_blocks(cell, within, render) for row in rows for cell in _cells(row))
    cells = [[_cell(cell, within, render) for cell in _cells(row)] for row in rows]
    captions = [render(caption, within | {"_inline"}).strip() for caption in _children(table, ("caption",))]
    headers = _header_rows(rows)
    return _apart([*captions, _pipe_table(cells, headers)])


def _apart(blocks: Iterable[str]) -> str:
    text = "\n\n".join(filter(None, blocks))
    return f"\n\n{text}\n\n" if text else ""


def _pipe_table(cells: Sequence[Sequence[Cell]], headers: int) -> str:
    """Return the table; its first row, where it is one cell over all columns, is its caption."""
    grid = spread_cells(cells)
    width = max((len(row) for row in grid), default=0)
    if len(grid) > 1 and width > 1 and len(cells[0]) == 1 and cells[0][0].columns >= width and cells[0][0].rows == 1:
        below = _pipe_table(cells[1:], headers - 1)
        return _apart([cells[0][0].text, below]).strip("\n")
    top = [_joined(column) for column in zip(*_filled(grid[:headers], width), strict=True)] if headers > 1 else []
    rows = [top, *grid[headers:]] if top else grid
    return markdown_table([row for row in rows if any(row)])


def _filled(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _joined(texts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, texts)))


def _header_rows(rows: Sequence[Tag]) -> int:
    """Return how many rows at the top say what the columns are, as far as the page says so."""
    count = 0
    for row in rows:
        if not _is_header(row):
            break
        count += 1
    return count if count < len(rows) else 0


def _is_header(row: Tag) -> bool:
    cells = list(_cells(row))
    in_head = row.parent is not None and row.parent.name == "thead"
    return in_head or (bool(cells) and all(cell.name == "th" for cell in cells))


def _is_layout(table: Tag, rows: Sequence[Tag]) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    widest = max((sum(1 for _ in _cells(row)) for row in rows), default=0)
    return widest == 1 and (len(rows) == 1 or table.find("table") is not None)


def _blocks(cell: Tag, within: set[str], render: Render) -> str:
    cell.name = "div"
    return render(cell, within).strip("\n")


def _flat(rows: Sequence[Tag], within: set[str], render: Render) -> str:
    lines = [", ".join(filter(None, (render(cell, within).strip() for cell in _cells(row)))) for row in rows]
    return "; ".join(filter(None, lines))


def _cell(cell: Tag, within: set[str], render: Render) -> Cell:
    return Cell(render(cell, within | {"table"}).strip(), _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Tag, name: str) -> int:
    stated = str(cell.get(name, ""))
    return int(stated) if stated.isdecimal() and len(stated) < 5 else 1  # noqa: PLR2004 - the standard ends at 65,534


def _rows(table: Tag) -> Iterator[Tag]:
    for child in _children(table, ("tr", *_GROUPS)):
        yield from [child] if child.name == "tr" else _children(child, ("tr",))


def _cells(row: Tag) -> Iterator[Tag]:
    return _children(row, _CELLS)


def _children(element: Tag, names: Sequence[str]) -> Iterator[Tag]:
    return (child for child in element.children if isinstance(child, Tag) and child.name in names)
