"""What a browser may be given of texts that others wrote: elements of the page, with attributes of its own."""

from bs4 import BeautifulSoup

WITHOUT_ATTRIBUTES = frozenset(
    {"h3", "h4", "h5", "h6", "p", "ul", "table", "thead", "tbody", "code", "em", "strong", "del"}
    | {"blockquote", "hr", "br"}
)
SHARED = {**{tag: set[str]() for tag in WITHOUT_ATTRIBUTES}, "ol": {"start"}, "th": {"class"}, "td": {"class"}}
"""The attributes by the element, of those that a reply and a document have alike."""


def assert_elements(parsed: BeautifulSoup, allowed: dict[str, set[str]]) -> None:
    for element in parsed.find_all(True):
        assert element.name in allowed, element
        assert set(element.attrs) <= allowed[element.name], element
