"""A reply as a terminal shows it: Markdown, then numbered sources with links that can be clicked.

Print it uncropped: a link stands whole on a line of its own, however long it is.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.adapters.console.markdown import TerminalMarkdown
from bot.locales import Texts
from bot.models import Citation, Outcome, Reply

_COLORS = {
    Outcome.ANSWERED: "green",
    Outcome.CLOSEST: "yellow",
    Outcome.FAILED: "red",
    Outcome.REFUSED: "red",
}
_SUGGESTED = {Outcome.CLARIFICATION: "may-be-about"}
_PLACES = {"page": "place-page", "slide": "place-slide", "notes": "place-notes"}


def render(reply: Reply, texts: Texts) -> RenderableType:
    """Return everything that a reply has to say, in the order in which it is read."""
    return Group(
        TerminalMarkdown(reply.text),
        *_sources(reply, texts),
        *_nearest(reply, texts),
        *_prompts(reply, texts),
        *_notices(reply),
        Text(),
    )


def _sources(reply: Reply, texts: Texts) -> Iterator[RenderableType]:
    if reply.citations:
        yield _heading(texts.text(reply.language, "sources"), reply.outcome)
    for citation in reply.citations:
        mark = f"[{citation.number}] "
        yield _item(mark, _source(citation, reply.language, texts))
        yield _address(citation.url, indent=len(mark))
        yield from _elsewhere(citation, len(mark), reply.language, texts)


def _elsewhere(citation: Citation, indent: int, language: str, texts: Texts) -> Iterator[RenderableType]:
    """Yield where the newest version of a source is, and where else its text stands."""
    newer = [("superseded", citation.superseded_by)] if citation.superseded_by else []
    for key, link in (*newer, *(("also-at", link) for link in citation.also_at)):
        yield _item(" " * indent, Text(texts.text(language, key, title=link.title), style=Style(link=link.url)))
        yield _address(link.url, indent=indent)


def _nearest(reply: Reply, texts: Texts) -> Iterator[RenderableType]:
    if reply.nearest:
        key = "nearest-not-found" if reply.outcome is Outcome.NOT_FOUND else "nearest-more"
        yield _heading(texts.text(reply.language, key), reply.outcome)
    for link in reply.nearest:
        yield _item("  • ", Text(link.title, style=Style(link=link.url)))
        yield _address(link.url, indent=4)


def _prompts(reply: Reply, texts: Texts) -> Iterator[RenderableType]:
    if reply.suggested_prompts:
        key = "follow-ups" if reply.citations else _SUGGESTED.get(reply.outcome, "suggestions")
        yield _heading(texts.text(reply.language, key), reply.outcome)
    for prompt in reply.suggested_prompts:
        yield _item("  • ", Text(prompt))


def _notices(reply: Reply) -> Iterator[RenderableType]:
    for notice in reply.notices:
        yield Padding(Text(notice, style="italic"), (1, 0, 0, 0))


def _heading(text: str, outcome: Outcome) -> RenderableType:
    return Padding(Text(text, style=Style(bold=True, color=_COLORS.get(outcome))), (1, 0, 0, 0), expand=False)


def _item(mark: str, text: Text) -> Table:
    """Return a line that, where it is broken, goes on under its text."""
    table = Table.grid()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(mark), text)
    return table


def _source(citation: Citation, language: str, texts: Texts) -> Text:
    place = " › ".join(part for part in (citation.title, citation.section, _place(citation, language, texts)) if part)
    source = Text(place, style=Style(bold=True, link=citation.url))
    details = " · ".join(_details(citation, language, texts))
    return Text.assemble(source, (f"  {details}" if details else "", Style(dim=True)))


def _place(citation: Citation, language: str, texts: Texts) -> str:
    kind, _, number = citation.place.partition(" ")
    return texts.text(language, _PLACES[kind], number=number) if number else ""


def _details(citation: Citation, language: str, texts: Texts) -> Iterator[str]:
    if citation.updated_at:
        yield texts.text(language, "updated", date=citation.updated_at)
    if citation.stale_since:
        yield texts.text(language, "stale", date=citation.stale_since[:10])
    if citation.owner:
        yield citation.owner


def _address(url: str, *, indent: int) -> Text:
    """Return a link on one line, to be clicked or copied whole."""
    line = Text(" " * indent, no_wrap=True, overflow="ignore", end="\n")
    return line.append(url, style=Style(dim=True, link=url))
