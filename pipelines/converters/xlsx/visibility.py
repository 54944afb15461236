"""Which cells a reader of the sheet can't see, and what the reason is called."""

import re
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.converters.looks import HIDDEN, TINY, WHITE, is_white
from pipelines.converters.number_formats import hides

_SMALLEST = 1  # points; a spreadsheet takes no less
_WHITE_INDEXES = (1, 9)  # ECMA-376 part 1, 18.8.27
_GROUND = re.compile(rb'<a:lt1>\s*<a:(?:sysClr val="window"|srgbClr val="FFFFFF")', re.IGNORECASE)
_MOST_RANGES = 100  # to look for each white cell in; with more of them nothing is certain

_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576

Box = tuple[int, int, int, int]


class Visibility:
    """Tells what the text of a cell is hidden by; where a rule may colour its ground, by nothing."""

    def __init__(self, sheet: Worksheet) -> None:
        """Look up the ranges that a table's style or a conditional format may colour."""
        workbook: Any = sheet.parent
        self._first_theme_colour_is_white = _is_ground_white(workbook)
        self._shown_styles: set[int] = set()
        coloured = [*(str(table.ref) for table in sheet.tables.values()), *_conditional_ranges(sheet)]
        self._may_be_coloured = _RangeSet(coloured)

    def reason(self, cell: Cell) -> str | None:
        """Return by what the whole cell is hidden, None where it is shown."""
        style = cell.style_id  # cells share few styles, and looking into one is slow
        if style not in self._shown_styles:
            reason = HIDDEN if hides(cell.number_format) else self.font_reason(cell.font, cell)
            if reason:
                return reason
            if not self._is_white(cell.font.color):
                self._shown_styles.add(style)
        return None

    def font_reason(self, font: Any, cell: Cell) -> str | None:  # noqa: ANN401 - a cell's font, or a run's, which share no class
        """Return by what text of this font in the cell is hidden, None where it is shown."""
        if (getattr(font, "sz", None) or _SMALLEST + 1) <= _SMALLEST:
            return TINY
        if self._is_white(getattr(font, "color", None)) and self._is_ground_white(cell):
            return WHITE
        return None

    def _is_white(self, colour: Any) -> bool:  # noqa: ANN401 - its types name each kind's value apart
        if colour is None or colour.tint:
            return False
        if colour.type == "theme":
            return colour.theme == 0 and self._first_theme_colour_is_white
        return is_white(str(colour.value)[-6:]) if colour.type == "rgb" else colour.value in _WHITE_INDEXES

    def _is_ground_white(self, cell: Cell) -> bool:
        fill = cell.fill
        if fill.fill_type not in (None, "solid"):
            return False
        return (fill.fill_type is None or self._is_white(fill.fgColor)) and not self._may_be_coloured.holds(cell)


class _RangeSet:
    def __init__(self, references: list[str]) -> None:
        self._boxes = [_box(reference) for reference in islice(references, _MOST_RANGES)]
        self._everything = len(references) > _MOST_RANGES

    def holds(self, cell: Cell) -> bool:
        return self._everything or any(
            left <= cell.column <= right and top <= cell.row <= bottom for left, top, right, bottom in self._boxes
        )


def _is_ground_white(workbook: Workbook) -> bool:
    theme = workbook.loaded_theme
    return not theme or bool(_GROUND.search(theme))


def _conditional_ranges(sheet: Worksheet) -> list[str]:
    return [reference for rule in sheet.conditional_formatting for reference in str(rule.sqref).split()]


def _box(reference: str) -> Box:
    left, top, right, bottom = range_boundaries(reference)
    return left or 1, top or 1, right or _LAST_COLUMN, bottom or _LAST_ROW
