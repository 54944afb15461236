"""What an evaluation found as one HTML file, for who reads it later, prints it or sends it on.

The file stands alone: no script, nothing loaded from anywhere. Whatever documents and questions say in it is escaped.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.evaluation.answers_report import AnswersReport
    from pipelines.evaluation.retrieval import RetrievalResult
    from pipelines.evaluation.run import Comparison


def write_retrieval_page(
    path: Path, result: "RetrievalResult", figures: Mapping[str, Any], comparison: "Comparison | None"
) -> None:
    """Write how high the right documents rank to `path`, in the place of what was there.

    `figures`: what `kennisbot eval retrieval --json` prints; `comparison`: with an earlier run. Raises `DatasetError`
    where the file can't be written.
    """
    from bot.cli.evaluation.page.document import write
    from bot.cli.evaluation.page.retrieval_view import retrieval_view

    write(path, "retrieval.html", retrieval_view(result, figures, comparison))


def write_answers_page(
    path: Path, report: "AnswersReport", figures: Mapping[str, Any], comparison: "Comparison | None"
) -> None:
    """Write how questions were answered to `path`, in the place of what was there.

    `figures`: what `kennisbot eval answers --json` prints; `comparison`: with an earlier run. Raises `DatasetError`
    where the file can't be written.
    """
    from bot.cli.evaluation.page.answers_view import answers_view
    from bot.cli.evaluation.page.document import write

    write(path, "answers.html", answers_view(report, figures, comparison))
