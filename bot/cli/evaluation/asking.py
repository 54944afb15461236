"""Questions asked the whole way, for the commands that measure answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.cli.evaluation.progress import EvaluationBars
from bot.cli.terminal import run_async

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.evaluation.answers import Asking, GivenAnswer
    from pipelines.evaluation.answers_report import AnswersReport
    from pipelines.evaluation.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: a data set's questions, perhaps without their answers as well, and perhaps another's."""

    dataset: "Dataset"
    leave_out: bool
    other: "Dataset | None" = None

    def ids(self) -> set[str]:
        """Return the ids that they will have in a run."""
        from pipelines.evaluation.answers_report import run_id

        asked = {run_id("asked", query) for query in self.dataset.queries}
        left_out = {run_id("left_out", query) for query in self.dataset.judged() if self.leave_out}
        return asked | left_out | {run_id("off_topic", query) for query in (self.other.queries if self.other else ())}


def measured(settings: "Settings", questions: Questions, *, is_fitted: bool = True) -> "AnswersReport":
    """Return what came back for the questions, with progress bars.

    `is_fitted`: with the thresholds that `kennisbot calibrate` has moved, where it has. Raises `PipelineError`.
    """
    dataset = questions.dataset
    with EvaluationBars(dataset.name) as bars:
        again = _left_out(settings, dataset, bars) if questions.leave_out else []
        report: AnswersReport = run_async(lambda: _asked(settings, questions, again, bars, is_fitted=is_fitted))
    return report


def _left_out(settings: "Settings", dataset: "Dataset", bars: EvaluationBars) -> "list[Asking]":
    from pipelines.embedders import build_embedder
    from pipelines.evaluation.leave_out import left_out

    return left_out(dataset, build_embedder(settings.embedder), bars.questions("comparing questions"))


async def _asked(
    settings: "Settings", questions: Questions, again: "list[Asking]", bars: EvaluationBars, *, is_fitted: bool
) -> "AnswersReport":
    from bot import bootstrap
    from pipelines.evaluation.answers import Asking, ask_all
    from pipelines.evaluation.answers_report import AnswersReport

    dataset, other = questions.dataset, questions.other
    store = await bootstrap.index_dataset(settings, dataset, bars, is_fitted=is_fitted)
    answering = await bootstrap.warm_answering(settings, store)

    async def ask(label: str, askings: "Sequence[Asking]") -> "list[GivenAnswer]":
        return await ask_all(answering, dataset, askings, bars.questions(label)) if askings else []

    return AnswersReport(
        dataset,
        asked=await ask("asking", [Asking(query) for query in dataset.queries]),
        left_out=await ask("asking without the answers", again),
        off_topic=await ask("asking off-topic", [Asking(query) for query in (other.queries if other else ())]),
    )
