"""What scheduled syncs do, put into words: a sentence for the administrator's page, an event with facts for the log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from connectors.base import DocumentIssue
from connectors.schedule import written
from pipelines.sync.schedule import FailedRun, FinishedRun, SyncError
from pipelines.sync.synchronizer import SourceReport

_SHOWN = 10
"""Documents that a run tells of by name: with more, its news would push out those of the runs before."""

_INSPECT = "`kennisbot inspect FILE` shows more."
_SAY_WHO = "Say it in front matter, in an access.toml, or in the source's setting `access`."


@dataclass(frozen=True, slots=True)
class Happening:
    """`sentence` is what an administrator reads of it, `event` and `facts` what is logged."""

    level: Literal["info", "warning", "error"]
    sentence: str
    event: str
    facts: Mapping[str, Any]


def finished(run: FinishedRun, unreadable_before: int | None) -> Iterator[Happening]:
    """Yield what a run did, and which documents can't be read since; nothing for one that changed nothing.

    `unreadable_before`: how many documents nobody might read after the run before; None: this is the first one, of
    which it is always told, so that one sees it works.
    """
    report = run.report
    yield from _work(report, is_first=unreadable_before is None)
    yield from _issues(run.new_failures, "document_failed", "can't be read", "failing documents")
    yield from _issues(report.skipped, "document_skipped", "was left out", "documents that were left out")
    yield from _mended(run.mended)
    yield from _left_out(report)
    if report.unreadable and report.unreadable != unreadable_before:
        nobody = f"Nobody may read {_documents(report.unreadable)} of this source, since nothing says who may."
        yield Happening("warning", f"{nobody} {_SAY_WHO}", "documents_without_readers", {"count": report.unreadable})


def failed(run: FailedRun) -> Happening:
    """Return why a source fails, and when it is tried again."""
    later = "less and less often up to once an hour" if run.error.retryable else "as often"
    pause = written(run.pause)
    sentence = f"The sync failed: {_issue_text(run.error)} It is tried again in {pause}, then {later}."
    facts = {"reason": run.error.reason, "remedy": run.error.remedy, "tried_again_in": pause}
    return Happening("error", sentence, "source_failed", facts)


def dropped(documents: int) -> Happening:
    """Return that a source has gone from the settings."""
    were = "was" if documents == 1 else "were"
    sentence = f"This source is no longer configured; {_documents(documents)} of it {were} removed."
    return Happening("info", sentence, "source_dropped", {"documents": documents})


def recovered() -> Happening:
    """Return that a source works again."""
    return Happening("info", "The source can be synced again.", "source_recovered", {})


def noted(note: str) -> Happening:
    """Return a note, as a sentence."""
    return Happening("warning", f"{note[:1].upper()}{note[1:]}.", "sync_noted", {"note": note})


def calibrating() -> Happening:
    """Return that what was read is followed by more work, which takes a while."""
    why = "this sets when the bot may call what it found an answer"
    return Happening("info", f"So much has changed that the index is calibrated anew: {why}.", "calibration_begun", {})


def _work(report: SourceReport, *, is_first: bool) -> Iterator[Happening]:
    facts = {"seconds": round(report.seconds, 1), **_counts(report), "unchanged": report.unchanged}
    if happened := [f"{count:,} {what.replace('_', ' ')}" for what, count in _counts(report).items()]:
        sentence = f"Synced in {report.seconds:.1f} s; documents: {', '.join(happened)}."
        yield Happening("info", sentence, "source_synced", facts)
    elif is_first and not report.error:
        are = "is" if report.unchanged == 1 else "are"
        sentence = f"Synced, nothing new: {_documents(report.unchanged)} {are} up to date."
        yield Happening("info", sentence, "source_synced", facts)


def _counts(report: SourceReport) -> dict[str, int]:
    counts = {
        "added": report.added,
        "changed": report.changed,
        "with_new_metadata": report.metadata_changed,
        "removed": report.deleted,
    }
    return {what: count for what, count in counts.items() if count}


def _issues(issues: Sequence[DocumentIssue], event: str, what: str, others: str) -> Iterator[Happening]:
    for issue in issues[:_SHOWN]:
        facts = {"document": issue.document_id, "reason": issue.reason, "remedy": issue.remedy}
        yield Happening("warning", f"{issue.document_id} {what}: {_issue_text(issue)}", event, facts)
    if (more := len(issues) - _SHOWN) > 0:
        yield Happening("warning", f"There are {more:,} more {others}.", event, {"more": more})


def _issue_text(issue: DocumentIssue | SyncError) -> str:
    return f"{issue.reason}. {issue.remedy}"


def _mended(ids: Sequence[str]) -> Iterator[Happening]:
    if ids:
        sentence = f"No longer failing: {_listed(ids)}."
        yield Happening("info", sentence, "documents_no_longer_failing", {"documents": ids[:_SHOWN], "count": len(ids)})


def _left_out(report: SourceReport) -> Iterator[Happening]:
    if report.left_out:
        parts = [f"{id_} ({_kinds(kinds)})" for id_, kinds in report.left_out.items()]
        count = len(parts)
        seen = f"Parts of {_documents(count)} were left out, such as what readers do not see: {_listed(parts)}."
        yield Happening(
            "warning", f"{seen} {_INSPECT}", "parts_left_out", {"documents": parts[:_SHOWN], "count": count}
        )


def _kinds(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{what}: {count:,}" for what, count in left_out.items())


def _listed(items: Iterable[str]) -> str:
    """Return the first of `items`, with how many there are besides."""
    every = list(items)
    more = len(every) - _SHOWN
    return ", ".join(islice(every, _SHOWN)) + (f" and {more:,} more" if more > 0 else "")


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"
