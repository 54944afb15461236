"""`kennisbot eval`: how good retrieval and answers are, on questions whose documents are known."""

import typer

from bot.cli.evaluation.answers import answers
from bot.cli.evaluation.new import new
from bot.cli.evaluation.retrieval import retrieval

evaluation = typer.Typer(
    help="Measure retrieval and answers on questions whose documents are known. "
    "Example: kennisbot eval retrieval questions",
    no_args_is_help=True,
)
for _command in (new, retrieval, answers):
    evaluation.command()(_command)
