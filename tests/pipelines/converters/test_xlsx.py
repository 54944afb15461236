"""A workbook becomes its sheets' tables and texts, as a person sees them on the screen."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Literal
from zipfile import ZipFile

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles.colors import Color
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.converters.xlsx import convert_xlsx
from pipelines.errors import UnreadableContent
from pipelines.markdown import split_sections
from tests.builders.xlsx import (
    BLUE_GROUND,
    BOLD,
    TINY,
    WHITE,
    calculated_workbook,
    cell,
    cells_sheet,
    rows_sheet,
    workbook,
)

_DUTCH = '[$€-413] #,##0.00'  # fmt: skip
_HEADER = ("Naam", "Afdeling")


def _markdown(*fill: Callable[[Worksheet], None]) -> str:
    return convert_xlsx(workbook(*fill)).markdown


def _tables(markdown: str) -> list[list[list[str]]]:
    blocks = [block.split("\n") for block in markdown.split("\n\n") if block.startswith("|")]
    return [
        [[cell.strip() for cell in line[1:-1].split(" | ")] for line in lines[:1] + lines[2:]] for lines in blocks
    ]  # fmt: skip


def test_each_sheet_stands_under_its_name() -> None:
    """Where an answer comes from can be found again; a sheet without text has no heading."""
    markdown = _markdown(rows_sheet(_HEADER, ("Jan", "Zorg")), rows_sheet(), rows_sheet(("Los",)))
    assert markdown == "## Blad1\n\n| Naam | Afdeling |\n| --- | --- |\n| Jan | Zorg |\n\n## Blad3\n\nLos"


def test_empty_rows_part_tables() -> None:
    """A sheet may hold a title, a table, a remark and another table."""
    markdown = _markdown(
        rows_sheet(
            ("Lijst 2025",), (), _HEADER, ("Jan", None), ("Zoë", "Zorg"), (), ("Bron: HR",), (), ("Q1", "Q2"), (1, 2)
        )
    )  # fmt: skip
    assert markdown.startswith("## Blad1\n\nLijst 2025\n\n|")
    assert "\n\nBron: HR\n\n" in markdown
    assert _tables(markdown) == [[[*_HEADER], ["Jan", ""], ["Zoë", "Zorg"]], [["Q1", "Q2"], ["1", "2"]]]


def test_empty_columns_part_tables() -> None:
    """Two tables side by side are two tables; a gap before a last column is only for the eye."""
    side_by_side = rows_sheet(("A", "B", None, "C", "D"), (1, 2, None, 3, 4), (None, None, None, 5, 6))
    spaced = rows_sheet(("Naam", "Team", None, "Bedrag"), ("Jan", "Zorg", None, 3))
    assert _tables(_markdown(side_by_side, spaced)) == [
        [["A", "B"], ["1", "2"]],
        [["C", "D"], ["3", "4"], ["5", "6"]],
        [["Naam", "Team", "Bedrag"], ["Jan", "Zorg", "3"]],
    ]


def test_table_goes_on_below_an_empty_row() -> None:
    """Groups of rows that are set apart keep the header that they share."""
    markdown = _markdown(rows_sheet(("Post", "Bedrag"), ("Huur", 5), (), ("Gas", 6), ("Water", 7)))
    assert _tables(markdown) == [[["Post", "Bedrag"], ["Huur", "5"], ["Gas", "6"], ["Water", "7"]]]


def test_totals_below_a_table_belong_to_it() -> None:
    """Also where a remark stands beside the table; a remark below it ends it."""
    cells = {"A1": "Post", "B1": "Jan", "C1": "Feb", "A2": "Huur", "B2": 5, "C2": 6, "A4": "Totaal", "C4": 6}
    beside, below = {"E1": "Concept"}, {"A6": "Tweede deel", "A8": "Gas", "B8": 7}
    markdown = _markdown(cells_sheet(cells | beside | below))
    assert _tables(markdown) == [
        [["Post", "Jan", "Feb"], ["Huur", "5", "6"], ["Totaal", "", "6"]],
        [["", ""], ["Gas", "7"]],
    ]


def test_title_above_a_table_is_a_paragraph() -> None:
    """Also where it is one merged cell over all of its columns."""
    markdown = _markdown(rows_sheet(("Rooster", None), _HEADER, ("Jan", "Zorg"), merged=["A1:B1"]))
    assert markdown == "## Blad1\n\nRooster\n\n| Naam | Afdeling |\n| --- | --- |\n| Jan | Zorg |"


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([("Team", 2025, None, 2026, None), (None, "Q1", "Q2", "Q1", "Q2")], ["A1:A2", "B1:C1", "D1:E1"]),
        ([(None, "2025", None, "2026", None), ("Team", "Q1", "Q2", "Q1", "Q2")], ["B1:C1", "D1:E1"]),
        ([("Team", "2025", None, "2026", None), (None, "Q1", "Q2", "Q1", "Q2")], []),
    ],
)
def test_header_of_two_rows_becomes_one(rows: list[tuple[object, ...]], merged: list[str]) -> None:
    """A figure is found under the year and the quarter that it is of."""
    markdown = _markdown(rows_sheet(*rows, ("Zorg", 1, 2, 3, 4), merged=merged))
    names = ["2025 – Q1", "2025 – Q2", "2026 – Q1", "2026 – Q2"]  # noqa: RUF001 - the dash that joins them
    assert _tables(markdown) == [[["Team", *names], ["Zorg", "1", "2", "3", "4"]]]


def test_merged_cells_repeat_their_value() -> None:
    """Each row says which team it is about."""
    markdown = _markdown(rows_sheet(("Team", "Naam"), ("Zorg", "Jan"), (None, "Zoë"), merged=["A2:A3"]))
    assert _tables(markdown) == [[["Team", "Naam"], ["Zorg", "Jan"], ["Zorg", "Zoë"]]]


def test_one_column_is_text_or_a_list() -> None:
    """Lines below each other are no table, unless they stand under a header."""
    items = rows_sheet(("appels",), ("peren",), ("- pruimen",))
    prose = rows_sheet(("Dit blad telt uren.\nNiet meer.",), ("# Vragen? Bel HR.",))
    figures = rows_sheet(("Uren",), (3,), (4,))
    assert _markdown(items).endswith("\n\n- appels\n- peren\n- pruimen")
    assert _markdown(prose).endswith("\n\nDit blad telt uren.\\\nNiet meer.\n\n\\# Vragen? Bel HR.")
    assert _tables(_markdown(figures)) == [[["Uren"], ["3"], ["4"]]]


def test_bold_row_is_the_header() -> None:
    """What stands out names the columns; a bold first column names the rows."""

    def bold(*addresses: str) -> Callable[[Worksheet], None]:
        def fill(sheet: Worksheet) -> None:
            rows_sheet((2024, 2025), (7, 8), (9, 1))(sheet)
            for address in addresses:
                cell(sheet, address).font = BOLD

        return fill

    assert _tables(_markdown(bold("A1", "B1")))[0] == [["2024", "2025"], ["7", "8"], ["9", "1"]]
    assert _tables(_markdown(bold("A1", "A2", "A3")))[0] == [["", ""], ["2024", "2025"], ["7", "8"], ["9", "1"]]


def test_table_of_the_sheet_has_its_own_header() -> None:
    """What the sheet calls a table's header is one, and what stands above it is text."""

    def fill(sheet: Worksheet) -> None:
        rows_sheet(("Peildatum", "1 mei"), ("A", "B"), ("x", "y"))(sheet)
        sheet.add_table(Table(displayName="T1", ref="A2:B3"))

    assert _markdown(fill) == "## Blad1\n\nPeildatum 1 mei\n\n| A | B |\n| --- | --- |\n| x | y |"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, _DUTCH, "€ 1.234,50"),
        (-1234.5, '_ "€"\\ * #,##0.00_ ;_ "€"\\ * \\-#,##0.00_ ;_ "€"\\ * "-"??_ ;_ @_ ', "€ -1.234,50"),
        (0, '_ "€"\\ * #,##0.00_ ;_ "€"\\ * \\-#,##0.00_ ;_ "€"\\ * "-"??_ ;_ @_ ', "€ -"),
        (0.256, "0%", "26%"),
        (0.2565, "0.0%", "25,7%"),
        (2.5, "0", "3"),
        (1.5, "0.##", "1,5"),
        (1500000, '0.0,,"M"', "1,5M"),
        (-3, "0;[Red](0)", "(3)"),
        (123, "00000", "00123"),
        (12345678, "00-000-000", "12-345-678"),
        (0.00001234, "0.00E+00", "1,23E-05"),
        (0.1 + 0.2, "General", "0,3"),
        (31612345678, "General", "31612345678"),
        (0.5, "# ?/?", "0,5"),
        (True, "General", "WAAR"),
        ("#REF!", "General", "#REF!"),
        ("1 < 2 <b>", "@", "1 < 2 \\<b>"),
        (date(2025, 3, 5), "mm-dd-yy", "05-03-2025"),
        (datetime(2025, 3, 5, 14, 7), "dd/mm/yyyy hh:mm", "05-03-2025 14:07"),
        (date(2025, 3, 5), "[$-413]d mmmm yyyy;@", "5 maart 2025"),
        (date(2025, 3, 5), "dddd d mmm 'yy", "woensdag 5 mrt '25"),
        (date(2025, 3, 5), "dd-mm-jjjj", "05-03-2025"),
        (time(9, 5), "h:mm", "9:05"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ],
)
def test_values_read_as_in_a_dutch_spreadsheet(value: object, code: str, shown: str) -> None:
    """Where the workbook is Dutch, so are its figures."""

    def fill(sheet: Worksheet) -> None:
        cells_sheet({"A1": "Bedrag", "B1": "Waarde", "A2": 1, "B2": value})(sheet)
        cell(sheet, "A2").number_format = _DUTCH
        cell(sheet, "B2").number_format = code

    assert _tables(_markdown(fill))[0][1][1] == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (date(2025, 3, 5), "mm-dd-yy", "2025-03-05"),
        (datetime(2025, 3, 5, 14, 7), "h:mm AM/PM", "2:07 PM"),
        (False, "General", "FALSE"),
    ],
)
def test_values_read_as_in_an_english_spreadsheet(value: object, code: str, shown: str) -> None:
    """The notation follows the language; dates in figures, which English writes in two orders, begin with the year."""

    def fill(sheet: Worksheet) -> None:
        cells_sheet({"A1": "The budget of each of our departments", "B1": "Value", "A2": 1, "B2": value})(sheet)
        cell(sheet, "B2").number_format = code

    assert _tables(_markdown(fill))[0][1][1] == shown


def test_links_lead_on() -> None:
    """An address can be followed; one that runs a program or leads nowhere is only text."""

    def fill(sheet: Worksheet) -> None:
        rows_sheet(("Beleid", "Plek"), ("verlof", "hier"), ("ziek", "daar"))(sheet)
        cell(sheet, "A2").hyperlink = "https://x.example/a(b)"
        cell(sheet, "B2").hyperlink = "javascript:alert(1)"
        cell(sheet, "A3").hyperlink = "mailto:hr@x.example"

    verlof, ziek = "[verlof](https://x.example/a%28b%29)", "[ziek](mailto:hr@x.example)"
    assert _tables(_markdown(fill)) == [[["Beleid", "Plek"], [verlof, "hier"], [ziek, "daar"]]]


def _hidden_things(sheet: Worksheet) -> None:
    rows_sheet(("A", "B", "C"), (1, 2, 3), (4, 5, 6), (7, 8, 9))(sheet)
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[99].hidden = True
    sheet.column_dimensions["B"].hidden = True


def test_hidden_rows_and_columns_are_left_out() -> None:
    """What a filter or a fold hides is not quoted; what is empty is not counted."""
    converted = convert_xlsx(workbook(_hidden_things))
    assert _tables(converted.markdown) == [[["A", "C"], ["1", "3"], ["7", "9"]]]
    assert converted.left_out == {"hidden rows": 1, "hidden columns": 1}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out(state: Literal["hidden", "veryHidden"]) -> None:
    """Also those that only a program can show again."""

    def hide(sheet: Worksheet) -> None:
        rows_sheet(("geheim",))(sheet)
        sheet.sheet_state = state

    converted = convert_xlsx(workbook(rows_sheet(("open",)), hide))
    assert (converted.markdown, converted.left_out) == ("## Blad1\n\nopen", {"hidden sheets": 1})


def _make_white(sheet: Worksheet) -> None:
    cell(sheet, "B2").font = WHITE


def _make_tiny(sheet: Worksheet) -> None:
    cell(sheet, "B2").font = TINY


def _make_blank(sheet: Worksheet) -> None:
    cell(sheet, "B2").number_format = ";;;"


def _make_run_white(sheet: Worksheet) -> None:
    cell(sheet, "B2").value = CellRichText(TextBlock(InlineFont(color=Color("FFFFFFFF")), "geheim"))


@pytest.mark.parametrize(
    ("hide", "what"),
    [
        (_make_white, "passages of white text"),
        (_make_tiny, "passages of text of size 0"),
        (_make_blank, "passages of hidden text"),
        (_make_run_white, "passages of white text"),
    ],
)
def test_text_that_nobody_sees_is_left_out(hide: Callable[[Worksheet], None], what: str) -> None:
    """White on white, too small, or of a format that shows nothing."""

    def fill(sheet: Worksheet) -> None:
        rows_sheet(("A", "B"), ("x", "geheim"))(sheet)
        hide(sheet)

    converted = convert_xlsx(workbook(fill))
    assert (_tables(converted.markdown), converted.left_out) == ([[["A", "B"], ["x", ""]]], {what: 1})


def test_white_text_on_another_ground_is_kept() -> None:
    """White letters on blue are a header, and a rule may colour the ground of others."""

    def fill(sheet: Worksheet) -> None:
        rows_sheet(("A", "B"), ("x", "y"))(sheet)
        cell(sheet, "A1").font = cell(sheet, "B1").font = cell(sheet, "B2").font = WHITE
        cell(sheet, "A1").fill = cell(sheet, "B1").fill = BLUE_GROUND
        rule = CellIsRule(operator="equal", formula=['"y"'], fill=BLUE_GROUND)  # type: ignore[no-untyped-call]  # the library types little of it
        sheet.conditional_formatting.add("B2:B9", rule)

    assert _tables(_markdown(fill)) == [[["A", "B"], ["x", "y"]]]


def test_comments_are_left_out() -> None:
    """What colleagues remarked is no part of the sheet."""

    def fill(sheet: Worksheet) -> None:
        rows_sheet(("open",))(sheet)
        cell(sheet, "A1").comment = Comment("geheim", "Jan")

    converted = convert_xlsx(workbook(fill))
    assert (converted.markdown, converted.left_out) == ("## Blad1\n\nopen", {"comments": 1})


def test_formula_shows_what_it_came_to() -> None:
    """As the spreadsheet saved it."""
    converted = convert_xlsx(calculated_workbook({"A1": ('="Som"', "Som"), "A2": ("=1+2", 3)}))
    assert (converted.markdown, converted.left_out) == ("## Blad1\n\n| Som |\n| --- |\n| 3 |", {})


def test_formula_that_was_never_calculated_is_counted() -> None:
    """A file that a script wrote holds no results until a spreadsheet has saved it."""
    converted = convert_xlsx(workbook(rows_sheet(("Som", "Deel"), ("=1+2", "x"))))
    assert _tables(converted.markdown) == [[["Som", "Deel"], ["", "x"]]]
    assert converted.left_out == {"formulas without a saved value": 1}


def test_rich_text_and_odd_characters_read_as_text() -> None:
    """Formatting inside a cell, soft hyphens, hard spaces, emoji, other scripts and bars."""
    rich = CellRichText("Let ", TextBlock(InlineFont(b=True), "op"), "!")
    odd = ("zorg\u00adverlof 2\u00a0dagen 😀", "\u05e9\u05dc\u05d5\u05dd a|b")
    markdown = _markdown(rows_sheet(("A", "B"), (rich, "x"), odd))
    assert "| Let op! | x |" in markdown
    assert "| zorgverlof 2 dagen 😀 | \u05e9\u05dc\u05d5\u05dd a\\|b |" in markdown


def test_nothing_forges_a_place() -> None:
    """A cell that looks like a page's marker or a heading is text."""
    markdown = _markdown(cells_sheet({"A1": "<!-- page 9 -->", "A3": "# Nep", "A5": "Kop\n==="}))
    sections = split_sections(markdown, "nl")
    assert [section.path for section in sections[1:]] == [("Blad1",)]
    assert {block.place for block in sections[1].blocks} == {""}


def test_far_cells_cost_nothing() -> None:
    """A lone cell in the last corner of a sheet, and a title merged over whole rows."""

    def fill(sheet: Worksheet) -> None:
        cells_sheet({"A1": "Titel", "XFD1048576": "ver"})(sheet)
        sheet.merge_cells("A1:XFD2")

    assert convert_xlsx(workbook(fill)).markdown.endswith("\n\nver")


def test_merging_beyond_all_sense_is_refused() -> None:
    """The library would make a cell of each covered one, 17 billion."""
    data = workbook(rows_sheet(("x", None), merged=["A1:B1"]))
    with pytest.raises(UnreadableContent, match="merges more cells"):
        convert_xlsx(_replaced(data, b'ref="A1:B1"/>', b'ref="A1:XFD1048576"/>'))


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(file, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'ref="A1:B1" />', b'ref="A1:B1"/>').replace(old, new))
    return file.getvalue()
