"""What a sync did, as a table, as lines, and as JSON."""

from dataclasses import asdict, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import messages, output, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.base import DocumentIssue
    from pipelines.sync.synchronizer import SourceReport

NO_SOURCE = "No source is configured. Add a [[sources]] table to the settings."

_INSPECT = "`kennisbot inspect FILE` shows more."
_SHOWN_ISSUES = 20
_SHOWN_LEFT_OUT = 3
_ALWAYS = ("unchanged", "chunks embedded")


def show(reports: list["SourceReport"]) -> None:
    """Print a table of all sources on standard output, and below it on standard error what needs attention."""
    if not reports:
        say(output, NO_SOURCE)
    else:
        output.print(_table(reports))
    for report in reports:
        if report.error:
            say(messages, (f"{report.source} failed: ", "bold red"), f"{report.error.reason}. {report.error.remedy}")
        show_issues("failed", report.source, report.failed)
        show_issues("skipped", report.source, report.skipped)
        show_stale(report)
        show_left_out(report)
        show_unreadable(report)


def counts(report: "SourceReport") -> dict[str, int]:
    """Return documents by what happened to them, and the chunks embedded."""
    return {
        "added": report.added,
        "changed": report.changed,
        "new metadata": report.metadata_changed,
        "deleted": report.deleted,
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
        "failed": len(report.failed),
        "stale": report.stale,
        "chunks embedded": report.chunks_embedded,
    }


def show_issues(label: str, source: str, issues: "Sequence[DocumentIssue]") -> None:
    """Print a line for each document: its path, the reason and what to do."""
    for issue in issues[:_SHOWN_ISSUES]:
        say(messages, (label, "bold"), f" {source}/{issue.document_id}: {issue.reason}. {issue.remedy}")
    if len(issues) > _SHOWN_ISSUES:
        say(messages, f"… and {len(issues) - _SHOWN_ISSUES} more {label}; all of them with --json.")


def show_stale(report: "SourceReport") -> None:
    """Say how many documents answer from their version of before."""
    if report.stale:
        seen = f"{report.source}: {_documents(report.stale)} could not be read now"
        answers = "answers" if report.stale == 1 else "answer"
        say(messages, (seen, "yellow"), f" and still {answers} from the version before. Mend or remove what failed.")


def show_left_out(report: "SourceReport") -> None:
    """Say which documents hold something that was left out, the first of them with what."""
    if not report.left_out:
        return
    first = ", ".join(f"{id_} ({_listed(what)})" for id_, what in islice(report.left_out.items(), _SHOWN_LEFT_OUT))
    more = ", …" if len(report.left_out) > _SHOWN_LEFT_OUT else ""
    seen = f"{report.source}: parts of {_documents(len(report.left_out))} were left out"
    say(messages, (seen, "yellow"), f", such as what readers do not see: {first}{more}. {_INSPECT}")


def show_unreadable(report: "SourceReport") -> None:
    """Say how many documents nobody may read."""
    if report.unreadable:
        seen = f"{report.source}: nobody may read {report.unreadable} of its documents,"
        remedy = "Say it in front matter, in an access.toml, or in the source's setting `access`."
        say(messages, (seen, "yellow"), f" since nothing says who may. {remedy}")


def as_json(report: "SourceReport") -> dict[str, Any]:
    """Return all of a report in what JSON can hold."""
    error = report.error
    return {
        **asdict(replace(report, error=None, skipped=[], failed=[])),
        "skipped": [_issue_as_json(issue) for issue in report.skipped],
        "failed": [_issue_as_json(issue) for issue in report.failed],
        "error": {"reason": error.reason, "remedy": error.remedy} if error else None,
    }


def _issue_as_json(issue: "DocumentIssue") -> dict[str, str]:
    return {"document_id": issue.document_id, "reason": issue.reason, "remedy": issue.remedy}


def _table(reports: list["SourceReport"]) -> Table:
    """Return a row for each source; a count that is 0 for all of them has no column, so that 80 columns do."""
    rows = [counts(report) for report in reports]
    names = [name for name in rows[0] if name in _ALWAYS or any(row[name] for row in rows)]
    table = Table("source", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in (*names, "seconds"):
        table.add_column(name, justify="right")
    for report, row in zip(reports, rows, strict=True):
        table.add_row(Text(report.source), *(f"{row[name]:,}" for name in names), f"{report.seconds:.1f}")
    return table


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"


def _listed(left_out: dict[str, int]) -> str:
    return ", ".join(f"{what}: {count:,}" for what, count in left_out.items())
