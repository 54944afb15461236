"""Decks, from what their slides hold."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Cm

TITLE_SLIDE, TITLE_AND_CONTENT, TITLE_ONLY, BLANK = 0, 1, 5, 6
"""Layouts of the library's own template, which is 25.4 by 19.05 cm."""

Fill = Callable[[Any], None]


def deck(*slides: tuple[int, Fill]) -> bytes:
    """Return a deck with a slide for each layout and function that fills it."""
    presentation = Presentation()
    for layout, fill in slides:
        fill(presentation.slides.add_slide(presentation.slide_layouts[layout]))
    file = BytesIO()
    presentation.save(file)
    return file.getvalue()


def titled(title: str, *paragraphs: tuple[int, str]) -> Fill:
    """Return a function that fills the title and the body, whose paragraphs have a level each."""

    def fill(slide: Any) -> None:  # noqa: ANN401 - the library types little of it
        slide.shapes.title.text_frame.text = title
        if paragraphs:
            add_paragraphs(slide.placeholders[1].text_frame, paragraphs)

    return fill


def add_paragraphs(frame: Any, paragraphs: Sequence[tuple[int, str]]) -> None:  # noqa: ANN401 - the library types little of it
    """Fill a text frame with paragraphs of a level each."""
    for i, (level, text) in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level


def add_text(shapes: Any, text: str, left: float = 1, top: float = 5, width: float = 8) -> Any:  # noqa: ANN401 - the library types little of it
    """Add a text box of 1 cm height, measured in centimetres, and return it."""
    box = shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(1))
    box.text_frame.text = text
    return box


def add_table(slide: Any, rows: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - the library types little of it
    """Add a table and return it."""
    table = slide.shapes.add_table(len(rows), len(rows[0]), Cm(1), Cm(5), Cm(20), Cm(5)).table
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text_frame.text = text
    return table


def add_chart(slide: Any, categories: Sequence[str], series: dict[str, Sequence[float | None]], code: str) -> Any:  # noqa: ANN401 - the library types little of it
    """Add a bar chart whose figures have the number format `code`, and return it."""
    data: Any = CategoryChartData(number_format=code)  # type: ignore[no-untyped-call]  # the library types little of it
    data.categories = categories
    for name, values in series.items():
        data.add_series(name, values)
    return slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(1), Cm(5), Cm(15), Cm(8), data).chart


def add_scatter_chart(slide: Any, name: str, points: Sequence[tuple[float, float]]) -> None:  # noqa: ANN401 - the library types little of it
    """Add a scatter chart of one series."""
    data: Any = XyChartData()  # type: ignore[no-untyped-call]  # the library types little of it
    series = data.add_series(name)
    for x, y in points:
        series.add_data_point(x, y)
    slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, Cm(1), Cm(5), Cm(15), Cm(8), data)


def add_part(slide: Any, relationship: str, xml: str) -> str:  # noqa: ANN401 - the library types little of it
    """Relate a part of XML to the slide and return the relationship's id."""
    name = PackURI(f"/ppt/other/{relationship.rpartition('/')[2]}{slide.slide_id}.xml")
    return str(slide.part.relate_to(Part(name, "application/xml", slide.part.package, xml.encode()), relationship))


def add_diagram(slide: Any, texts: Sequence[tuple[str, str, str]]) -> None:  # noqa: ANN401 - the library types little of it
    """Add a SmartArt diagram of points (id, id of the one above, text); the one at the top has the id "0"."""
    points = "".join(
        f'<d:pt modelId="{i}"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>' for i, _, text in texts
    )
    lines = "".join(f'<d:cxn srcId="{above}" destId="{i}" srcOrd="{n}"/>' for n, (i, above, _) in enumerate(texts))
    xml = (
        '<d:dataModel xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<d:ptLst><d:pt modelId="0" type="doc"/>{points}</d:ptLst><d:cxnLst>{lines}</d:cxnLst></d:dataModel>'
    )
    identifier = add_part(slide, RELATIONSHIP_TYPE.DIAGRAM_DATA, xml)
    frame = slide.shapes.add_table(1, 1, Cm(1), Cm(5), Cm(5), Cm(1))._element
    data = frame.find(".//{*}graphicData")
    data.set("uri", "http://schemas.openxmlformats.org/drawingml/2006/diagram")
    data.remove(data[0])
    reference = etree.SubElement(data, "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")
    reference.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm", identifier)
