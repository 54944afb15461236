"""Where in an HTML mail the older mails of the thread begin."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

_OUTLOOK = ("appendonsend", "divRplyFwdMsg", "mail-editor-reference-message-container", "OLK_SRC_BODY_SECTION")
"""The ids of what Outlook puts before the mail that is answered: all below is that mail."""

_TOP_RULE = re.compile(r"border-top:\s*solid", re.IGNORECASE)
_SENDER = re.compile(r"(?:van|from|von|de)\s?:", re.IGNORECASE)
_QUOTES = "blockquote[type=cite], blockquote.gmail_quote, .yahoo_quoted, .protonmail_quote"
_INTRODUCTIONS = ".gmail_attr, .moz-cite-prefix"
_SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #ms-outlook-mobile-signature"


def newest_html(html: str, is_forward: bool = False) -> str:
    """Return the page without the older mails below it; as it is where it was forwarded or nothing else is there.

    A quote that is answered below it stays, the quotes inside it go. `is_forward`: the subject says that it was
    forwarded.
    """
    if is_forward:
        return html
    page = BeautifulSoup(html, "html.parser")
    older = page.find(_begins_older)
    if isinstance(older, Tag):
        _cut_from(older)
    for signature in page.select(_SIGNATURES):
        signature.extract()
    _cut_quotes(page)
    return str(page) if page.get_text(strip=True) else html


def _begins_older(element: Tag) -> bool:
    """Tell whether it stands before the mail that is answered; Outlook for Windows draws a rule above its headers."""
    if element.get("id") in _OUTLOOK:
        return True
    if element.name != "div" or not _TOP_RULE.search(str(element.get("style", ""))):
        return False
    return bool(_SENDER.match(next(element.stripped_strings, "")))


def _cut_from(element: Tag) -> None:
    """Remove `element` and all that comes after it in the page."""
    for below in list(_after(element)):
        below.extract()
    element.extract()


def _cut_quotes(page: BeautifulSoup) -> None:
    quotes = page.select(_QUOTES)
    known = {id(quote) for quote in quotes}
    nested = [quote for quote in quotes if any(id(outer) in known for outer in quote.parents)]
    for quote in nested:
        quote.extract()
    inner = {id(quote) for quote in nested}
    _cut_last([quote for quote in quotes if id(quote) not in inner])
    _cut_last(page.select(_INTRODUCTIONS))


def _cut_last(elements: list[Tag]) -> None:
    """Remove those of `elements` that no text comes after."""
    for element in reversed(elements):
        if any(_holds_text(below) for below in _after(element)):
            return
        _cut_from(element)  # with the empty lines below it, which the next one need not look through again


def _after(element: Tag) -> Iterator[PageElement]:
    for outer in [element, *element.parents]:
        yield from outer.next_siblings


def _holds_text(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return any(True for _ in node.stripped_strings)
    return type(node) is NavigableString and bool(node.strip())
