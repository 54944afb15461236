"""`kennisbot eval retrieval`: how high the right documents rank.

The keys of `--json` are told in `bot.cli.evaluation.retrieval_report`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.evaluation import retrieval_report
from bot.cli.evaluation.comparison import comparison_as_json, show_comparison
from bot.cli.evaluation.options import Against, Folder, Report, RunFiles, Save
from bot.cli.evaluation.progress import EvaluationBars
from bot.cli.terminal import AsJson, Config, load, print_json, reporting_errors, run_async

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.document_store.sqlite import SQLiteDocumentStore
    from pipelines.evaluation.dataset import Dataset, Query
    from pipelines.evaluation.retrieval import RetrievalResult
    from pipelines.evaluation.run import Comparison, Run

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
    report: Report = None,
) -> None:
    """Measure how high the right documents rank.

    FOLDER holds corpus.jsonl, queries.jsonl and qrels/test.tsv. Its documents are
    indexed apart from yours, with your settings; a second run finds them there.

    Example: kennisbot eval retrieval questions --save before.json
    To compare: kennisbot eval retrieval questions --against before.json
    To read: kennisbot eval retrieval questions --report report.html
    """
    files = RunFiles(against, save, report)
    with reporting_errors(as_json=as_json):
        settings = load(config)
        dataset, earlier = _read(folder, files)
        result, store = _measured(settings, dataset, typos)
        comparison = files.keep(_run(settings, result, typos), earlier)
        figures = retrieval_report.as_json(result, store) | comparison_as_json(comparison, retrieval_report.LABELS)
        _write_page(report, result, figures, comparison)
    if as_json:
        print_json(figures)
    else:
        retrieval_report.show(result, figures)
        show_comparison(comparison, retrieval_report.LABELS)
        files.tell()


def _read(folder: Path, files: RunFiles) -> "tuple[Dataset, Run | None]":
    """Return the data set and the run to compare with: what is wrong with either is told before anything is made."""
    from pipelines.evaluation.dataset import read_dataset
    from pipelines.evaluation.retrieval import KIND

    dataset = read_dataset(folder)
    return dataset, files.earlier(KIND, dataset, [query.id for query in dataset.judged()])


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


def _run(settings: "Settings", result: "RetrievalResult", typos: int | None) -> "Run":
    from bot import bootstrap

    return result.as_run({**bootstrap.ranking_settings(settings), "typos": typos})


def _write_page(
    path: Path | None, result: "RetrievalResult", figures: dict[str, Any], comparison: "Comparison | None"
) -> None:
    if path:
        from bot.cli.evaluation.page import write_retrieval_page

        write_retrieval_page(path, result, figures, comparison)
