"""The parts of a sheet that empty rows and columns set apart: tables, captions, loose text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Position = tuple[int, int]
"""Row and column as seen, hidden ones not counted."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell shows, as inline Markdown.

    `is_data`: a number, date or truth value. `is_strong`: bold, or on a ground of its own. `anchor`: where its value
    stands; the cells of a merged range share one.
    """

    text: str
    is_data: bool
    is_strong: bool
    anchor: Position


Grid = Mapping[Position, SheetCell]


@dataclass(frozen=True, slots=True)
class Region:
    """Rows of cells, by their row's and their column's number; no row and no column of it is empty."""

    rows: Mapping[int, Mapping[int, SheetCell]]
    columns: tuple[int, ...]


def regions_of(grid: Grid) -> list[Region]:
    """Return the regions from top to bottom and left to right.

    Cut three times (at empty rows, at empty columns, at empty rows again), which is linear in the cells: what people
    lay out needs no more.
    """
    return [
        _region(part) for band in _bands(grid) for column_part in _column_parts(band) for part in _bands(column_part)
    ]


def _bands(grid: Grid) -> list[Grid]:
    return _cut(grid, axis=0)


def _column_parts(band: Grid) -> list[Grid]:
    """Return what empty columns part, but keep a column that is as long as its neighbour with it.

    Such an empty column is there to look at: a table of names beside a table of amounts would say nothing.
    """
    parts: list[Grid] = []
    for part in _cut(band, axis=1):
        if parts and _belong_together(parts[-1], part):
            parts[-1] = {**parts[-1], **part}
        else:
            parts.append(part)
    return parts


def _belong_together(left: Grid, right: Grid) -> bool:
    narrow = min(len({column for _, column in part}) for part in (left, right)) == 1
    return narrow and {row for row, _ in left} == {row for row, _ in right}


def _cut(grid: Grid, axis: int) -> list[Grid]:
    parts: list[dict[Position, SheetCell]] = []
    last = None
    for position in sorted(grid, key=lambda position: (position[axis], position)):
        if last is None or position[axis] > last + 1:
            parts.append({})
        parts[-1][position] = grid[position]
        last = position[axis]
    return list(parts)


def _region(grid: Grid) -> Region:
    rows: dict[int, dict[int, SheetCell]] = defaultdict(dict)
    for (row, column), cell in sorted(grid.items(), key=_position):
        rows[row][column] = cell
    return Region(dict(rows), _columns(grid))


def _position(item: tuple[Position, SheetCell]) -> Position:
    return item[0]


def _columns(positions: Iterable[Position]) -> tuple[int, ...]:
    return tuple(sorted({column for _, column in positions}))
