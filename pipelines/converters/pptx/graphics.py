"""Tables, charts and diagrams on a slide."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from lxml import etree

from pipelines.converters.inline import inline, paragraph
from pipelines.converters.number_formats import shown
from pipelines.converters.pptx.texts import TextReader
from pipelines.converters.pptx.xpath import found
from pipelines.converters.tables import markdown_table

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_MOST_CELLS = 100_000  # of a chart's table; a slide has room for a hundred
_TEXT_POINTS = (None, "node", "asst")  # kinds of a diagram's points that hold text; ECMA-376 part 1, 21.4.7.51
_ROOT = "doc"

Children = dict[str | None, list[tuple[int, str]]]
"""A diagram's points by the one they hang below, each with its place."""


def graphic_blocks(shape: Any, reader: TextReader) -> list[str]:  # noqa: ANN401 - the library types little of it
    """Return the blocks of a shape that is no text; pictures have none."""
    if getattr(shape, "has_table", False):
        return [markdown_table(list(_rows(shape.table, reader)))]
    if getattr(shape, "has_chart", False):
        return [block for block in _chart(shape.chart, _locale(shape.part.slide)) if block]
    identifiers = found(shape._element, ".//*[local-name()='relIds']/@r:dm")
    return _diagram(shape.part.related_part(identifiers[0])) if identifiers else []


def _rows(table: Any, reader: TextReader) -> Iterator[list[str]]:  # noqa: ANN401 - the library types little of it
    """Yield the rows, with the text of merged cells in each cell that they cover."""
    covering: dict[tuple[int, int], str] = {}
    height, width = len(table.rows), len(table.columns)
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            if (i, j) in covering:
                continue
            text = covering[i, j] = reader.line(cell.text_frame.paragraphs)
            # What a cell says that it covers may go beyond the table.
            down, across = range(i, min(i + cell.span_height, height)), range(j, min(j + cell.span_width, width))
            if cell.is_merge_origin:
                covering |= {(y, x): text for y in down for x in across}
        yield [covering.get((i, j), "") for j in range(width)]


def _locale(slide: Any) -> str:  # noqa: ANN401 - the library types little of it
    """Return the language that most of a slide's text is marked as, in whose notation figures are read."""
    marked = Counter(str(language) for language in found(slide._element, ".//a:rPr/@lang"))
    try:
        return Locale.parse(marked.most_common(1)[0][0], sep="-").language
    except (IndexError, UnknownLocaleError, ValueError):
        return "en"


def _chart(chart: Any, locale: str) -> list[str]:  # noqa: ANN401 - the library types little of it
    """Return a chart's title and its figures, a column for each series."""
    title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
    blocks = [paragraph(inline(title))]
    for plot in chart.plots:
        series = list(plot.series)
        blocks.append(
            _points(series) if series and hasattr(series[0], "iter_values") else _categories(plot, series, locale)
        )
    return blocks


def _categories(plot: Any, series: Sequence[Any], locale: str) -> str:  # noqa: ANN401 - the library types little of it
    names = [" \N{EN DASH} ".join(map(str, labels)) for labels in plot.categories.flattened_labels]
    if not names or len(names) * len(series) > _MOST_CELLS:
        return ""
    columns = [_figures(each, len(names), locale) for each in series]
    header = ["", *(inline(each.name) for each in series)]
    return markdown_table([header, *([inline(name), *row] for name, *row in zip(names, *columns, strict=True))])


def _figures(series: Any, count: int, locale: str) -> list[str]:  # noqa: ANN401 - the library types little of it
    codes = found(series._element, "./c:val//c:formatCode/text()")
    values = [*series.values[:count], *[None] * (count - len(series.values))]
    return ["" if value is None else shown(value, codes[0] if codes else "General", locale) for value in values]


def _points(series: Sequence[Any]) -> str:
    """Return the points of a scatter chart, which has no categories."""
    rows = [[inline(each.name), *pair] for each in series for pair in _pairs(each)]
    return markdown_table([["", "x", "y"], *rows]) if rows else ""


def _pairs(series: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - the library types little of it
    across, up = (
        {point.get("idx"): inline("".join(found(point, "./c:v/text()"))) for point in found(series._element, path)}
        for path in ("./c:xVal//c:pt", "./c:yVal//c:pt")
    )
    return ((text, up.get(index, "")) for index, text in across.items())


def _diagram(part: Any) -> list[str]:  # noqa: ANN401 - the library types little of it
    """Return the texts of a SmartArt diagram as a nested list."""
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    texts = {point.get("modelId"): _point_text(point) for point in root.iter(f"{_DIAGRAM}pt")}
    kinds = {point.get("modelId"): point.get("type") for point in root.iter(f"{_DIAGRAM}pt")}
    below: Children = defaultdict(list)
    for line in root.iter(f"{_DIAGRAM}cxn"):
        if line.get("type", "parOf") == "parOf" and kinds.get(line.get("destId")) in _TEXT_POINTS:
            below[line.get("srcId")].append((int(line.get("srcOrd", 0)), str(line.get("destId"))))
    start = next((identifier for identifier, kind in kinds.items() if kind == _ROOT), None)
    return ["\n".join(_listed(start, below, texts))] if below.get(start) else []


def _point_text(point: etree._Element) -> str:
    return inline(
        " ".join(text.text or "" for text in point.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"))
    )


def _listed(start: str | None, below: Children, texts: dict[Any, str]) -> Iterator[str]:
    waiting = [(child, 0) for _, child in sorted(below[start], reverse=True)]
    seen: set[str] = set()
    while waiting:
        identifier, depth = waiting.pop()
        if identifier in seen:
            continue
        seen.add(identifier)
        if text := texts.get(identifier):
            yield "  " * depth + f"- {text}"
        children = below.get(identifier, [])
        waiting += [(child, depth + bool(text)) for _, child in sorted(children, reverse=True)]
