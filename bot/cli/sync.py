"""`kennisbot sync`: the index brought in step with its sources."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import typer
from rich import box
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import (
    FAILED,
    AsJson,
    Config,
    load,
    messages,
    output,
    print_json,
    reporting_errors,
    run_async,
    say,
)

if TYPE_CHECKING:
    from pipelines.sync import SourceReport

_SHOWN_ISSUES = 20
_ALWAYS = ("unchanged", "chunks embedded")


def sync(config: Config = None, as_json: AsJson = False) -> None:
    """Read what is new in the sources, and index it.

    Unchanged documents cost nothing. Run it as often as you like, for instance every five minutes by cron.

    Example: kennisbot sync
    """
    with reporting_errors(as_json=as_json):
        reports, size = _run(config)
    if as_json:
        print_json({"sources": [_as_json(report) for report in reports], "chunks": size})
    else:
        _show(reports)
    _warn_of_size(size)
    if any(report.failed or report.error for report in reports):
        raise typer.Exit(FAILED)


def _run(config: Config) -> tuple[list["SourceReport"], int]:
    settings = load(config)
    from bot import bootstrap

    with ProgressBars() as progress:
        synchronizer = bootstrap.build_synchronizer(settings, progress)
        reports = run_async(lambda: synchronizer.sync(bootstrap.build_connectors(settings)))
    return reports, bootstrap.build_store(settings).count_documents()


class ProgressBars:
    """A bar for each source and one for the calibration, on standard error."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=messages,
        )
        self._source: TaskID | None = None
        self._calibration: TaskID | None = None

    def __enter__(self) -> "ProgressBars":
        """Begin to draw."""
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bars as they are, but for those of sources in which there was nothing to do."""
        for task in self._bars.tasks:
            self._bars.update(task.id, visible=task.total is not None)
        self._bars.stop()

    def source(self, name: str) -> None:
        """A source is being listed."""
        self._source = self._bars.add_task(name, total=None, rate="")

    def documents(self, done: int, remaining: int | None) -> None:
        """So many of its documents are done."""
        if self._source is not None:
            self._advance(self._source, done, None if remaining is None else done + remaining, "documents")

    def calibration(self, done: int, total: int) -> None:
        """So many of the calibration's sentences have been embedded."""
        if self._calibration is None:
            self._calibration = self._bars.add_task("calibrating", total=total, rate="")
        self._advance(self._calibration, done, total, "sentences")

    def _advance(self, task: TaskID, done: int, total: int | None, unit: str) -> None:
        self._bars.update(task, completed=done, total=total)
        speed = self._bars.tasks[task].speed
        self._bars.update(task, rate=f"{speed:.1f} {unit}/s" if speed else "")


def _show(reports: list["SourceReport"]) -> None:
    if not reports:
        say(output, "No source is configured. Add a [[sources]] table to the settings.")
    else:
        output.print(_table(reports))
    for report in reports:
        _show_issues(report)


def _table(reports: list["SourceReport"]) -> Table:
    """Return a row for each source; a count that is 0 for all of them has no column, so that 80 columns do."""
    counts = [_counts(report) for report in reports]
    names = [name for name in counts[0] if name in _ALWAYS or any(row[name] for row in counts)]
    table = Table("source", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in (*names, "seconds"):
        table.add_column(name, justify="right")
    for report, row in zip(reports, counts, strict=True):
        table.add_row(Text(report.source), *(f"{row[name]:,}" for name in names), f"{report.seconds:.1f}")
    return table


def _counts(report: "SourceReport") -> dict[str, int]:
    """Return documents by what happened to them, and the chunks embedded."""
    return {
        "added": report.added,
        "changed": report.changed,
        "new metadata": report.metadata_changed,
        "deleted": report.deleted,
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
        "failed": len(report.failed),
        "chunks embedded": report.chunks_embedded,
    }


def _show_issues(report: "SourceReport") -> None:
    if report.error:
        reason = f"{report.error.reason}. {report.error.remedy}"
        say(messages, (f"{report.source} failed: ", "bold red"), reason)
    for label, issues in (("failed", report.failed), ("skipped", report.skipped)):
        for issue in issues[:_SHOWN_ISSUES]:
            what = f" {report.source}/{issue.document_id}: {issue.reason}. {issue.remedy}"
            say(messages, (label, "bold"), what)
        if len(issues) > _SHOWN_ISSUES:
            say(messages, f"… and {len(issues) - _SHOWN_ISSUES} more {label}; all of them with --json.")
    if report.unreadable:
        seen = f"{report.source}: nobody may read {report.unreadable} of its documents,"
        remedy = "Say it in front matter, in an access.toml, or in the source's setting `access`."
        say(messages, (seen, "yellow"), f" since nothing says who may. {remedy}")


def _as_json(report: "SourceReport") -> dict[str, Any]:
    error = report.error
    return {
        **asdict(replace(report, error=None)),
        "error": {"reason": error.reason, "remedy": error.remedy} if error else None,
    }


def _warn_of_size(chunks: int) -> None:
    from pipelines.document_store.sqlite import CHUNK_LIMIT

    if chunks > CHUNK_LIMIT:
        seen = f"The index has {chunks:,} chunks."
        limit = f" The embedded store is made for up to {CHUNK_LIMIT:,}; questions get slow beyond."
        say(messages, (seen, "yellow"), limit, " Weaviate is the store for more.")
