"""How good a ranking of documents is, by trec_eval's own measures, and how far chance may have moved a mean."""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

MEASURES = {"ndcg_at_10": nDCG @ 10, "recall_at_5": R @ 5, "mrr_at_10": RR @ 10}
"""By the name that they are printed under: nDCG as in trec_eval and BEIR (linear gain), recall, reciprocal rank."""

Interval = tuple[float, float]

_RESAMPLES = 2000
_SEED = 7
_QUANTILES = (0.025, 0.975)


def measured(
    relevant: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Return each question's values by measure, 0 to 1.

    `relevant`: by the question's id, the ids of documents with how relevant they are; `rankings`: the ids of the
    documents found, best first, each once. Only the questions of `rankings` are measured.
    """
    judged = {id_: dict(relevant[id_]) for id_ in rankings}
    names = {measure: name for name, measure in MEASURES.items()}
    values: dict[str, dict[str, float]] = {id_: {} for id_ in rankings}
    for found in ir_measures.iter_calc(list(names), judged, {id_: _scored(r) for id_, r in rankings.items()}):
        values[found.query_id][names[found.measure]] = float(found.value)
    return values


def mean(values: Sequence[float]) -> float:
    """Return the mean of at least one value."""
    return float(np.mean(values))


def bootstrap_interval(values: Sequence[float]) -> Interval:
    """Return the 95 % interval of the mean of at least one value: percentile bootstrap, 2,000 resamples.

    The same values give the same interval. For two runs of the same questions give the differences (paired).
    """
    numbers = np.asarray(values, np.float64)
    generator = np.random.default_rng(_SEED)
    # One resample after the other: all at once would take 16 bytes for each of 2,000 times the questions.
    means = [numbers[generator.integers(len(numbers), size=len(numbers))].mean() for _ in range(_RESAMPLES)]
    low, high = np.quantile(means, _QUANTILES)
    return float(low), float(high)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share (0 to 1) of at least one value lies."""
    return float(np.quantile(values, share))


def _scored(ranking: Sequence[str]) -> dict[str, float]:
    """Return scores that fall with the rank: trec_eval orders equal scores by the documents' ids."""
    return {id_: float(len(ranking) - rank) for rank, id_ in enumerate(ranking)}
