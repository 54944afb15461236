"""`kennisbot eval new`: a data set of the company's own questions and the documents of its index.

The keys of `--json` are told in `bot.cli.evaluation.new_report.as_json`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.evaluation import new_report
from bot.cli.sync_progress import ProgressBars
from bot.cli.terminal import AsJson, Config, load, print_json, reporting_errors

if TYPE_CHECKING:
    from haystack import Document

    from bot.settings import Settings
    from pipelines.evaluation.own_dataset import OwnDataset

NewFolder = Annotated[Path, typer.Argument(help="Where to write it: a folder that is new or empty.", metavar="FOLDER")]
Questions = Annotated[Path, typer.Option("--questions", metavar="FILE.csv", help="The questions, a row for each.")]


def new(folder: NewFolder, questions: Questions, config: Config = None, as_json: AsJson = False) -> None:
    """Make a data set of your own questions and your index.

    FILE.csv has a column `question` and a column `document`: the document that
    answers it, by its link, path, title or id. Left empty: nothing answers it.
    A column `answer` may say the answer in words.

    All documents of the index are written beside the questions, so that each
    has to be found among them. What is not in the index is told and left out.

    Example: kennisbot eval new measuring --questions questions.csv
    """
    with reporting_errors(as_json=as_json):
        made = _made(load(config), folder, questions)
    if as_json:
        print_json(new_report.as_json(made, folder))
    else:
        new_report.show(made, folder)
    with reporting_errors():  # what was left out, and why, has been told in the form that was asked for
        _refuse_useless(made, questions)


def _made(settings: "Settings", folder: Path, questions: Path) -> "OwnDataset":
    """Return what became of the questions, written to `folder` where anything can be measured with it."""
    from pipelines.evaluation.own_dataset import own_dataset
    from pipelines.evaluation.own_questions import read_questions
    from pipelines.evaluation.writing import check_free, write_dataset

    check_free(folder)
    asked = read_questions(questions)
    made = own_dataset(folder.resolve().name, asked, _documents(settings))
    if made.judged:
        write_dataset(made.dataset, folder)
    return made


def _documents(settings: "Settings") -> "list[Document]":
    from bot import bootstrap
    from pipelines.evaluation.own_dataset import indexed_documents

    overview = bootstrap.build_store(settings).overview
    with ProgressBars() as bars:
        bars.source("reading the index")
        return indexed_documents(overview, lambda done, total: bars.documents(done, total - done))


def _refuse_useless(made: "OwnDataset", questions: Path) -> None:
    """Raise `DatasetError` where no question with a document is left."""
    from pipelines.errors import DatasetError

    if not made.judged:
        problem = "none of its questions has a document that is in the index, so no data set was made"
        raise DatasetError(
            questions, None, problem, "Mend the rows that are listed, or name a document for at least one question."
        )
