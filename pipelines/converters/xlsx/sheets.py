"""The cells of a sheet that a reader sees."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.converters.inline import inline, link
from pipelines.converters.number_formats import shown
from pipelines.converters.xlsx.regions import Grid, Position, SheetCell
from pipelines.converters.xlsx.visibility import Visibility


class SheetReader:
    """Reads one sheet, and counts in `left_out` what in it nobody sees."""

    def __init__(self, sheet: Worksheet, locale: str, left_out: Counter[str]) -> None:
        """`locale`: the language in whose notation values are shown."""
        self._sheet = sheet
        self._locale = locale
        self._left_out = left_out
        self._visibility = Visibility(sheet)
        self._strong_styles: dict[int, bool] = {}
        self._hidden_rows = sorted(row for row, its in sheet.row_dimensions.items() if its.hidden or its.height == 0)
        self._hidden_columns = sorted(set(_hidden_columns(sheet)))

    def cells(self) -> Grid:
        """Return the visible cells that show something, with the value of a merged range in each cell of it."""
        # The library's own iteration makes a cell of each empty one, up to 17 billion.
        cells = self._sheet._cells.values()
        filled = [cell for cell in cells if isinstance(cell, Cell) and cell.value not in (None, "")]
        self._left_out["comments"] += sum(cell.comment is not None for cell in cells if isinstance(cell, Cell))
        self._left_out["hidden rows"] += len({cell.row for cell in filled} & set(self._hidden_rows))
        self._left_out["hidden columns"] += len({cell.column for cell in filled} & set(self._hidden_columns))
        grid = {(cell.row, cell.column): seen for cell in filled if (seen := self._seen(cell)) is not None}
        return self._visible(self._merged(grid))

    def header_rows(self) -> frozenset[int]:
        """Return the rows, as seen, that the sheet itself calls headers: of its tables and its filter."""
        references = [table.ref for table in self._sheet.tables.values() if table.headerRowCount != 0]
        tops = [range_boundaries(reference)[1] for reference in [*references, self._sheet.auto_filter.ref] if reference]
        return frozenset(_as_seen(top, self._hidden_rows) for top in tops if top)

    def _seen(self, cell: Cell) -> SheetCell | None:
        if reason := self._visibility.reason(cell):
            self._left_out[reason] += 1
            return None
        lines = "\n".join(inline(line) for line in self._text(cell).splitlines()).strip()
        text = link(lines, cell.hyperlink.target if cell.hyperlink else None)
        if not text:
            return None
        return SheetCell(text, cell.data_type in ("n", "d", "b"), self._is_strong(cell), (cell.row, cell.column))

    def _is_strong(self, cell: Cell) -> bool:
        style = cell.style_id
        if style not in self._strong_styles:
            self._strong_styles[style] = bool(cell.font.b) or cell.fill.fill_type is not None
        return self._strong_styles[style]

    def _text(self, cell: Cell) -> str:
        if isinstance(cell.value, CellRichText):
            return unescape("".join(self._runs(cell, cell.value)))
        return unescape(shown(cell.value, cell.number_format, self._locale))

    def _runs(self, cell: Cell, value: CellRichText) -> Iterator[str]:
        for run in value:
            reason = self._visibility.font_reason(run.font, cell) if isinstance(run, TextBlock) else None
            if reason:
                self._left_out[reason] += 1
            else:
                yield str(run)

    def _merged(self, grid: dict[Position, SheetCell]) -> dict[Position, SheetCell]:
        """Return the grid with merged ranges filled, no further than values reach."""
        last_row, last_column = (max(position[axis] for position in grid) if grid else 0 for axis in (0, 1))
        covered = {
            (row, column): grid[merged.min_row, merged.min_col]
            for merged in self._sheet.merged_cells.ranges
            if (merged.min_row, merged.min_col) in grid
            for row in range(merged.min_row, min(merged.max_row, last_row) + 1)
            for column in range(merged.min_col, min(merged.max_col, last_column) + 1)
        }
        return grid | covered

    def _visible(self, grid: dict[Position, SheetCell]) -> Grid:
        rows, columns = set(self._hidden_rows), set(self._hidden_columns)
        return {
            (_as_seen(row, self._hidden_rows), _as_seen(column, self._hidden_columns)): cell
            for (row, column), cell in grid.items()
            if row not in rows and column not in columns
        }


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for its in sheet.column_dimensions.values():
        if (its.hidden or its.width == 0) and its.min and its.max:
            yield from range(its.min, its.max + 1)


def _as_seen(number: int, hidden: list[int]) -> int:
    return number - bisect_left(hidden, number)
