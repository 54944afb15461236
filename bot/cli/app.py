"""The command line: every command, each from its own module."""

import typer

from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.doctor import doctor
from bot.cli.evaluation import evaluation
from bot.cli.evaluation.calibrate import calibrate
from bot.cli.init import init
from bot.cli.inspect import inspect
from bot.cli.serve import serve
from bot.cli.sync import sync

app = typer.Typer(
    name="kennisbot",
    help="Answers questions from the company's own documents, with links to the sources.",
    epilog="Begin with: kennisbot init, then sync, then serve, ask or chat. "
    "Each command explains itself, for example: kennisbot ask --help",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

for _command in (init, sync, serve, ask, chat, inspect, doctor, calibrate):
    app.command()(_command)
app.add_typer(evaluation, name="eval")


def main() -> None:
    """Run the command line."""
    app()
