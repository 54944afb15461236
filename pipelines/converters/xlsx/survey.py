"""A look at the XML of the sheets before the library reads it."""

from io import BytesIO
from typing import IO
from zipfile import ZipFile

from lxml.etree import _Element, iterparse
from openpyxl.utils.cell import range_boundaries

from pipelines.errors import UnreadableContent

_MOST_COVERED = 1_200_000
"""Cells that merged ranges and links of one sheet may cover: one column is 1,048,576, and the library makes an
object of each."""


def survey(data: bytes) -> int:
    """Return the number of formulas whose result was not saved: no program has calculated the file.

    Raises `UnreadableContent`: merged ranges or links cover too much.
    """
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return sum(_surveyed(archive.open(name)) for name in names)


def _surveyed(xml: IO[bytes]) -> int:
    formulas = covered = 0
    for _, element in iterparse(xml, tag=("{*}c", "{*}mergeCell", "{*}hyperlink"), resolve_entities=False):
        if "ref" in element.attrib:
            covered += _area(str(element.get("ref")))
            _check(covered)
        else:
            formulas += _lacks_result(element)
        _forget(element)
    return formulas


def _check(covered: int) -> None:
    if covered > _MOST_COVERED:
        reason = "a sheet in it merges more cells, or lays a link over more, than a column has"
        raise UnreadableContent(reason, "Undo the merging where nothing stands, save it again, or exclude it.")


def _area(reference: str) -> int:
    left, top, right, bottom = (number or 1 for number in range_boundaries(reference))
    return (int(right) - int(left) + 1) * (int(bottom) - int(top) + 1)


def _lacks_result(cell: _Element) -> bool:
    # A result of type `str` may be an empty text.
    return cell.find("{*}f") is not None and not cell.findtext("{*}v") and cell.get("t") != "str"


def _forget(element: _Element) -> None:
    """Free what was read, or a large sheet would be held twice."""
    element.clear()
    while (previous := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(previous)
