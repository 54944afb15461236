"""`kennisbot init`: a commented settings file to begin with."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.app import FAILED, WRONG_USAGE, messages, output


def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = Path("kennisbot.toml"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Write a commented kennisbot.toml: every setting with its default and what it does."""
    if path.exists() and not force:
        messages.print(f"[bold red]Error:[/] {path} is there already. Name another file, or overwrite it with --force.")
        raise typer.Exit(WRONG_USAGE)
    try:
        path.write_text(files("bot.cli").joinpath("kennisbot.toml.template").read_text("utf-8"), "utf-8")
    except OSError as error:
        messages.print(f"[bold red]Error:[/] {path} can't be written: {error.strerror}. Choose a folder you may write to.")
        raise typer.Exit(FAILED) from error
    output.print(f"Wrote {path}. Set the folder with your documents in it, then run: kennisbot sync")
