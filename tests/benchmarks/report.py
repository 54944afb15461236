"""Figures and how they are shown: one table a section on standard output, progress on standard error."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

output = Console(highlight=False)
messages = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured: a median with its unit, and what it is a multiple of.

    `case` is what varies within a section (a size); figures of one name then share a row. `value` is None where
    there is nothing to measure; `name` then says why.
    """

    name: str
    value: float | None
    unit: str = "ms"
    p95: float | None = None
    ratio: float | None = None
    against: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one section, in the order in which they are shown."""

    name: str
    title: str
    figures: Sequence[Figure]

    def records(self) -> list[dict[str, Any]]:
        """Return the figures as plain values."""
        return [asdict(figure) for figure in self.figures]


def progress(what: str) -> None:
    """Say what is being measured."""
    messages.print(f"  {what} …", style="dim")


def machine() -> dict[str, str]:
    """Return what the figures depend on; a load near the number of cores makes them doubtful."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": str(os.cpu_count()),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
    }


def show(section: Section) -> None:
    """Print a section's table."""
    by_case = any(figure.case for figure in section.figures)
    output.print(_by_case(section) if by_case else _plain(section))
    sys.stdout.flush()


def _plain(section: Section) -> Table:
    table = Table("", title=section.title, title_justify="left")
    for heading in ("median", "p95", "ratio"):
        table.add_column(heading, justify="right")
    table.add_column("to")
    for figure in section.figures:
        p95 = _text(figure.p95, figure.unit) if figure.p95 is not None else ""
        table.add_row(figure.name, _text(figure.value, figure.unit), p95, _ratio(figure), figure.against)
    return table


def _by_case(section: Section) -> Table:
    table = Table("", title=section.title, title_justify="left")
    cases = list(dict.fromkeys(figure.case for figure in section.figures))
    for case in cases:
        table.add_column(case, justify="right")
    table.add_column("ratio to")
    rows: dict[str, dict[str, Figure]] = {}
    for figure in section.figures:
        rows.setdefault(figure.name, {})[figure.case] = figure
    for name, row in rows.items():
        cells = [f"{_text(row[c].value, row[c].unit)} {_ratio(row[c])}".rstrip() for c in cases]
        table.add_row(name, *cells, row[cases[0]].against)
    return table


def _text(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def _ratio(figure: Figure) -> str:
    return f"{figure.ratio:.2f} x" if figure.ratio is not None else ""
