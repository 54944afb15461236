"""How high the right documents rank, measured on the real way of a question up to its ranking."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.index import EVERYONE, dataset_id
from pipelines.evaluation.metrics import Interval, bootstrap_interval, mean, measured, percentile
from pipelines.evaluation.run import MeasuredQuestion, Run, Setting
from pipelines.query import Ranking

KIND = "retrieval"

_FIRST = 3


class Ranker(Protocol):
    """What measuring needs of `QuestionAnswering`."""

    async def rank(self, question: str, *, principals: Iterable[str]) -> Ranking:
        """Return all chunks that `question` finds, best first."""


@dataclass(frozen=True, slots=True)
class RankedQuestion:
    """A question and what came of it.

    `values`: by measure (`metrics.MEASURES`); `rank`: of the first document that answers it, from 1, None where none
    was found; `milliseconds`: from question to ranking; `found`: the first three documents, best first, by the
    dataset's ids.
    """

    query: Query
    values: Mapping[str, float]
    rank: int | None
    milliseconds: float
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """All questions of a data set that some document answers; at least one."""

    dataset: Dataset
    questions: Sequence[RankedQuestion]

    def mean(self, measure: str) -> float:
        """Return the mean of all questions."""
        return mean(self._values(measure))

    def interval(self, measure: str) -> Interval:
        """Return the 95 % interval of the mean."""
        return bootstrap_interval(self._values(measure))

    def milliseconds(self, share: float) -> float:
        """Return in how many milliseconds this share (0 to 1) of the questions had its ranking."""
        return percentile([question.milliseconds for question in self.questions], share)

    def worst(self, count: int) -> list[RankedQuestion]:
        """Return the questions whose right document ranks lowest below the first place, the lowest first."""
        behind = [question for question in self.questions if question.rank != 1]
        return sorted(behind, key=lambda question: -(question.rank or float("inf")))[:count]

    def as_run(self, settings: Mapping[str, Setting]) -> Run:
        """Return what is kept of it; `settings`: all that may make another ranking."""
        questions = {one.query.id: _kept(one) for one in self.questions}
        name, fingerprint = self.dataset.name, self.dataset.fingerprint()
        return Run(kind=KIND, dataset=name, fingerprint=fingerprint, settings=dict(settings), questions=questions)

    def _values(self, measure: str) -> list[float]:
        return [question.values[measure] for question in self.questions]


async def measure_retrieval(
    ranker: Ranker, dataset: Dataset, queries: Sequence[Query], asked: Callable[[int, int], None]
) -> RetrievalResult:
    """Ask one question after the other, so that each is timed alone, and measure where the right documents rank.

    `ranker`: on the index of `dataset`; `queries`: its judged questions, perhaps in other words; `asked` is told
    how many have been asked, of how many. A document ranks where its best chunk does; all chunks that were found are
    ranked, before any is left out. Raises `PipelineError` where the index can't be searched.
    """
    rankings, times = dict[str, list[str]](), dict[str, float]()
    for number, query in enumerate(queries, start=1):
        ranking = await ranker.rank(query.text, principals=[EVERYONE])
        rankings[query.id] = list(dict.fromkeys(dataset_id(chunk.meta["document_id"]) for chunk in ranking.chunks))
        times[query.id] = ranking.milliseconds
        asked(number, len(queries))
    values = measured(dataset.relevant, rankings)
    ranks = {id_: _rank(ranking, dataset.relevant[id_]) for id_, ranking in rankings.items()}
    found = {id_: tuple(ranking[:_FIRST]) for id_, ranking in rankings.items()}
    return RetrievalResult(
        dataset,
        [
            RankedQuestion(query, values[query.id], ranks[query.id], times[query.id], found[query.id])
            for query in queries
        ],
    )


def _rank(ranking: Sequence[str], relevant: Mapping[str, int]) -> int | None:
    return next((rank for rank, id_ in enumerate(ranking, start=1) if id_ in relevant), None)


def _kept(question: RankedQuestion) -> MeasuredQuestion:
    found = f"rank {question.rank}" if question.rank else "not found"
    return MeasuredQuestion(text=question.query.text, values=dict(question.values), found=found)
