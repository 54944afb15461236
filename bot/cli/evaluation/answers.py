"""`kennisbot eval answers`: what people would be told, and whether that is right.

The keys of `--json` are told in `bot.cli.evaluation.answers_report.as_json`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.evaluation import answers_report
from bot.cli.evaluation.asking import Questions, measured
from bot.cli.evaluation.comparison import comparison_as_json, show_comparison
from bot.cli.evaluation.options import Against, Folder, Report, RunFiles, Save
from bot.cli.terminal import AsJson, Config, load, print_json, reporting_errors

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.evaluation.answers_report import AnswersReport
    from pipelines.evaluation.run import Comparison, Run

LeaveOut = Annotated[
    bool, typer.Option("--leave-out", help="Ask each question again without the documents that answer it.")
]
OffTopic = Annotated[
    Path | None,
    typer.Option("--off-topic", metavar="FOLDER", help="Ask the questions of this other data set as well."),
]


def answers(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    folder: Folder,
    config: Config = None,
    leave_out: LeaveOut = False,
    off_topic: OffTopic = None,
    as_json: AsJson = False,
    against: Against = None,
    save: Save = None,
    report: Report = None,
) -> None:
    """Measure how many questions are answered, and how well.

    FOLDER holds corpus.jsonl, queries.jsonl and qrels/test.tsv. An answers.jsonl
    beside them tells more of a question (`query-id`): whether it is `answerable`,
    in which `section` (0: before the first heading), and its `answer` in words.
    --leave-out and --off-topic show how often a question is answered that
    nothing answers.

    Example: kennisbot eval answers questions --leave-out --save before.json
    To compare: kennisbot eval answers questions --leave-out --against before.json
    To read: kennisbot eval answers questions --leave-out --report report.html
    """
    files = RunFiles(against, save, report)
    with reporting_errors(as_json=as_json):
        settings = load(config)
        questions, earlier = _read(folder, off_topic, files, leave_out=leave_out)
        result = measured(settings, questions)
        comparison = files.keep(_run(settings, result), earlier)
        figures = answers_report.as_json(result, settings.answers.strictness)
        figures |= comparison_as_json(comparison, answers_report.COMPARED)
        _write_page(report, result, figures, comparison)
    if as_json:
        print_json(figures)
    else:
        answers_report.show(result)
        show_comparison(comparison, answers_report.COMPARED)
        files.tell()


def _read(folder: Path, off_topic: Path | None, files: RunFiles, *, leave_out: bool) -> "tuple[Questions, Run | None]":
    """Return what to ask and the run to compare with: what is wrong with either is told before anything is made."""
    from pipelines.evaluation.answers_report import KIND
    from pipelines.evaluation.dataset import read_dataset

    questions = Questions(read_dataset(folder), leave_out, read_dataset(off_topic) if off_topic else None)
    return questions, files.earlier(KIND, questions.dataset, questions.ids())


def _run(settings: "Settings", result: "AnswersReport") -> "Run":
    from bot import bootstrap

    return result.as_run(bootstrap.answering_settings(settings))


def _write_page(
    path: Path | None, result: "AnswersReport", figures: dict[str, Any], comparison: "Comparison | None"
) -> None:
    if path:
        from bot.cli.evaluation.page import write_answers_page

        write_answers_page(path, result, figures, comparison)
