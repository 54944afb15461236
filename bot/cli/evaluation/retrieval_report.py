"""What an evaluation found, as tables and as JSON."""

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.document_store.sqlite import SQLiteDocumentStore
    from pipelines.evaluation.retrieval import RankedQuestion, RetrievalResult
    from pipelines.evaluation.run import Change, Comparison, Difference, Run

_LABELS = {"ndcg_at_10": "nDCG@10", "recall_at_5": "recall@5", "mrr_at_10": "MRR@10"}
_MAIN = "ndcg_at_10"
_SHOWN = 10
_DIGITS = 4
_QUANTILES = {"p50": 0.5, "p95": 0.95}


def as_json(result: "RetrievalResult", store: "SQLiteDocumentStore") -> dict[str, Any]:
    """Return what `kennisbot eval retrieval --json` prints; the keys are always these.

    `dataset` (its name), `queries` (those that some document answers), `chunks`; the means of `ndcg_at_10`,
    `recall_at_5` and `mrr_at_10`; `intervals`: of each the 95 % interval, low and high; `index_seconds`: what making
    the index took when it was made, null where that was cut short and went on later; `query_ms`: `p50` and `p95` from
    question to ranking.
    """
    from pipelines.evaluation.index import index_seconds

    intervals = {name: [round(bound, _DIGITS) for bound in result.interval(name)] for name in _LABELS}
    return {
        "dataset": result.dataset.name,
        "queries": len(result.questions),
        "chunks": store.count_documents(),
        **{name: round(result.mean(name), _DIGITS) for name in _LABELS},
        "intervals": intervals,
        "index_seconds": index_seconds(store),
        "query_ms": {name: round(result.milliseconds(share), 1) for name, share in _QUANTILES.items()},
    }


def comparison_as_json(before: "Run | None", now: "Run") -> dict[str, Any]:
    """Return what --against adds, nothing without it.

    `against`: `settings` (those that differ, before and now), by measure `won`, `lost`, `equal` (questions),
    `difference` (of the means) and `interval`, and `changed`: the ten questions whose nDCG@10 changed most.
    """
    if before is None:
        return {}
    from pipelines.evaluation.run import compare

    comparison = compare(before, now)
    measures = {name: _difference_as_json(comparison.by(name)) for name in _LABELS}
    changed = [_change_as_json(change) for change in comparison.most_changed(_MAIN, _SHOWN)]
    return {"against": {"settings": comparison.settings, **measures, "changed": changed}}


def show(result: "RetrievalResult", store: "SQLiteDocumentStore") -> None:
    """Print the figures, and below them the questions whose right documents rank lowest."""
    figures = as_json(result, store)
    say(output, (figures["dataset"], "bold"), f": {figures['queries']:,} questions, {figures['chunks']:,} chunks")
    output.print(_figures(figures))
    _show_times(figures)
    if worst := result.worst(_SHOWN):
        behind = sum(question.rank != 1 for question in result.questions)
        _heading(f"The right document does not come first for {behind:,} of {figures['queries']:,}; the worst")
        output.print(_worst(worst))


def show_comparison(before: "Run | None", now: "Run") -> None:
    """Print how two runs differ, and the questions that changed most; nothing where there is no run to compare with."""
    if before is None:
        return
    from pipelines.evaluation.run import compare

    comparison = compare(before, now)
    _heading("Compared with the earlier run")
    _show_settings(comparison)
    output.print(_differences(comparison))
    if changed := comparison.most_changed(_MAIN, _SHOWN):
        _heading(f"Changed most, by {_LABELS[_MAIN]}")
        output.print(_changes(changed))


def _figures(figures: dict[str, Any]) -> Table:
    table = _table("measure", "mean", "95 % interval")
    for name, label in _LABELS.items():
        table.add_row(label, f"{figures[name]:.3f}", _between(*figures["intervals"][name]))
    return table


def _show_times(figures: dict[str, Any]) -> None:
    seconds, times = figures["index_seconds"], figures["query_ms"]
    made = "in several goes" if seconds is None else f"in {seconds:,.1f} s"
    say(output, f"The index was made {made}. Finding takes {times['p50']} ms a question (p95 {times['p95']} ms).")


def _worst(questions: "list[RankedQuestion]") -> Table:
    table = _table("rank")
    table.add_column("question")
    for one in questions:
        table.add_row(str(one.rank or "not found"), Text(one.query.text))
    return table


def _show_settings(comparison: "Comparison") -> None:
    for name, (before, now) in comparison.settings.items():
        say(output, f"  {name}: {_value(before)} → {_value(now)}")


def _differences(comparison: "Comparison") -> Table:
    table = _table("measure", "difference", "95 % interval", "better", "worse", "equal")
    for name, label in _LABELS.items():
        one = comparison.by(name)
        counts = (f"{count:,}" for count in (one.won, one.lost, one.equal))
        table.add_row(label, f"{one.mean:+.3f}", _between(*one.interval, sign="+"), *counts)
    return table


def _changes(changes: "list[Change]") -> Table:
    table = _table("difference", "before", "now")
    table.add_column("question")
    for one in changes:
        table.add_row(f"{one.difference(_MAIN):+.3f}", one.before.found, one.now.found, Text(one.now.text))
    return table


def _difference_as_json(one: "Difference") -> dict[str, Any]:
    interval = [round(bound, _DIGITS) for bound in one.interval]
    counts = {"won": one.won, "lost": one.lost, "equal": one.equal}
    return {**counts, "difference": round(one.mean, _DIGITS), "interval": interval}


def _change_as_json(one: "Change") -> dict[str, Any]:
    found = {"before": one.before.found, "now": one.now.found}
    return {"question": one.now.text, **found, "difference": round(one.difference(_MAIN), _DIGITS)}


def _table(first: str, *numbers: str) -> Table:
    table = Table(first, box=box.SIMPLE_HEAD, pad_edge=False)
    for name in numbers:
        table.add_column(name, justify="right")
    return table


def _between(low: float, high: float, sign: str = "") -> str:
    return f"{low:{sign}.3f} to {high:{sign}.3f}"


def _value(value: object) -> str:
    return "none" if value is None else str(value)


def _heading(text: str) -> None:
    say(output, (f"\n{text}", "bold"))
