"""`kennisbot inspect`: what Kennisbot makes of one file, and who may read it.

The keys of `--json` are told in `bot.cli.inspect_json.as_document`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import FAILED, AsJson, Config, load, output, print_json, reporting_errors, say

if TYPE_CHECKING:
    from bot.cli.inspect_report import FileReport
    from bot.settings import Settings
    from pipelines.inspection import InspectedChunk, InspectedDocument

_SHOWN_LINES = 40  # with the head and the first chunks it fills two screens
_SHOWN_CHARACTERS = 3000
_SHOWN_CHUNKS = 20
_LONGEST_CELL = 200  # wider than terminals are; what does not fit ends in an ellipsis
_LABEL = 10
_COLUMNS: tuple[dict[str, Any], ...] = (
    {"header": "no.", "justify": "right", "no_wrap": True},
    {"header": "section", "no_wrap": True, "max_width": 26},
    {"header": "place", "no_wrap": True},
    {"header": "characters", "justify": "right", "no_wrap": True},
    {"header": "begins with", "no_wrap": True, "ratio": 1},
)
_GLOSSES = {"everyone": "everyone (all employees)", "public": "public (guests and other organisations too)"}
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What a terminal would obey or hide. It is written out: a document may hold it to mislead whoever looks."""


def inspect(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to look at.", exists=True, dir_okay=False, readable=False)
    ],
    config: Config = None,
    full: Annotated[bool, typer.Option("--full", help="Show all of a long text, and all chunks.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what becomes of one file, and who may read it.

    It tells which source reads the file or why none does, the text and the chunks that a sync would index, and
    whether they are in the index. Nothing is changed. Exit code 1: something keeps the file out of the answers.

    Example: kennisbot inspect /srv/handbook/leave.md
    """
    with reporting_errors(as_json=as_json):
        settings, settings_file = _settings(config)
        from bot.cli.inspect_json import as_document
        from bot.cli.inspect_report import make_report

        report = make_report(settings, settings_file, file)
    if as_json:
        print_json(as_document(report))
    else:
        _show(report, full=full)
    if report.problems:
        raise typer.Exit(FAILED)


def _settings(config: Path | None) -> "tuple[Settings, Path | None]":
    """Return the settings and their file; the defaults and None where nobody named one and none is there."""
    from bot.configuration.sources import CONFIG_VARIABLE
    from bot.log import configure
    from bot.settings import Settings, find_config

    file = find_config(config)
    if config or os.environ.get(CONFIG_VARIABLE) or file.exists():
        return load(config), file.absolute()
    defaults = Settings.model_construct()
    configure(defaults.log)
    return defaults, None


def _show(report: "FileReport", *, full: bool) -> None:
    for label, value in _head(report):
        _say_value(label, value)
    _show_access(report)
    for problem in report.problems:
        say(output, ("\nProblem", "bold red"), f"\n  {_visible(problem.reason)}.\n  → {_visible(problem.remedy)}")
    if report.document:
        _show_left_out(report.document)
        _show_text(report.document, full=full)
        _show_chunks(report.document.chunks, full=full)
    _show_parts(report, full=full)


def _head(report: "FileReport") -> Iterator[tuple[str, str | None]]:
    from rich.filesize import decimal

    text, read = report.document, report.body.document
    yield "document", report.full_id or f"{report.path} ({report.why})"
    for other in report.explanations[1:]:
        if other.document:
            readers = ", ".join(sorted(other.document.access)) or "nobody"
            yield "also as", f"{other.source}/{other.document_id} (read by {readers})"
    yield "title", text.title if text else None
    yield "format", report.format
    yield "size", decimal(report.size)
    if text:
        yield "language", f"{text.language} ({'stated' if read and read.language else 'detected'})"
    yield "owner", read.owner if read else None
    yield "changed", report.changed
    yield "link", report.url
    yield "in index", report.in_index


def _say_value(label: str, value: str | None, indent: str = "") -> None:
    if value:
        say(output, (f"{indent}{label:<{_LABEL}}", "bold"), _visible(value))


def _show_access(report: "FileReport") -> None:
    _heading("Who may read it")
    say(output, "  ", _names(report.principals), f"\n  {_visible(report.why)}")
    if report.access_remedy:
        say(output, f"  → {report.access_remedy}")
    if report.outdated_access is not None:
        say(output, "  Until the next sync the index has: ", _names(report.outdated_access))


def _names(principals: Iterable[str]) -> tuple[str, str]:
    names = ", ".join(_GLOSSES.get(name, name) for name in principals)
    return (_visible(names), "") if names else ("nobody", "yellow")


def _show_left_out(document: "InspectedDocument") -> None:
    if document.left_out:
        _heading("Left out, since no reader sees it")
        say(output, f"  {_counts(document.left_out)}")


def _show_text(document: "InspectedDocument", *, full: bool) -> None:
    _heading("Text, as Markdown")
    text = document.markdown
    shown = text if full else "\n".join(text.split("\n")[:_SHOWN_LINES])[:_SHOWN_CHARACTERS]
    say(output, _visible(shown))
    if len(shown) < len(text):
        _note(f"… and {len(text) - len(shown):,} more characters; all of them with --full.")


def _show_chunks(chunks: "tuple[InspectedChunk, ...]", *, full: bool) -> None:
    shown = chunks if full else chunks[:_SHOWN_CHUNKS]
    _heading(f"{len(chunks):,} {'chunk' if len(chunks) == 1 else 'chunks'}")
    output.print(_table(shown))
    if len(shown) < len(chunks):
        _note(f"… and {len(chunks) - len(shown):,} more; all of them with --full.")


def _table(chunks: "Iterable[InspectedChunk]") -> Table:
    """Return a row for each chunk; what none of them has gets no column."""
    rows = [(str(c.number), c.section, c.place, f"{c.characters:,}", " ".join(c.text.split())) for c in chunks]
    used = [index for index, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for index in used:
        table.add_column(**_COLUMNS[index])
    for row in rows:
        table.add_row(*(Text(_visible(row[index][:_LONGEST_CELL])) for index in used))
    return table


def _show_parts(report: "FileReport", *, full: bool) -> None:
    for part in report.parts:
        _heading(f"Inside it: {_visible(part.name)}")
        _say_value("title", part.title, "  ")
        _say_value("language", part.language, "  ")
        _say_value("left out", _counts(part.left_out), "  ")
        _show_chunks(part.chunks, full=full)
    for name, problem in report.unread_parts.items():
        _heading(f"Inside it, and not readable: {_visible(name)}")
        say(output, f"  {_visible(problem.reason)}.\n  → {_visible(problem.remedy)}")


def _counts(left_out: dict[str, int]) -> str:
    return ", ".join(f"{_visible(what)}: {count:,}" for what, count in left_out.items())


def _heading(text: str) -> None:
    say(output, (f"\n{text}", "bold"))


def _note(text: str) -> None:
    say(output, (text, "italic"))


def _visible(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
