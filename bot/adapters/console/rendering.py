"""A reply as a terminal shows it: Markdown, then numbered sources with links that can be clicked."""

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.locales import Texts
from bot.models import Citation, Link, Outcome, Reply

_MARKS = {Outcome.ANSWERED: "green", Outcome.CLOSEST: "yellow", Outcome.FAILED: "red", Outcome.REFUSED: "red"}


def render(reply: Reply, texts: Texts) -> RenderableType:
    """Return everything that a reply has to say, in the order in which it is read."""
    parts: list[RenderableType] = [Markdown(reply.text)]
    if reply.citations:
        parts += [_heading(texts.text(reply.language, "sources"), reply.outcome), _sources(reply, texts)]
    if reply.nearest:
        key = "nearest-not-found" if reply.outcome is Outcome.NOT_FOUND else "nearest-more"
        parts += [_heading(texts.text(reply.language, key), reply.outcome), *map(_link, reply.nearest)]
    if reply.suggested_prompts:
        parts += [_heading(texts.text(reply.language, "suggestions"), reply.outcome)]
        parts += [Text(f"  • {prompt}") for prompt in reply.suggested_prompts]
    return Group(*parts, *(Text(notice, style="italic") for notice in reply.notices), Text())


def _heading(text: str, outcome: Outcome) -> RenderableType:
    return Padding(Text(text, style=Style(bold=True, color=_MARKS.get(outcome))), (1, 0, 0, 0))


def _sources(reply: Reply, texts: Texts) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for citation in reply.citations:
        table.add_row(f"[{citation.number}]".replace("[", r"\["), _source(citation, reply.language, texts))
    return table


def _source(citation: Citation, language: str, texts: Texts) -> Text:
    place = " › ".join(part for part in (citation.title, citation.section) if part)
    source = Text(place, style=Style(bold=True, link=citation.url))
    known = [texts.text(language, "updated", date=citation.updated_at)] if citation.updated_at else []
    details = " · ".join([*known, *([citation.owner] if citation.owner else [])])
    source.append(f"  {details}\n" if details else "\n", style=Style(dim=True, bold=False))
    return source.append(citation.url, style=Style(dim=True, bold=False, link=citation.url))


def _link(link: Link) -> Text:
    return Text("  • ").append(link.title, style=Style(link=link.url)).append(f"  {link.url}", style=Style(dim=True, link=link.url))
