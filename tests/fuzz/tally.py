"""What came of the tried files of one format, counted."""

import re
from collections import Counter
from pathlib import Path

from rich.table import Table

from pipelines.converters.conversion import Conversion, File, Refusal
from tests.fuzz.trial import Trial

_COUNTS = ("converted", "refused", "escaped", "broken promise", "crashed", "took too long", "took too much")
_ACCEPTED = ("converted", "refused")
_DETAIL = re.compile(r"'.*?'|\".*?\"|\d[\d,.]*|0x[0-9a-f]+")
_LONGEST_REASON = 90
_LIMITS = (("seconds", "took too long"), ("MB of memory", "took too much"))


class Tally:
    """Counts the trials of one format, and keeps files with findings."""

    def __init__(self, ending: str) -> None:
        self._ending = ending
        self._counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.findings: list[str] = []
        self._seconds = self._megabytes = 0.0

    def add(self, file: File, result: Conversion | Refusal, folder: Path) -> None:
        """Count what came of `file`; write it to `folder` where that should not have come."""
        assert isinstance(result, Refusal)
        outcome = result.outcome if isinstance(result, Trial) else _limit(result.reason)
        self._counts[outcome] += 1
        if isinstance(result, Trial):
            self._seconds = max(self._seconds, result.seconds)
            self._megabytes = max(self._megabytes, result.megabytes)
        if outcome == "refused":
            self.reasons[_kind(result.reason)] += 1
        if outcome not in _ACCEPTED:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file.name).write_bytes(file.data)
            self.findings.append(f"{file.name}: {outcome}: {result.reason[:200]}")

    @staticmethod
    def table(tallies: "list[Tally]") -> Table:
        """Return a row for each format."""
        table = Table("format", "inputs", *_COUNTS, "slowest, s", "peak, MB")
        for tally in tallies:
            counts = (f"{tally._counts[name]:,}" for name in _COUNTS)
            figures = (f"{tally._seconds:.2f}", f"{tally._megabytes:.0f}")
            table.add_row(tally._ending, f"{tally._counts.total():,}", *counts, *figures)
        return table


def _limit(reason: str) -> str:
    """Return which limit a process went beyond: then it gave no answer itself."""
    return next((name for part, name in _LIMITS if part in reason), "crashed")


def _kind(reason: str) -> str:
    """Return a reason less what differs from file to file."""
    return _DETAIL.sub("…", reason)[:_LONGEST_REASON]
