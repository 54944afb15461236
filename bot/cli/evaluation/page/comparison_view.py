"""Two runs held against each other, made ready for the page."""

from collections.abc import Sequence

from pipelines.evaluation.run import Comparison

_SHOWN = 10


def comparison_view(comparison: Comparison | None, measures: Sequence[str]) -> dict[str, object] | None:
    """Return what differs by each of `measures` that any question has in both runs, the first of them the main one.

    None where there is nothing to compare.
    """
    if comparison is None or not (known := [name for name in measures if comparison.having(name)]):
        return None
    changed = comparison.most_changed(known[0], _SHOWN)
    return {
        "settings": comparison.settings,
        "main": known[0],
        "rows": [(name, comparison.by(name)) for name in known],
        "changed": [(change, change.difference(known[0])) for change in changed],
    }
