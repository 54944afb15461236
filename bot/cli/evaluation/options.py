"""What several of the evaluation's commands take, and the files that they keep what was measured in."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.terminal import output, say

if TYPE_CHECKING:
    from pipelines.evaluation.dataset import Dataset
    from pipelines.evaluation.run import Comparison, Run

Folder = Annotated[Path, typer.Argument(help="Documents and questions, as a BEIR data set has them.", metavar="FOLDER")]
Against = Annotated[
    Path | None, typer.Option("--against", metavar="RUN", help="Compare with this saved run, question by question.")
]
Save = Annotated[Path | None, typer.Option("--save", metavar="RUN", help="Save this run to compare later ones with.")]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="FILE.html", help="Write a page to read in a browser: tables, plots, wrong cases."
    ),
]


@dataclass(frozen=True, slots=True)
class RunFiles:
    """The files that --against, --save and --report name."""

    against: Path | None
    save: Path | None
    report: Path | None

    def earlier(self, kind: str, dataset: "Dataset", asked: Collection[str]) -> "Run | None":
        """Return the run to compare with, None without one; `kind` and `asked`: see `Run` and `read_comparable`.

        To be called before anything is measured: raises `DatasetError` for all that is wrong with any of the files.
        """
        from pipelines.evaluation.run import read_comparable, require_writable

        for path in (self.save, self.report):
            if path:
                require_writable(path)
        return read_comparable(self.against, kind, dataset, asked) if self.against else None

    def keep(self, run: "Run", earlier: "Run | None") -> "Comparison | None":
        """Save `run` where that was asked for, and return how it differs from the earlier one."""
        from pipelines.evaluation.run import compare, save

        if self.save:
            save(run, self.save)
        return compare(earlier, run) if earlier else None

    def tell(self) -> None:
        """Print where the report is, if there is one."""
        if self.report:
            say(output, f"\nThe report is {self.report}.")
