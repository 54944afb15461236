"""`kennisbot eval answers`: what people would be told, and whether that is right.

The keys of `--json` are told in `bot.cli.evaluation.answers_report.as_json`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.evaluation import answers_report
from bot.cli.evaluation.options import Folder
from bot.cli.evaluation.progress import EvaluationBars
from bot.cli.terminal import AsJson, Config, load, print_json, reporting_errors, run_async

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.evaluation.answers import Asking, GivenAnswer
    from pipelines.evaluation.answers_report import AnswersReport
    from pipelines.evaluation.dataset import Dataset

LeaveOut = Annotated[
    bool, typer.Option("--leave-out", help="Ask each question again without the documents that answer it.")
]
OffTopic = Annotated[
    Path | None,
    typer.Option("--off-topic", metavar="FOLDER", help="Ask the questions of this other data set as well."),
]


def answers(
    folder: Folder,
    config: Config = None,
    leave_out: LeaveOut = False,
    off_topic: OffTopic = None,
    as_json: AsJson = False,
) -> None:
    """Measure how many questions are answered, and how well.

    FOLDER holds corpus.jsonl, queries.jsonl and qrels/test.tsv. An answers.jsonl
    beside them tells more of a question (`query-id`): whether it is `answerable`,
    in which `section` (0: before the first heading), and its `answer` in words.
    --leave-out and --off-topic show how often a question is answered that
    nothing answers.

    Example: kennisbot eval answers questions --leave-out
    """
    with reporting_errors(as_json=as_json):
        report = _measured(load(config), folder, off_topic, leave_out=leave_out)
    if as_json:
        print_json(answers_report.as_json(report))
    else:
        answers_report.show(report)


def _measured(settings: "Settings", folder: Path, off_topic: Path | None, *, leave_out: bool) -> "AnswersReport":
    from pipelines.evaluation.dataset import read_dataset

    dataset = read_dataset(folder)
    other = read_dataset(off_topic) if off_topic else None
    with EvaluationBars(dataset.name) as bars:
        again = _left_out(settings, dataset, bars) if leave_out else []
        report: AnswersReport = run_async(lambda: _asked(settings, dataset, again, other, bars))
    return report


def _left_out(settings: "Settings", dataset: "Dataset", bars: EvaluationBars) -> "list[Asking]":
    from pipelines.embedders import build_embedder
    from pipelines.evaluation.leave_out import left_out

    return left_out(dataset, build_embedder(settings.embedder), bars.questions("comparing questions"))


async def _asked(
    settings: "Settings", dataset: "Dataset", again: "list[Asking]", other: "Dataset | None", bars: EvaluationBars
) -> "AnswersReport":
    from bot import bootstrap
    from pipelines.evaluation.answers import Asking, ask_all
    from pipelines.evaluation.answers_report import AnswersReport

    store = await bootstrap.index_dataset(settings, dataset, bars)
    answering = await bootstrap.warm_answering(settings, store)

    async def ask(label: str, askings: "Sequence[Asking]") -> "list[GivenAnswer]":
        return await ask_all(answering, dataset, askings, bars.questions(label)) if askings else []

    return AnswersReport(
        dataset,
        asked=await ask("asking", [Asking(query) for query in dataset.queries]),
        left_out=await ask("asking without the answers", again),
        off_topic=await ask("asking off-topic", [Asking(query) for query in (other.queries if other else ())]),
    )
