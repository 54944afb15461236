"""What an evaluation of retrieval found, as tables and as JSON."""

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from bot.cli.evaluation.tables import between, heading, one_line, table
from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.document_store.sqlite import SQLiteDocumentStore
    from pipelines.evaluation.retrieval import RankedQuestion, RetrievalResult

LABELS = {"ndcg_at_10": "nDCG@10", "recall_at_5": "recall@5", "mrr_at_10": "MRR@10"}
"""Of the measures, the one that questions are compared by first."""

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

    intervals = {name: [round(bound, _DIGITS) for bound in result.interval(name)] for name in LABELS}
    return {
        "dataset": result.dataset.name,
        "queries": len(result.questions),
        "chunks": store.count_documents(),
        **{name: round(result.mean(name), _DIGITS) for name in LABELS},
        "intervals": intervals,
        "index_seconds": index_seconds(store),
        "query_ms": {name: round(result.milliseconds(share), 1) for name, share in _QUANTILES.items()},
    }


def show(result: "RetrievalResult", figures: dict[str, Any]) -> None:
    """Print the figures (see `as_json`), and below them the questions whose right documents rank lowest."""
    say(output, (figures["dataset"], "bold"), f": {figures['queries']:,} questions, {figures['chunks']:,} chunks")
    output.print(_figures(figures))
    _show_times(figures)
    if worst := result.worst(_SHOWN):
        behind = sum(question.rank != 1 for question in result.questions)
        heading(f"The right document does not come first for {behind:,} of {figures['queries']:,}; the worst")
        output.print(_worst(worst))


def _figures(figures: dict[str, Any]) -> Table:
    made = table("measure", "mean", "95 % interval")
    for name, label in LABELS.items():
        made.add_row(label, f"{figures[name]:.3f}", between(*figures["intervals"][name]))
    return made


def _show_times(figures: dict[str, Any]) -> None:
    seconds, times = figures["index_seconds"], figures["query_ms"]
    made = "in several goes" if seconds is None else f"in {seconds:,.1f} s"
    say(output, f"The index was made {made}. Finding takes {times['p50']} ms a question (p95 {times['p95']} ms).")


def _worst(questions: "list[RankedQuestion]") -> Table:
    made = table("rank")
    made.add_column("question")
    for one in questions:
        made.add_row(str(one.rank or "not found"), Text(one_line(one.query.text)))
    return made
