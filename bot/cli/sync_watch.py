"""`kennisbot sync --watch`: syncs by their schedules, and what is printed of them."""

import asyncio
import signal
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from bot.cli.sync_progress import PassingBars
from bot.cli.sync_report import NO_SOURCE, counts, show_issues, show_left_out, show_unreadable
from bot.cli.terminal import WRONG_USAGE, messages, output, run_async, say

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.sync.schedule import FailedRun, FinishedRun, ScheduledSync
    from pipelines.sync.synchronizer import SourceReport

_NOT_NEWS = ("unchanged", "chunks embedded", "failed", "stale", "skipped")
"""Counts that say nothing of what a run did, or whose documents have lines of their own."""


def watch(settings: "Settings") -> None:
    """Sync by the sources' schedules until a signal ends it.

    Raises `PipelineError` where the index can't be opened or was made with other settings.
    """
    from bot import bootstrap

    if not settings.sources:
        say(messages, NO_SOURCE)
        raise typer.Exit(WRONG_USAGE)
    bars = PassingBars()
    _show_plan(settings)
    try:
        run_async(lambda: _run(bootstrap.build_scheduled_sync(settings, bars, RunLines(bars))))
    finally:
        bars.clear()


def _show_plan(settings: "Settings") -> None:
    from connectors.schedule import written

    plans = (
        f"{source.name} every {written(source.sync_every)}{' and on change' if source.sync_on_change else ''}"
        for source in settings.sources
    )
    say(messages, (f"Syncing now, and then {', '.join(plans)}. Ctrl-C ends it.", "dim"))


async def _run(scheduled: "ScheduledSync") -> None:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        for one in signals:
            loop.remove_signal_handler(one)  # so that a second one ends it at once
        say(messages, ("Stopping after the documents in hand.", "dim"))
        scheduled.stop()

    for one in signals:
        loop.add_signal_handler(one, stop)
    await scheduled.run()


class RunLines:
    """What scheduled syncs do, in lines: what was synced on standard output, what went wrong on standard error.

    The first run of a source always has a line, so that one sees it works; the others where they changed something.
    """

    def __init__(self, bars: PassingBars) -> None:
        """`bars`: taken away before a line is printed."""
        self._bars = bars
        self._unreadable: dict[str, int] = {}

    def working(self, source: str, waiting: tuple[str, ...]) -> None:
        """Print nothing: the bars show it."""

    def finished(self, run: "FinishedRun") -> None:
        """Print what a run did, and which documents can't be read since."""
        self._bars.clear()
        report = run.report
        if news := self._news(report):
            say(output, f"{_now()} {report.source}: {news}")
        show_issues("failed", report.source, run.new_failures)
        show_issues("skipped", report.source, report.skipped)
        if run.mended:
            say(messages, f"{report.source}: no longer failing: {', '.join(run.mended)}")
        show_left_out(report)
        if report.unreadable != self._unreadable.get(report.source, 0):
            show_unreadable(report)
        self._unreadable[report.source] = report.unreadable

    def failed(self, run: "FailedRun") -> None:
        """Print why a source fails, and when it is tried again."""
        from connectors.schedule import written

        self._bars.clear()
        why = f"{run.error.reason}. {run.error.remedy}"
        later = "less and less often up to once an hour" if run.error.retryable else "as often"
        again = f"It is tried again in {written(run.pause)}, then {later}."
        say(messages, f"{_now()} ", (f"{run.source} failed: ", "bold red"), f"{why} {again}")

    def dropped(self, source: str, documents: int) -> None:
        """Print that a source has gone from the settings."""
        say(output, f"{_now()} {source}: no longer configured; its {documents:,} documents were removed")

    def recovered(self, source: str) -> None:
        """Print that a source works again."""
        say(messages, f"{_now()} ", (f"{source} works again.", "green"))

    def noted(self, source: str, note: str) -> None:
        """Print a note."""
        self._bars.clear()
        say(messages, f"{_now()} {source}: {note}.")

    def _news(self, report: "SourceReport") -> str:
        happened = [f"{count:,} {name}" for name, count in counts(report).items() if count and name not in _NOT_NEWS]
        if happened:
            return f"{', '.join(happened)} ({report.seconds:.1f} s)"
        is_first = report.source not in self._unreadable and not report.error
        return f"nothing new; {report.unchanged:,} documents are up to date" if is_first else ""


def _now() -> str:
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
