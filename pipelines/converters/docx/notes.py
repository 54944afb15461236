"""Footnotes and endnotes, put behind what they are to: at the end of a document nobody would find them."""

import re

from bs4 import BeautifulSoup, Tag

_NOTE = re.compile(r"(?:foot|end)note-")


def place_notes(page: BeautifulSoup) -> None:
    """Move each note behind the block with its number, as a paragraph "[1] …", and drop links inside the file."""
    notes = {str(item["id"]): item for item in page.find_all("li", id=_NOTE)}
    last: dict[int, Tag] = {}
    for link in page.find_all("a", href=re.compile("^#")):
        note = None if link.decomposed else notes.pop(str(link["href"])[1:], None)
        if note is None:
            continue
        block = next((one for one in [link, *link.parents] if one.parent is page), link)
        paragraph = _paragraph(page, link.get_text(), note)
        last.get(id(block), block).insert_after(paragraph)
        last[id(block)] = paragraph
    for link in page.find_all("a", href=re.compile("^#")):
        link.unwrap()


def _paragraph(page: BeautifulSoup, number: str, note: Tag) -> Tag:
    """Return a note as an element with its number in front, less the arrow back to the text."""
    note.extract()
    for arrow in note.find_all("a", href=re.compile(r"^#(?:foot|end)note-ref-")):
        arrow.decompose()
    note.name = "div"
    first = note.find("p") or note
    first.insert(0, f"{number} ")
    return note
