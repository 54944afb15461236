"""How a run differs from an earlier one, as tables and as JSON, whatever was measured.

Labels are those of the measures, by name in the order in which they are shown; by the first it is told what changed
most.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from bot.cli.evaluation.tables import between, heading, one_line, table
from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.evaluation.run import Change, Comparison, Difference

_SHOWN = 10
_DIGITS = 4


def comparison_as_json(comparison: "Comparison | None", labels: Mapping[str, str]) -> dict[str, Any]:
    """Return what --against adds, nothing without it.

    `against`: `settings` (those that differ, before and now), by measure `questions` (how many have a value in both
    runs), of these `won`, `lost` and `equal`, `difference` (of the means) and `interval`, null where none has; and
    `changed`: the ten questions whose first measure changed most.
    """
    if comparison is None:
        return {}
    measures = {name: _difference_as_json(comparison, name) for name in labels}
    main = next(iter(labels))
    changed = [_change_as_json(change, main) for change in comparison.most_changed(main, _SHOWN)]
    return {"against": {"settings": comparison.settings, **measures, "changed": changed}}


def show_comparison(comparison: "Comparison | None", labels: Mapping[str, str]) -> None:
    """Print how two runs differ, and the questions that changed most; nothing where there is no comparison."""
    if comparison is None:
        return
    heading("Compared with the earlier run")
    _show_settings(comparison)
    output.print(_differences(comparison, labels))
    main, label = next(iter(labels.items()))
    if changed := comparison.most_changed(main, _SHOWN):
        heading(f"Changed most, by {label}")
        output.print(_changes(changed, main))


def _show_settings(comparison: "Comparison") -> None:
    for name, (before, now) in comparison.settings.items():
        say(output, f"  {name}: {_value(before)} → {_value(now)}")


def _differences(comparison: "Comparison", labels: Mapping[str, str]) -> Table:
    """Return a row for each measure that some question has in both runs."""
    made = table("measure", "number", "difference", "95 % interval", "better", "worse", "equal")
    for name, label in labels.items():
        if comparison.having(name):
            made.add_row(label, *_cells(comparison.by(name)))
    return made


def _cells(one: "Difference") -> list[str]:
    counts = (f"{count:,}" for count in (one.won, one.lost, one.equal))
    return [f"{one.questions:,}", f"{one.mean:+.3f}", between(*one.interval, "+.3f"), *counts]


def _changes(changes: "list[Change]", measure: str) -> Table:
    made = table("difference")
    for name in ("before", "now", "question"):
        made.add_column(name)
    for one in changes:
        texts = (Text(one_line(text)) for text in (one.before.found, one.now.found, one.now.text))
        made.add_row(f"{one.difference(measure):+.3f}", *texts)
    return made


def _difference_as_json(comparison: "Comparison", measure: str) -> dict[str, Any] | None:
    if not comparison.having(measure):
        return None
    one = comparison.by(measure)
    counts = {"questions": one.questions, "won": one.won, "lost": one.lost, "equal": one.equal}
    interval = [round(bound, _DIGITS) for bound in one.interval]
    return {**counts, "difference": round(one.mean, _DIGITS), "interval": interval}


def _change_as_json(one: "Change", measure: str) -> dict[str, Any]:
    found = {"before": one.before.found, "now": one.now.found}
    return {"question": one.now.text, **found, "difference": round(one.difference(measure), _DIGITS)}


def _value(value: object) -> str:
    return "none" if value is None else str(value)
