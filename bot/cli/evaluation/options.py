"""What several of the evaluation's commands take."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(help="Documents and questions, as a BEIR data set has them.", metavar="FOLDER")]
Against = Annotated[
    Path | None, typer.Option("--against", metavar="RUN", help="Compare with this saved run, question by question.")
]
Save = Annotated[Path | None, typer.Option("--save", metavar="RUN", help="Save this run to compare later ones with.")]
