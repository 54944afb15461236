"""Straight strokes and images: what tables are ruled with, and what a scan consists of."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.converters.pdf.page import Drawing, Frame

_MOST_OBJECTS = 20_000
"""On one page: maps and charts have more, and no tables that matter."""
_MOST_STROKES = 20_000
_STRAIGHT = 1.0
"""Points by which a level or upright stroke may lean."""

_Point = tuple[float, float]


def read_drawing(page: pypdfium2.PdfPage, frame: Frame) -> Drawing:
    """Return the strokes and images of a page, upright; no strokes where there are too many for tables."""
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    objects = list(islice(page.get_objects(filter=kinds, max_depth=5), _MOST_OBJECTS))
    images = [item for item in objects if item.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    paths = [item for item in objects if item.type == pdfium.FPDF_PAGEOBJ_PATH]
    strokes = list(islice(_strokes(paths, frame), _MOST_STROKES + 1))
    return Drawing(
        strokes=strokes if len(strokes) <= _MOST_STROKES and len(objects) < _MOST_OBJECTS else (),
        images=[_image_corners(item, frame) for item in images],
    )


def _image_corners(image: pypdfium2.PdfImage, frame: Frame) -> tuple[float, float, float, float]:
    left, bottom, right, top = image.get_bounds()
    (x0, y0), (x1, y1) = (_outermost(image.container, point) for point in ((left, bottom), (right, top)))
    return frame.corners(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _strokes(paths: Sequence[pypdfium2.PdfObject], frame: Frame) -> Iterator[tuple[float, float, float, float]]:
    for path in paths:
        for start, end in _segments(path):
            (x0, y0), (x1, y1) = frame.point(*start), frame.point(*end)
            if min(abs(x1 - x0), abs(y1 - y0)) <= _STRAIGHT < max(abs(x1 - x0), abs(y1 - y0)):
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _segments(path: pypdfium2.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight pieces of a path in the page's space."""
    matrix = path.get_matrix()
    first = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _outermost(path.container, matrix.on_point(x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield point, first
        last = point


def _outermost(container: pypdfium2.PdfObject | None, point: _Point) -> _Point:
    while container is not None:
        point = container.get_matrix().on_point(*point)
        container = container.container
    return point
