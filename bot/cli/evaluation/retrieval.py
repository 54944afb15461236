"""`kennisbot eval retrieval`: how high the right documents rank.

The keys of `--json` are told in `bot.cli.evaluation.retrieval_report`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.evaluation import retrieval_report
from bot.cli.evaluation.options import Against, Folder, Save
from bot.cli.evaluation.progress import EvaluationBars
from bot.cli.terminal import AsJson, Config, load, print_json, reporting_errors, run_async

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.document_store.sqlite import SQLiteDocumentStore
    from pipelines.evaluation.dataset import Dataset, Query
    from pipelines.evaluation.retrieval import RetrievalResult
    from pipelines.evaluation.run import Run

Typos = Annotated[
    int | None,
    typer.Option("--typos", metavar="SEED", help="Ask with typing errors; the same number makes the same ones."),
]


def retrieval(  # noqa: PLR0913, PLR0917 - a command's options are its arguments
    folder: Folder,
    config: Config = None,
    as_json: AsJson = False,
    typos: Typos = None,
    against: Against = None,
    save: Save = None,
) -> None:
    """Measure how high the right documents rank.

    FOLDER holds corpus.jsonl, queries.jsonl and qrels/test.tsv. Its documents are
    indexed apart from yours, with your settings; a second run finds them there.

    Example: kennisbot eval retrieval questions --save before.json
    """
    with reporting_errors(as_json=as_json):
        settings = load(config)
        dataset, before = _read(folder, against)
        result, store = _measured(settings, dataset, typos)
        run = _run(settings, result, typos, save)
    if as_json:
        print_json(retrieval_report.as_json(result, store) | retrieval_report.comparison_as_json(before, run))
    else:
        retrieval_report.show(result, store)
        retrieval_report.show_comparison(before, run)


def _read(folder: Path, against: Path | None) -> "tuple[Dataset, Run | None]":
    """Return the data set and the run to compare with: what is wrong with either is told before anything is made."""
    from pipelines.evaluation.dataset import read_dataset
    from pipelines.evaluation.retrieval import KIND
    from pipelines.evaluation.run import read_comparable

    dataset = read_dataset(folder)
    return dataset, read_comparable(against, KIND, dataset) if against else None


def _measured(
    settings: "Settings", dataset: "Dataset", typos: int | None
) -> "tuple[RetrievalResult, SQLiteDocumentStore]":
    from bot import bootstrap
    from pipelines.evaluation.retrieval import measure_retrieval

    async def measure() -> "tuple[RetrievalResult, SQLiteDocumentStore]":
        with EvaluationBars(dataset.name) as bars:
            store = await bootstrap.index_dataset(settings, dataset, bars)
            answering = await bootstrap.warm_answering(settings, store)
            asked = bars.questions("asking")
            return await measure_retrieval(answering, dataset, _questions(dataset, typos), asked), store

    result: tuple[RetrievalResult, SQLiteDocumentStore] = run_async(measure)
    return result


def _questions(dataset: "Dataset", typos: int | None) -> "list[Query]":
    from pipelines.evaluation.typos import with_typos

    return [query if typos is None else with_typos(query, typos) for query in dataset.judged()]


def _run(settings: "Settings", result: "RetrievalResult", typos: int | None, path: Path | None) -> "Run":
    """Return what was measured as it is kept, and keep it at `path`."""
    from bot import bootstrap
    from pipelines.evaluation.run import save

    run = result.as_run({**bootstrap.ranking_settings(settings), "typos": typos})
    if path:
        save(run, path)
    return run
