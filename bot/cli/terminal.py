"""What the commands share: options, exit codes, output, and errors in an administrator's words.

Exit codes: 0 fine, 1 it ran and something failed, 2 wrong usage or settings.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from bot.settings import Settings

FAILED, WRONG_USAGE = 1, 2

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The settings file; else $KENNISBOT_CONFIG, else kennisbot.toml."),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document; progress and logs go to standard error."),
]

output = Console(highlight=False)
"""Results: what a command was asked for."""

messages = Console(stderr=True, highlight=False)
"""Progress, and what went wrong."""


def load(config: Path | None, flags: Mapping[str, Any] | None = None) -> "Settings":
    """Return the settings in force, with the log set up as they say; `flags` is nested like the file.

    Raises `SettingsError` with everything that is wrong with them.
    """
    from bot.log import configure
    from bot.settings import load_settings

    settings = load_settings(config, flags)
    configure(settings.log)
    return settings


def say(console: Console, *parts: str | tuple[str, str]) -> None:
    """Print a line of plain text, or of (text, style), which a terminal may wrap but nothing cuts off.

    A path with brackets stays as it is, which it would not in Rich's markup.
    """
    console.print(Text.assemble(*parts), soft_wrap=True)


def print_json(document: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """Print the one JSON document of a command."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def reporting_errors(*, as_json: bool = False) -> Iterator[None]:
    """Turn the errors that people can do something about into messages and exit codes."""
    from bot.errors import BotError, SettingsError, Unavailable
    from connectors.errors import ConnectorError
    from pipelines.errors import PipelineError

    try:
        yield
    except SettingsError as error:
        problems = [{"where": p.where, "key": p.key, "message": p.message, "remedy": p.hint} for p in error.problems]
        _report("The settings can't be used", [str(p) for p in error.problems], {"problems": problems}, as_json)
        raise typer.Exit(WRONG_USAGE) from error
    except (ConnectorError, PipelineError, Unavailable) as error:
        details = {"reason": error.reason, "remedy": error.remedy}
        _report(error.reason, [error.remedy], details, as_json)
        raise typer.Exit(FAILED) from error
    except BotError as error:
        _report(str(error), [], {"reason": str(error)}, as_json)
        raise typer.Exit(WRONG_USAGE) from error


def _report(title: str, lines: list[str], details: dict[str, Any], as_json: bool) -> None:
    say(messages, ("Error: ", "bold red"), (title, "bold"))
    for line in lines:
        say(messages, f"  {line}")
    if as_json:
        print_json({"error": {"message": title, **details}})


def run_async(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work returns
    """Run a coroutine function to its end."""
    import asyncio

    return asyncio.run(work())
