"""A CSV file becomes one table, as a spreadsheet would open it."""

from collections.abc import Sequence

import pytest

from pipelines.converters.csv import convert_csv
from pipelines.errors import UnreadableContent
from pipelines.markdown import split_sections
from tests.builders.csv import csv_text

_STAFF = [
    ["Naam", "Salaris", "In dienst"],
    ["Zoë de Vries", "3.250,50", "01-02-2024"],
    ["Jan", "2.900,00", "15-08-2019"],
]


def _cells(markdown: str) -> list[list[str]]:
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[:1] + lines[2:]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_is_found(delimiter: str) -> None:
    """Dutch programs write semicolons and decimal commas, others commas or tabs."""
    assert _cells(convert_csv(csv_text(_STAFF, delimiter)).markdown) == _STAFF


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("\ufeffa;b\nx;y\n", [["a", "b"], ["x", "y"]]),
        ("sep=;\na;b,c\nx;y,z\n", [["a", "b,c"], ["x", "y,z"]]),
        ("a;b\n\n;;\nx;y\n\n", [["a", "b"], ["x", "y"]]),
        ('a;b\n"een\nregel";"zegt ""ja"""\n', [["a", "b"], ["een regel", 'zegt "ja"']]),
        ('maat;prijs\n24" scherm;100\n"open;2\n', [["maat", "prijs"], ['24" scherm', "100"], ["open", "2"]]),
        ("a;b;;\nx;y;;\n", [["a", "b"], ["x", "y"]]),
        ("a;b;c\nx;y\nz\n", [["a", "b", "c"], ["x", "y", ""], ["z", "", ""]]),
        (
            "naam,opmerking\nJan,ja, graag\nPiet,nee\nAnna,nee\n",
            [["naam", "opmerking"], ["Jan", "ja, graag"], *[[n, "nee"] for n in ("Piet", "Anna")]],
        ),
        ("Naam\nJan de Vries\nPiet Jansen\n", [["Naam"], ["Jan de Vries"], ["Piet Jansen"]]),
        ("a;b\nzo\u00adlang;😀 \u05e9\u05dc\u05d5\u05dd\n", [["a", "b"], ["zolang", "😀 \u05e9\u05dc\u05d5\u05dd"]]),
    ],
)  # fmt: skip
def test_odd_files_read_as_they_were_meant(text: str, cells: list[list[str]]) -> None:
    """Byte order marks, empty lines, breaks in cells, open quotes, ragged rows and one column only."""
    assert _cells(convert_csv(text).markdown) == cells


@pytest.mark.parametrize(
    "first",
    [["Afdeling", "2024", "2025"], ["Maand", "1", "2", "3"], ["", "Q1", "Q2"]],
)
def test_header_may_hold_years_and_numbers(first: Sequence[str]) -> None:
    """What counts up beside a word is the names of columns."""
    rows = [list(first), ["Zorg", *("7" for _ in first[1:])]]
    assert _cells(convert_csv(csv_text(rows)).markdown) == rows


@pytest.mark.parametrize(
    "first", [["Jan", "31"], ["ja", "ja"], ["a@b.example", "x"], ["01-02-2025", "x"], ["x", "€ 3,50"]]
)
def test_file_without_header_gets_an_empty_one(first: Sequence[str]) -> None:
    """A value is never shown as the name of the values below it."""
    assert _cells(convert_csv(csv_text([first, first])).markdown) == [["", ""], list(first), list(first)]


@pytest.mark.parametrize(
    "above", ["Overzicht personeel\n\n", "Overzicht personeel;;\n", "Overzicht personeel\nDatum;1-1-2025;\n"]
)
def test_lines_above_the_header_stay_text(above: str) -> None:
    """A report's title is no column."""
    markdown = convert_csv(csv_text(_STAFF, above=above)).markdown
    assert markdown.startswith("Overzicht personeel\n\n")
    assert _cells(markdown) == _STAFF


def test_nothing_is_nothing() -> None:
    """An empty file is an empty document."""
    assert convert_csv("\n;;\n").markdown == ""


def test_markup_in_cells_stays_text() -> None:
    """No cell forges a page, a heading, a tag or another cell."""
    text = csv_text(
        [["# Kop", "x|y"], ["<!-- page 9 -->", "\\<b>"], ["een", "twee"], ["drie", "vier"]],
        above="# Nep\n<!-- page 8 -->\n",
    )
    markdown = convert_csv(text).markdown
    (section,) = split_sections(markdown, "nl")
    assert {block.place for block in section.blocks} == {""}
    assert "x\\|y" in markdown
    assert markdown.startswith("\\# Nep")


@pytest.mark.parametrize("text", ['"' * 50_000, ';"' * 20_000, "a " * 50_000, ";,\t|\n" * 20_000, "a;b\n" * 10_000])
def test_odd_input_ends(text: str) -> None:
    """What no program would write is converted like anything else."""
    assert isinstance(convert_csv(text).markdown, str)


def test_one_wide_row_does_not_widen_the_table() -> None:
    """A row that broke loose does not fill every other row up."""
    text = "a;b\n" * 1000 + "x;" * 5000 + "\n"
    assert len(convert_csv(text).markdown) < 50_000


def test_table_beyond_reading_is_refused() -> None:
    """A wide header above very many rows says what to do."""
    with pytest.raises(UnreadableContent, match="20,001 rows and 1,000 columns"):
        convert_csv(";".join(f"k{i}" for i in range(1000)) + "\n" + "a;b\n" * 20_000)


def test_endless_cell_is_refused() -> None:
    """A file of one endless word is no table, and says what to do."""
    with pytest.raises(UnreadableContent, match="131,072 characters"):
        convert_csv("a" * 500_000)
