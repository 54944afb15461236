"""What the page of an evaluation of retrieval shows, made ready for its template."""

from collections.abc import Mapping
from typing import Any

from bot.cli.evaluation.page import plots, words
from bot.cli.evaluation.page.comparison_view import comparison_view
from bot.cli.evaluation.page.shares import Share, share_of_those
from bot.cli.evaluation.page.times import times_view
from pipelines.evaluation.judgement import right_documents
from pipelines.evaluation.metrics import MEASURES
from pipelines.evaluation.retrieval import RankedQuestion, RetrievalResult
from pipelines.evaluation.run import Comparison

_FEW = 5


def retrieval_view(
    result: RetrievalResult, figures: Mapping[str, Any], comparison: Comparison | None
) -> dict[str, object]:
    """Return the values of the template `retrieval.html`."""
    return {
        "dataset": result.dataset.name,
        "figures": figures,
        "first": _within(result, 1),
        "early": _within(result, _FEW),
        "missing": sum(question.rank is None for question in result.questions),
        "ranks": plots.counted(plots.rank_counts(question.rank for question in result.questions)),
        "times_view": times_view([question.milliseconds for question in result.questions]),
        "behind": _behind(result),
        "comparison": comparison_view(comparison, tuple(MEASURES)),
    }


def _within(result: RetrievalResult, places: int) -> Share:
    """Return the share of the questions whose right document stands among the first so many."""
    return share_of_those(question.rank is not None and question.rank <= places for question in result.questions)


def _behind(result: RetrievalResult) -> list[dict[str, object]]:
    """Return the questions whose right document is not first, the lowest first."""
    known = words.titles(result.dataset)
    return [_case(result, question, known) for question in result.worst(len(result.questions))]


def _case(result: RetrievalResult, question: RankedQuestion, known: Mapping[str, str]) -> dict[str, object]:
    right = sorted(right_documents(result.dataset, question.query))
    titles = words.named(question.found, known)
    return {
        "question": question.query.text,
        "id": question.query.id,
        "rank": question.rank,
        "right": words.named(right, known),
        "found": [(title, id_ in right) for id_, title in zip(question.found, titles, strict=True)],
    }
