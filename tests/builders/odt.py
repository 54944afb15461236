"""OpenDocument texts: odfdo writes the container, the elements are given as themselves."""

from io import BytesIO

from odfdo import Document, Element


def odt(*elements: str, styles: str = "", title: str | None = None, page: str = "") -> bytes:
    """Return a text with these elements (in XML, with the usual prefixes).

    `styles` are elements of the automatic styles, `page` attributes of the layout of all pages.
    """
    document = Document("text")
    document.body.clear()
    for element in _parsed("".join(elements)):
        document.body.append(element)
    automatic = document.content.get_element("//office:automatic-styles")
    assert automatic is not None
    for style in _parsed(styles):
        automatic.append(style)
    for layout in document.styles.get_elements("//style:page-layout-properties"):
        layout.set_attribute("fo:background-color", page or "transparent")
    document.meta.title = title or ""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def style(name: str, properties: str, parent: str = "", family: str = "paragraph") -> str:
    """Return a style with attributes of its text, such as `fo:color="#ffffff"`."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def ground(name: str, family: str, kind: str, colour: str = "#1f3864") -> str:
    """Return a style that lays a colour under text; `kind` is what it is the property of."""
    return (
        f'<style:style style:name="{name}" style:family="{family}">'
        f'<style:{kind}-properties fo:background-color="{colour}"/></style:style>'
    )


def list_style(name: str, *levels: str) -> str:
    """Return a style of lists; each level is "bullet" or a format of numbers such as "1"."""
    inside = "".join(
        f'<text:list-level-style-bullet text:level="{depth}" text:bullet-char="•"/>'
        if level == "bullet"
        else f'<text:list-level-style-number text:level="{depth}" style:num-format="{level}"/>'
        for depth, level in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{name}">{inside}</text:list-style>'


def paragraph(text: str, style_name: str = "Standard") -> str:
    """Return a paragraph."""
    return f'<text:p text:style-name="{style_name}">{text}</text:p>'


def items(*inside: str, style_name: str = "", more: str = "") -> str:
    """Return a list of items; `more` are further attributes."""
    lines = "".join(f"<text:list-item>{item}</text:list-item>" for item in inside)
    return f'<text:list text:style-name="{style_name}" {more}>{lines}</text:list>'


def table(*rows: str) -> str:
    """Return a table of rows, each a sequence of cells."""
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f"<table:table>{lines}</table:table>"


def cell(text: str, more: str = "") -> str:
    """Return a cell with one paragraph; `more` are its attributes."""
    return f"<table:table-cell {more}>{paragraph(text) if text else ''}</table:table-cell>"


def _parsed(elements: str) -> list[Element]:
    return list(Element.from_tag(f"<office:text>{elements}</office:text>").children)
