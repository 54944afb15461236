"""Workbooks, from what their cells hold."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import xlsxwriter  # type: ignore[import-untyped]  # it carries no types
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

BOLD = Font(bold=True)
WHITE = Font(color="FFFFFFFF")
TINY = Font(size=1)
BLUE_GROUND = PatternFill("solid", fgColor="FF0000FF")


def workbook(*fill: Callable[[Worksheet], None]) -> bytes:
    """Return a workbook with a sheet for each function, named "Blad1", "Blad2"…"""
    book = Workbook()
    del book["Sheet"]
    for number, each in enumerate(fill, 1):
        each(book.create_sheet(f"Blad{number}"))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def rows_sheet(*rows: Sequence[object], merged: Sequence[str] = ()) -> Callable[[Worksheet], None]:
    """Return a function that fills a sheet with rows from A1 on, None for an empty cell, and merges ranges."""

    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(list(row))
        for reference in merged:
            sheet.merge_cells(reference)

    return fill


def cells_sheet(cells: Mapping[str, object]) -> Callable[[Worksheet], None]:
    """Return a function that fills single cells, by address."""

    def fill(sheet: Worksheet) -> None:
        for address, value in cells.items():
            cell(sheet, address).value = value  # type: ignore[assignment]  # whatever the test wants there

    return fill


def cell(sheet: Worksheet, address: str) -> Cell:
    """Return the cell at an address."""
    found = sheet[address]
    assert isinstance(found, Cell)
    return found


def calculated_workbook(formulas: Mapping[str, tuple[str, object]]) -> bytes:
    """Return a workbook as a spreadsheet program saves it: formulas by address, each with its result."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Blad1")
        for address, (formula, result) in formulas.items():
            sheet.write_formula(address, formula, None, result)
    return file.getvalue()
