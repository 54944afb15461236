"""XLSX: each visible sheet, its tables and what stands around them, as a person sees it.

`survey` looks at the raw XML for what the library would choke on or does not tell, `sheets` reads the visible
cells, `regions` parts a sheet into tables and texts, `blocks` writes one of those as Markdown.
"""

import warnings
from collections import Counter
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.converters import ConvertedText
from pipelines.converters.inline import inline
from pipelines.converters.opening import opening
from pipelines.converters.xlsx.blocks import markdown_blocks
from pipelines.converters.xlsx.locales import locale_of
from pipelines.converters.xlsx.regions import regions_of
from pipelines.converters.xlsx.sheets import SheetReader
from pipelines.converters.xlsx.survey import survey


def convert_xlsx(data: bytes) -> ConvertedText:
    """Return each visible sheet under a heading of its name; a sheet without text is passed over.

    What a formula came to is what its program saved. Raises `UnreadableContent`: cells are merged, or a link lies, over
    more of a sheet than anybody fills.
    """
    with opening():
        formulas = survey(data)
        workbook = _workbook(data)
    locale = locale_of(workbook)
    left_out = Counter({"formulas without a saved value": formulas})
    left_out["hidden sheets"] = sum(sheet.sheet_state != "visible" for sheet in workbook.worksheets)
    blocks = [
        block
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
        for block in _sheet_blocks(sheet, SheetReader(sheet, locale, left_out))
    ]
    return ConvertedText("\n\n".join(blocks), left_out={what: count for what, count in left_out.items() if count})


def _workbook(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        # They say what would be lost if the file were written again.
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(data), data_only=True, rich_text=True, keep_links=False)


def _sheet_blocks(sheet: Worksheet, reader: SheetReader) -> list[str]:
    blocks = markdown_blocks(regions_of(reader.cells()), reader.header_rows())
    return [f"## {inline(sheet.title)}", *blocks] if blocks else []
