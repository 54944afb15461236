"""`kennisbot calibrate`: when an answer is called one, by the company's own questions.

The keys of `--json` are told in `bot.cli.evaluation.calibrate_report.as_json`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.evaluation import calibrate_report
from bot.cli.evaluation.asking import Questions, measured
from bot.cli.terminal import AsJson, Config, load, output, print_json, reporting_errors, run_async, say

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.document_store.sqlite import SQLiteDocumentStore
    from pipelines.evaluation.dataset import Dataset
    from pipelines.evaluation.fitting import Fitting, LabelledQuestion

Folder = Annotated[
    Path | None,
    typer.Argument(help="Questions of your own, as `kennisbot eval new` makes them.", metavar="FOLDER"),
]
Reset = Annotated[bool, typer.Option("--reset", help="Go back to the thresholds that the index makes for itself.")]


def calibrate(folder: Folder = None, config: Config = None, reset: Reset = False, as_json: AsJson = False) -> None:
    """Fit when an answer is called one to your own questions.

    FOLDER holds at least 40 questions with the documents that answer them. Each
    is asked with these documents and without them. Thresholds are fitted to one
    half of the questions and tried on the other. If they are worth more there
    than those in force, they are fitted anew to all questions, and in force from
    then on.

    Example: kennisbot calibrate questions
    To undo: kennisbot calibrate --reset
    """
    if (folder is None) is not reset:
        raise typer.BadParameter("Name a folder of questions, or --reset alone.", param_hint="FOLDER")
    with reporting_errors(as_json=as_json):
        settings = load(config)
        fitting = _fitted(settings, folder) if folder else None
        if reset:
            _store(settings).record_fit(None)
    if as_json:
        print_json(calibrate_report.as_json(fitting))
    elif fitting:
        calibrate_report.show(fitting)
    else:
        say(output, "The thresholds that the index makes for itself are in force from now on.")


def _fitted(settings: "Settings", folder: Path) -> "Fitting":
    """Return what came of the fit, which is in force from now on where it won."""
    from pipelines.evaluation.dataset import read_dataset
    from pipelines.evaluation.fitting import fit_on

    dataset, store = read_dataset(folder), _store(settings)
    _require_fit(store, dataset, folder)
    questions = _labelled(settings, dataset)
    _require_certainties(questions, folder)
    fitting = fit_on(questions, store.fit(), _made(store, dataset))
    if fitting.trial.is_won:
        store.record_fit(fitting.fit)
    return fitting


def _store(settings: "Settings") -> "SQLiteDocumentStore":
    from bot import bootstrap

    store: SQLiteDocumentStore = run_async(lambda: bootstrap.open_store(settings))
    return store


def _require_fit(store: "SQLiteDocumentStore", dataset: "Dataset", folder: Path) -> None:
    """Raise `PipelineError` where nothing can be fitted."""
    from pipelines.errors import DatasetError, PipelineError
    from pipelines.evaluation.fitting import FEWEST_QUESTIONS

    if store.calibration() is None:
        remedy = "Index at least 10 documents with `kennisbot sync`; `kennisbot doctor` tells whether that was enough."
        raise PipelineError("the index has no thresholds that a fit could move", remedy)
    if (count := len(dataset.judged())) < FEWEST_QUESTIONS:
        counted = "one question has" if count == 1 else f"{count} questions have"
        problem = f"{counted} a document that answers, and {FEWEST_QUESTIONS} are needed"
        raise DatasetError(folder, None, problem, "Collect more, and make a new folder with `kennisbot eval new`.")


def _require_certainties(questions: "list[LabelledQuestion]", folder: Path) -> None:
    """Raise `DatasetError` where the data set's documents are too few to tell how certain an answer is."""
    from pipelines.errors import DatasetError

    if all(one.answerable is None for one in questions):
        problem = "its documents hold too little text to tell an answer from a near miss"
        raise DatasetError(folder, None, problem, "Make it anew from the whole index with `kennisbot eval new`.")


def _labelled(settings: "Settings", dataset: "Dataset") -> "list[LabelledQuestion]":
    from pipelines.evaluation.fitting import labelled

    careful = settings.answers.model_copy(update={"strictness": "careful"})
    asked = settings.model_copy(update={"answers": careful})
    return labelled(measured(asked, Questions(dataset, leave_out=True), is_fitted=False))


def _made(store: "SQLiteDocumentStore", dataset: "Dataset") -> dict[str, object]:
    from dataclasses import asdict
    from datetime import UTC, datetime

    today = datetime.now(UTC).date().isoformat()
    made = {"dataset": dataset.name, "questions": len(dataset.judged()), "made_on": today}
    return {**made, "size": asdict(store.size())}
