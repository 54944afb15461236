"""How a sync goes on, as bars."""

from typing import Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from bot.cli.terminal import messages


class ProgressBars:
    """A bar for each source and one for the calibration, on standard error."""

    def __init__(self, *, transient: bool = False) -> None:
        """Show nothing yet; `transient`: leave nothing behind either."""
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=messages,
            transient=transient,
        )
        self._source: TaskID | None = None
        self._calibration: TaskID | None = None

    def __enter__(self) -> Self:
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


class PassingBars:
    """The bars of one run after the other, each taken away when its run is over, so that lines can be printed.

    Nothing is shown but on a terminal: in a log, bars are noise.
    """

    def __init__(self) -> None:
        """Show nothing yet."""
        self._bars: ProgressBars | None = None

    def source(self, name: str) -> None:
        """A run begins: its source is being listed."""
        self.clear()
        if not messages.is_terminal:
            return
        self._bars = ProgressBars(transient=True).__enter__()
        self._bars.source(name)

    def documents(self, done: int, remaining: int | None) -> None:
        """So many of its documents are done."""
        if self._bars:
            self._bars.documents(done, remaining)

    def calibration(self, done: int, total: int) -> None:
        """So many of the calibration's sentences have been embedded."""
        if self._bars:
            self._bars.calibration(done, total)

    def clear(self) -> None:
        """Take the bars away, if there are any."""
        if self._bars:
            self._bars.__exit__()
        self._bars = None
