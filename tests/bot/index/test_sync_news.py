"""What an administrator reads of the syncs, and what is logged of them."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.index import sync_news
from bot.index.sync_news import Happening
from connectors.base import DocumentIssue
from connectors.errors import SourceShrank, SourceUnavailable
from pipelines.sync.schedule import FailedRun, FinishedRun
from pipelines.sync.synchronizer import SourceReport

PASSWORD = DocumentIssue("plan.pdf", "it needs a password", "Save it without one.")


def told(run: FinishedRun, unreadable_before: int | None = 0) -> list[Happening]:
    return list(sync_news.finished(run, unreadable_before))


def lines(happened: Sequence[Happening]) -> list[str]:
    return [f"{one.level}: {one.sentence}" for one in happened]


def test_run_that_changed_something_is_told_with_counts() -> None:
    """Those that are not 0; the log has them as figures."""
    report = SourceReport(
        "wiki", added=3, deleted=1200, metadata_changed=1, unchanged=40, chunks_embedded=9, seconds=4.24
    )
    (synced,) = told(FinishedRun(report))
    assert lines([synced]) == ["info: Synced in 4.2 s; documents: 3 added, 1 with new metadata, 1,200 removed."]
    facts = {"seconds": 4.2, "added": 3, "with_new_metadata": 1, "removed": 1200, "unchanged": 40}
    assert (synced.event, synced.facts) == ("source_synced", facts)


@pytest.mark.parametrize(
    ("unchanged", "sentence"),
    [
        (1043, "info: Synced, nothing new: 1,043 documents are up to date."),
        (1, "info: Synced, nothing new: 1 document is up to date."),
        (0, "info: Synced, nothing new: 0 documents are up to date."),
    ],
)
def test_first_run_is_always_told(unchanged: int, sentence: str) -> None:
    """So that one sees it works; later ones that change nothing are not."""
    run = FinishedRun(SourceReport("wiki", unchanged=unchanged))
    assert lines(told(run, unreadable_before=None)) == [sentence]
    assert told(run) == []


def test_first_run_that_fails_is_not_told_as_done() -> None:
    """Why it failed is told by itself."""
    report = SourceReport("wiki", unchanged=4, error=SourceUnavailable("wiki", "it is down", "Start it."))
    assert told(FinishedRun(report), unreadable_before=None) == []


def test_document_that_can_not_be_read_is_told_with_what_to_do() -> None:
    """When it begins to fail, and when it no longer does; also one that was left out."""
    empty = DocumentIssue("empty.md", "it holds no text", "Fill it or exclude it.")
    report = SourceReport("wiki", failed=[PASSWORD], skipped=[empty])
    failed, skipped = told(FinishedRun(report, new_failures=(PASSWORD,)))
    assert lines([failed, skipped]) == [
        "warning: plan.pdf can't be read: it needs a password. Save it without one.",
        "warning: empty.md was left out: it holds no text. Fill it or exclude it.",
    ]
    facts = {"document": "plan.pdf", "reason": "it needs a password", "remedy": "Save it without one."}
    assert (failed.event, failed.facts, skipped.event) == ("document_failed", facts, "document_skipped")
    assert told(FinishedRun(report))[0].event == "document_skipped"
    mended = told(FinishedRun(SourceReport("wiki"), mended=("plan.pdf", "notes.txt")))
    assert lines(mended) == ["info: No longer failing: plan.pdf, notes.txt."]


def test_many_documents_do_not_push_all_else_out() -> None:
    """The first ones are told of, and how many there are besides."""
    issues = tuple(DocumentIssue(f"{number:04}.pdf", "it is broken", "Mend it.") for number in range(1211))
    report = SourceReport("wiki", left_out={issue.document_id: {"hidden text": 1} for issue in issues})
    happened = told(FinishedRun(report, new_failures=issues, mended=tuple(issue.document_id for issue in issues)))
    assert len(happened) == 13
    assert happened[10].sentence == "There are 1,201 more failing documents."
    assert happened[11].sentence.endswith("0008.pdf, 0009.pdf and 1,201 more.")
    assert happened[12].sentence.count("hidden text") == 10
    assert happened[12].facts["count"] == 1211
    assert len(happened[12].facts["documents"]) == 10


def test_parts_that_were_left_out_are_told() -> None:
    """What and where, and where one can see more."""
    (parts,) = told(FinishedRun(SourceReport("wiki", left_out={"wiki/a.docx": {"hidden text": 1200, "comments": 2}})))
    assert lines([parts]) == [
        "warning: Parts of 1 document were left out, such as what readers do not see: wiki/a.docx "
        "(hidden text: 1,200, comments: 2). `kennisbot inspect FILE` shows more."
    ]


def test_documents_that_nobody_may_read_are_told_when_their_number_changes() -> None:
    """Not every quarter of an hour, and not once all have readers."""
    report = SourceReport("wiki", unreadable=2)
    numbers = [len(told(FinishedRun(report), before)) for before in (0, 2, 3)]
    assert numbers == [1, 0, 1]
    assert told(FinishedRun(SourceReport("wiki")), 2) == []
    assert lines(told(FinishedRun(report))) == [
        "warning: Nobody may read 2 documents of this source, since nothing says who may. Say it in front matter, in "
        "an access.toml, or in the source's setting `access`."
    ]


@pytest.mark.parametrize(
    ("kind", "pause", "again"),
    [
        (SourceUnavailable, 1, "It is tried again in 1m, then less and less often up to once an hour."),
        (SourceShrank, 15, "It is tried again in 15m, then as often."),
    ],
)
def test_failing_source_is_told_with_what_to_do(kind: type[SourceUnavailable], pause: int, again: str) -> None:
    """And when it is tried again."""
    failed = sync_news.failed(
        FailedRun("wiki", kind("wiki", "the folder is gone", "Mount it."), timedelta(minutes=pause))
    )
    assert lines([failed]) == [f"error: The sync failed: the folder is gone. Mount it. {again}"]
    assert failed.facts == {"reason": "the folder is gone", "remedy": "Mount it.", "tried_again_in": f"{pause}m"}


def test_all_else_is_told_in_sentences() -> None:
    """A source that works again, one that has gone from the settings, and notes."""
    note = "the sync took 20m, and the next was due after 15m: that one is skipped"
    happened = [sync_news.recovered(), sync_news.dropped(1), sync_news.dropped(1200), sync_news.noted(note)]
    assert lines([*happened, sync_news.calibrating()]) == [
        "info: The source can be synced again.",
        "info: This source is no longer configured; 1 document of it was removed.",
        "info: This source is no longer configured; 1,200 documents of it were removed.",
        "warning: The sync took 20m, and the next was due after 15m: that one is skipped.",
        "info: So much has changed that the index is calibrated anew: this sets when the bot may call what it found an "
        "answer.",
    ]
