"""`kennisbot init`: a commented settings file to begin with."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal import FAILED, WRONG_USAGE, messages, output, say


def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("kennisbot.toml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write a settings file to begin with, every setting explained.

    Example: kennisbot init
    """
    error = ("Error: ", "bold red")
    if path.exists() and not force:
        say(messages, error, f"{path} is there already. Name another file, or overwrite it with --force.")
        raise typer.Exit(WRONG_USAGE)
    try:
        path.write_text(files("bot.cli").joinpath("kennisbot.toml.template").read_text("utf-8"), "utf-8")
    except OSError as cause:
        say(messages, error, f"{path} can't be written: {cause.strerror}. Choose a folder you may write to.")
        raise typer.Exit(FAILED) from cause
    say(output, f"Wrote {path}. Set the folder with your documents in it, then run: kennisbot sync")
