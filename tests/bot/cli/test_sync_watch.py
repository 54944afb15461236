"""`kennisbot sync --watch`: what it prints, and how it ends."""

import asyncio
import re
import signal
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from bot.cli.sync_progress import PassingBars
from bot.cli.sync_watch import RunLines
from connectors.base import DocumentIssue
from connectors.errors import SourceUnavailable
from pipelines.sync.lock import SyncLock
from pipelines.sync.schedule import FailedRun, FinishedRun, MonotonicClock
from pipelines.sync.synchronizer import SourceReport
from tests.fakes.company import SETTINGS, Company

TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
ERASE_LINE = "\x1b[2K"


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Return what was printed since the last call, on either stream, without the times."""

    def read() -> list[str]:
        printed = capsys.readouterr()
        return [re.sub(f"^{TIME} ", "", line) for line in (printed.out + printed.err).splitlines()]

    return read


@pytest.fixture
def _ended_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send the process a signal as soon as the first run is over."""

    async def wait(_: MonotonicClock, event: asyncio.Event, __: timedelta) -> None:
        signal.raise_signal(request.param)
        await event.wait()

    monkeypatch.setattr(MonotonicClock, "wait", wait)


@pytest.mark.parametrize("_ended_by", [signal.SIGINT, signal.SIGTERM], indirect=True, ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.usefixtures("_ended_by")
def test_signal_ends_it_well(company: Company) -> None:
    """Whoever stops the service finds what was synced, and exit code 0."""
    result = company.run("sync", "--watch")
    assert (result.exit_code, result.exception) == (0, None), result.stderr
    assert re.fullmatch(TIME + r" wiki: 1 added \(\d+\.\d s\)\n", result.stdout)
    assert result.stderr == (
        "Syncing now, and then wiki every 15m and on change. Ctrl-C ends it.\nStopping after the documents in hand.\n"
    )
    assert company.json("sync")["sources"][0]["unchanged"] == 1


@pytest.mark.parametrize("_ended_by", [signal.SIGTERM], indirect=True)
@pytest.mark.usefixtures("_ended_by")
def test_other_sync_is_waited_for(company: Company) -> None:
    """With a note of who is at work."""
    with SyncLock(company.folder / ".kennisbot").held():
        result = company.run("sync", "--watch")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.search(f"{TIME} wiki: this run is skipped: another sync is running: process ", result.stderr)


def test_nothing_to_watch_is_refused(company: Company) -> None:
    """A service without sources is a mistake in its settings."""
    company.write("kennisbot.toml", SETTINGS.split("[[sources]]")[0])
    result = company.run("sync", "--watch")
    assert result.exit_code == 2
    assert "No source is configured. Add a [[sources]] table to the settings." in result.stderr


def test_unusable_index_is_told(company: Company) -> None:
    """At once, with exit code 1."""
    company.write(".kennisbot/index.sqlite", "no index at all" * 100)
    result = company.run("sync", "--watch")
    assert result.exit_code == 1
    assert "index.sqlite" in result.stderr


def test_run_that_changed_nothing_has_no_line(lines: Callable[[], list[str]]) -> None:
    """But for the first one, which shows that it works."""
    events = RunLines(PassingBars())
    events.finished(FinishedRun(SourceReport("wiki", unchanged=1043)))
    assert lines() == ["wiki: nothing new; 1,043 documents are up to date"]
    events.finished(FinishedRun(SourceReport("wiki", unchanged=1043)))
    assert lines() == []


def test_run_that_changed_something_has_a_line_with_counts(lines: Callable[[], list[str]]) -> None:
    """And no more than those that are not 0."""
    report = SourceReport("wiki", added=3, deleted=1200, unchanged=40, chunks_embedded=9, seconds=4.2)
    RunLines(PassingBars()).finished(FinishedRun(report))
    assert lines() == ["wiki: 3 added, 1,200 deleted (4.2 s)"]


def test_document_that_fails_has_a_line_with_what_to_do(lines: Callable[[], list[str]]) -> None:
    """When it begins to fail; and one when it no longer does."""
    issue = DocumentIssue("plan.pdf", "it needs a password", "Save it without one.")
    events = RunLines(PassingBars())
    events.finished(FinishedRun(SourceReport("wiki", changed=1, failed=[issue]), new_failures=(issue,)))
    assert lines()[1:] == ["failed wiki/plan.pdf: it needs a password. Save it without one."]
    events.finished(FinishedRun(SourceReport("wiki", changed=1), mended=("plan.pdf",)))
    assert lines()[1:] == ["wiki: no longer failing: plan.pdf"]


def test_documents_that_nobody_may_read_are_told_when_their_number_changes(lines: Callable[[], list[str]]) -> None:
    """Not every quarter of an hour."""
    events = RunLines(PassingBars())
    told = []
    for unreadable in (2, 2, 3):
        events.finished(FinishedRun(SourceReport("wiki", added=1, unreadable=unreadable)))
        told.append([line for line in lines() if "nobody may read" in line])
    assert [len(lines) for lines in told] == [1, 0, 1]


def test_failing_source_has_a_line_with_what_to_do_and_when_it_is_tried_again(lines: Callable[[], list[str]]) -> None:
    """And one when it works again."""
    events = RunLines(PassingBars())
    error = SourceUnavailable("wiki", "the folder is gone", "Mount it.")
    events.failed(FailedRun("wiki", error, timedelta(minutes=1)))
    events.recovered("wiki")
    again = "It is tried again in 1m, then less and less often up to once an hour."
    assert lines() == [f"wiki failed: the folder is gone. Mount it. {again}", "wiki works again."]


def test_dropped_source_and_notes_have_lines(lines: Callable[[], list[str]]) -> None:
    """So that nothing goes in silence."""
    events = RunLines(PassingBars())
    events.dropped("old", 1200)
    events.noted("wiki", "this run is skipped")
    assert lines() == [
        "old: no longer configured; its 1,200 documents were removed",
        "wiki: this run is skipped.",
    ]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_bars_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch, is_terminal: bool) -> None:
    """On a terminal the lines of the runs stand alone in the end; in a log there is never a bar."""
    screen = StringIO()
    console = Console(file=screen, force_terminal=is_terminal, _environ={"TERM": "xterm", "COLUMNS": "80"})
    monkeypatch.setattr("bot.cli.sync_progress.messages", console)
    bars = PassingBars()
    bars.source("wiki")
    bars.documents(4, 8)
    bars.calibration(16, 200)
    bars.clear()
    _, *shown = screen.getvalue().rsplit("wiki", 1)
    assert [ERASE_LINE in after for after in shown] == [True] * is_terminal
