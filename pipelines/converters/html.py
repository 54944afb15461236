"""HTML: the page's own content, without what surrounds it and without what is hidden."""

import re

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from pipelines.converters import ConvertedText

_SURROUNDINGS = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "svg")
_ANCHOR = re.compile(r"[^}\s]+")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_HIDDEN_STYLE = re.compile(r"display:none|visibility:hidden|font-size:0(?![.\d])")


class _AnchoredConverter(MarkdownConverter):
    """Keeps the id of a heading, so that a link can lead to it."""

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Add `{#id}` to a heading that has an id."""
        anchor = f" {{#{el['id']}}}" if _ANCHOR.fullmatch(str(el.get("id", ""))) and text.strip() else ""
        return str(super().convert_hN(n, el, text.strip() + anchor, parent_tags))  # type: ignore[misc]  # its types lack it

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape what would be read as a tag: here it is text."""
        return _TAG.sub(r"\\<", str(super().escape(text, parent_tags)))  # type: ignore[misc]  # its types lack it

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Escape the bar inside a cell: unescaped it would begin another one."""
        return str(super().convert_td(el, text.replace("|", r"\|"), parent_tags))  # type: ignore[misc]  # its types lack it

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Escape the bar inside a header cell."""
        return str(super().convert_th(el, text.replace("|", r"\|"), parent_tags))  # type: ignore[misc]  # its types lack it


def convert_html(text: str) -> ConvertedText:
    """Return the content of `<main>`, else `<article>`, else `<body>`, as Markdown."""
    page = BeautifulSoup(text, "html.parser")
    for element in page.find_all(_is_left_out):
        element.decompose()
    heading = page.title or page.h1
    title = heading.get_text(" ", strip=True) if heading else None
    content = page.find("main") or page.find("article") or page.body or page
    converter = _AnchoredConverter(heading_style="ATX", bullets="-", escape_misc=False, newline_style="BACKSLASH")
    return ConvertedText(str(converter.convert_soup(content)), title or None)


def _is_left_out(element: Tag) -> bool:
    if element.name in _SURROUNDINGS:
        # A header inside the content (of an article, say) carries its title.
        return element.name != "header" or element.find("h1") is None
    style = str(element.get("style", "")).replace(" ", "").lower()
    return element.has_attr("hidden") or bool(_HIDDEN_STYLE.search(style))
