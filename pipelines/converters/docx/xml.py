"""WordprocessingML's elements and attributes by their short names."""

from collections.abc import Iterable

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"

_OFF = ("0", "false", "off")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element at `path` (local names of WordprocessingML), if there is one."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return element


def value(element: etree._Element | None, *path: str, name: str = "val") -> str | None:
    """Return an attribute of the element at `path`."""
    found = child(element, *path)
    return None if found is None else found.get(W + name)


def is_on(switch: etree._Element) -> bool:
    """Return whether a switch such as `<w:vanish/>` is on."""
    return switch.get(W + "val", "1") not in _OFF


def children_named(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Return the children with that name; none of no element."""
    return [] if element is None else element.findall(W + name)


def remove(elements: Iterable[etree._Element]) -> None:
    """Take elements out of their document."""
    for element in elements:
        if (parent := element.getparent()) is not None:
            parent.remove(element)


def text_of(element: etree._Element) -> str:
    """Return the text in all runs of `element`, less what is deleted, in one line."""
    return " ".join("".join(text.text or "" for text in element.iter(W + "t")).split())
