"""HTML: the page's own content, without what surrounds it and without what is hidden."""

from collections import Counter

from bs4 import BeautifulSoup, Tag

from pipelines.converters import ConvertedText
from pipelines.converters.html.rendering import render
from pipelines.converters.html.visibility import remove_comments, remove_hidden

_SURROUNDINGS = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "svg")


def convert_html(text: str) -> ConvertedText:
    """Return the content of `<main>`, else `<article>`, else `<body>`, as Markdown.

    A stylesheet is not read: what only it hides stays.
    """
    page = BeautifulSoup(text, "html.parser")
    has_stylesheet = page.find(_is_stylesheet) is not None
    for element in page.find_all(_is_left_out):
        element.decompose()
    left_out = Counter({"comments": remove_comments(page)}) + remove_hidden(page, judges_white=not has_stylesheet)
    title = next((found for element in (page.title, page.h1) if element and (found := _text(element))), None)
    content = page.find("main") or page.find("article") or page.body or page
    return ConvertedText(render(content), title, dict(left_out))


def _is_stylesheet(element: Tag) -> bool:
    return element.name == "style" or (element.name == "link" and "stylesheet" in (element.get("rel") or ()))


def _is_left_out(element: Tag) -> bool:
    # A header inside the content (of an article, say) carries its title.
    return element.name in _SURROUNDINGS and (element.name != "header" or element.find("h1") is None)


def _text(element: Tag) -> str:
    return element.get_text(" ", strip=True)
