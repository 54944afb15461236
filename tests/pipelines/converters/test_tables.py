"""Tables of every format become pipe tables that a Markdown parser reads the same way."""

import pytest

from pipelines.converters.tables import Cell, markdown_table, spread_cells


def _spread(*rows: list[Cell]) -> list[list[str]]:
    return spread_cells(rows)


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_no_cells_are_no_table(rows: list[list[str]]) -> None:
    """Nothing is shown for nothing."""
    assert markdown_table(rows) == ""


def test_cells_stay_in_their_row() -> None:
    """Bars and breaks in a cell do not begin another one, and short rows are filled up."""
    assert markdown_table([["A|B", "C"], ["1\n2"]]) == "| A\\|B | C |\n| --- | --- |\n| 1 2 |  |"


def test_spans_are_repeated() -> None:
    """A row is understood without the one above it."""
    rows = _spread(
        [Cell("a", rows=3), Cell("b", columns=2)],
        [Cell("c"), Cell("d", rows=2)],
        [Cell("e")],
    )
    assert rows == [["a", "b", "b"], ["a", "c", "d"], ["a", "e", "d"]]


def test_a_cell_over_rows_and_columns() -> None:
    """It fills its whole rectangle."""
    assert _spread([Cell("a", 2, 2), Cell("b")], [Cell("c")]) == [["a", "a", "b"], ["a", "a", "c"]]


def test_short_rows_leave_a_gap() -> None:
    """What reaches down from above stays in its column."""
    assert _spread([Cell("a"), Cell("b"), Cell("c", rows=2)], [Cell("d")]) == [["a", "b", "c"], ["d", "", "c"]]


def test_spans_below_the_last_row_and_of_nothing() -> None:
    """A page may say what it likes."""
    assert _spread([Cell("a", rows=900, columns=0), Cell("b")]) == [["a", "b"]]


def test_huge_spans_do_not_fill_the_memory() -> None:
    """A small file cannot ask for millions of cells."""
    rows = spread_cells([[Cell("x", columns=10**6)] * 10] * 1000)
    assert sum(map(len, rows)) < 100_000
