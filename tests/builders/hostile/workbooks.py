"""Excel workbooks that claim to be huge, or whose parts do not fit together."""

import re
from collections.abc import Iterator
from functools import partial

from tests.builders import container as zips
from tests.builders.hostile.archives import without_part
from tests.builders.hostile.file import HostileFile, empty, failing, harmless

_SHEET = "xl/worksheets/sheet2.xml"  # the first sheet of a new workbook is empty
_WHOLE = "A1:XFD1048576"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _sheet(rows: str, before: str = "", after: str = "", part: str = _SHEET) -> bytes:
    xml = f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return zips.with_part(zips.workbook(), part, xml.encode())


def _text(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _number(reference: str, number: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{number}</v></c>'


_ROWS = f'<row r="1">{_text("A1", "Soort")}{_text("B1", "Dagen")}</row><row r="2">{_text("A2", "Verlof")}</row>'


def _many_cells() -> bytes:
    rows = (
        f'<row r="{row}">{"".join(_number(f"{column}{row}", str(row * 7919 % 9973)) for column in "ABCDEFGHIJ")}</row>'
        for row in range(1, 150_001)
    )
    return _sheet("".join(rows))


def _with_format(code: str) -> bytes:
    styles = "xl/styles.xml"
    data = _sheet(f'<row r="1">{_text("A1", "Bedrag")}{_number("B1", "12.5", 1)}</row>')
    xml = zips.parts(data)[styles].decode()
    formats = f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    xml = re.sub(r"<numFmts.*?(/>|</numFmts>)", "", xml, count=1, flags=re.DOTALL)
    xml = re.sub(r"(<styleSheet[^>]*>)", lambda found: found[1] + formats, xml, count=1)
    xml = xml.replace("</cellXfs>", '<xf numFmtId="200" applyNumberFormat="1"/></cellXfs>')
    return zips.with_part(data, styles, xml.encode())


def _with_shared_text(index: int) -> bytes:
    return _sheet(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>')


def _odd_numbers() -> str:
    numbers = ("1e308", "1e309", "-1e309", "1e-320", "2958466")
    return "".join(f'<row r="{n}">{_number(f"A{n}", number)}</row>' for n, number in enumerate(numbers, 1))


def _files() -> Iterator[HostileFile]:
    yield harmless("dimension.xlsx", partial(_sheet, _ROWS, f'<dimension ref="{_WHOLE}"/>'))
    merge = f'<mergeCells count="1"><mergeCell ref="{_WHOLE}"/></mergeCells>'
    yield failing("merged-whole-sheet.xlsx", partial(_sheet, _ROWS, after=merge), "merges more cells")
    links = f'<hyperlinks><hyperlink ref="{_WHOLE}" location="A1"/></hyperlinks>'
    yield failing("linked-whole-sheet.xlsx", partial(_sheet, _ROWS, after=links), "lays a link over more")
    columns = '<cols><col min="1" max="2000000000" width="9"/><col min="3" max="16384" hidden="1"/></cols>'
    yield harmless("columns.xlsx", partial(_sheet, _ROWS, columns))
    last = f'<row r="1">{_text("A1", "First")}</row><row r="1048576">{_text("XFD1048576", "Last")}</row>'
    yield harmless("far-corners.xlsx", partial(_sheet, last))
    beyond = f'<row r="99999999999">{_text("ZZZZZ99999999999", "Beyond")}</row>'
    yield failing("beyond-the-sheet.xlsx", partial(_sheet, beyond), _DAMAGED)
    yield failing("many-cells.xlsx", _many_cells, "took more than|cells|rows|characters")
    yield failing("shared-text.xlsx", partial(_with_shared_text, 10**6), _DAMAGED)
    for name, number in (("a-word", "Verlof"), ("no-number", "NaN"), ("5,000-digits", "9" * 5000)):
        cell = f'<row r="1">{_number("A1", number)}</row>'
        yield failing(f"cell-of-{name}.xlsx", partial(_sheet, cell), _DAMAGED)
    yield harmless("odd-numbers.xlsx", partial(_sheet, _odd_numbers()))
    yield harmless("long-format.xlsx", partial(_with_format, "#," * 100_000))
    yield harmless("quotes-in-format.xlsx", partial(_with_format, "&quot;" * 99_999))
    yield harmless("brackets-in-format.xlsx", partial(_with_format, "[$" * 50_000))
    yield failing("no-main-part.xlsx", lambda: without_part(zips.workbook(), "xl/workbook.xml"), _DAMAGED)
    yield empty("no-sheet.xlsx", lambda: without_part(zips.workbook(), _SHEET))
    yield empty("nothing-but-size.xlsx", partial(_sheet, '<row r="1048576"/>', f'<dimension ref="{_WHOLE}"/>'))


_DAMAGED = "it is damaged or not complete"
FILES = tuple(_files())
