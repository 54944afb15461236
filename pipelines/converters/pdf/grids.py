"""Tables with ruling lines: pdfplumber finds the cells between the strokes, and here they get their words."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from pipelines.converters.pdf.lines import Line, fragments, whole_lines
from pipelines.converters.pdf.page import Corners, Drawing, Page, Word, holds, middle

_TOLERANCE = 3
"""Points between strokes that are meant as one: pdfplumber's own default."""
_MOST_EDGES = 600
"""After joining. A page has room for 300 rows; pdfplumber's time grows with the square of the crossings."""
_MOST_CROSSINGS = 3000
_SAME_EDGE = 5
"""Points by which a column's edge moves from one page to the next."""


CellWriter = Callable[[Sequence[Line]], str]


@dataclass(slots=True)
class Grid:
    """A table: its rows of cells, each cell's lines joined; `edges` are the left edges of its columns."""

    rows: list[list[str]]
    box: Corners
    edges: tuple[float, ...]
    page: int

    @property
    def text(self) -> str:
        """Return its first cell, which stands for it where a text is asked."""
        return self.rows[0][0]

    def goes_on_from(self, other: "Grid") -> bool:
        """Say whether it is on the page after `other`, and its columns stand where those of `other` stand."""
        same_width = self.page == other.page + 1 and len(self.edges) == len(other.edges)
        return same_width and all(
            abs(mine - its) <= _SAME_EDGE for mine, its in zip(self.edges, other.edges, strict=True)
        )

    def repeat_header(self, other: "Grid") -> None:
        """Begin with the header of `other`, unless the file repeats it itself."""
        if self.rows[0] != other.rows[0]:
            self.rows.insert(0, other.rows[0])


def take_grids(page: Page, written: CellWriter) -> tuple[list[Grid], list[Word]]:
    """Return the tables, and the words outside them; `written` makes a cell's lines into Markdown."""
    grids, rest = [], list(page.words)
    for cells in _tables(page.drawing):
        box = _around(cells)
        inside = [word for word in rest if holds(box, middle(word.box))]
        grid = _grid(cells, inside, page.number, written)
        if grid:
            grids.append(grid)
            taken = set(map(id, inside))
            rest = [word for word in rest if id(word) not in taken]
    return grids, rest


def _tables(drawing: Drawing) -> list[list[Corners]]:
    edges = merge_edges([_edge(stroke) for stroke in drawing.strokes], *[_TOLERANCE] * 4)
    if len(edges) > _MOST_EDGES:
        return []
    crossings = edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    tables: list[list[Corners]] = cells_to_tables(intersections_to_cells(crossings))
    return sorted(tables, key=lambda cells: _area(_around(cells)))


def _edge(stroke: Corners) -> dict[str, Any]:
    left, top, right, bottom = stroke
    level = right - left > bottom - top
    if level:
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {
        "orientation": "h" if level else "v",
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
        "object_type": "line",
    }


def _around(cells: Sequence[Corners]) -> Corners:
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _area(box: Corners) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _grid(cells: Sequence[Corners], inside: Sequence[Word], page: int, written: CellWriter) -> Grid | None:
    """Return the table; None where it has not two columns and two rows with text: a frame or a drawing."""
    columns = _starts([cell[0] for cell in cells])
    tops = _starts([cell[1] for cell in cells])
    rows = [[""] * len(columns) for _ in tops]
    for cell, words in _filled(cells, inside):
        text = written(whole_lines(fragments(words)))
        for row in _spanned(tops, cell[1], cell[3]):
            for column in _spanned(columns, cell[0], cell[2]):
                rows[row][column] = text
    rows = [row for row in rows if any(row)]
    used = [i for i in range(len(columns)) if any(row[i] for row in rows)]
    if len(rows) < 2 or len(used) < 2:  # noqa: PLR2004  # what is less is no table
        return None
    return Grid([[row[i] for i in used] for row in rows], _around(cells), tuple(columns[i] for i in used), page)


def _starts(edges: Sequence[float]) -> list[float]:
    """Return the distinct edges in order; such as lie within the tolerance count as one."""
    starts: list[float] = []
    for edge in sorted(edges):
        if not starts or edge - starts[-1] > _TOLERANCE:
            starts.append(edge)
    return starts


def _spanned(starts: Sequence[float], start: float, end: float) -> range:
    first = bisect_right(starts, start + _TOLERANCE) - 1
    return range(max(first, 0), max(bisect_right(starts, end - _TOLERANCE), first + 1))


def _filled(cells: Sequence[Corners], inside: Sequence[Word]) -> list[tuple[Corners, list[Word]]]:
    found: list[tuple[Corners, list[Word]]] = [(cell, []) for cell in sorted(cells)]
    by_left = [cell[0] for cell, _ in found]
    for word in inside:
        point = middle(word.box)
        for cell, words in reversed(found[: bisect_right(by_left, point[0])]):
            if holds(cell, point):
                words.append(word)
                break
    return found
