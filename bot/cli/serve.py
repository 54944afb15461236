"""`kennisbot serve`: the page, and the index kept in step with its sources."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.terminal import Config, load, output, reporting_errors, run_async, say

if TYPE_CHECKING:
    from bot.settings import Settings

Port = Annotated[
    int | None,
    typer.Option("--port", metavar="PORT", min=0, max=65535, help="Listen here instead of on server.port; 0: any."),
]


def serve(config: Config = None, port: Port = None) -> None:
    """Answer on a web page, and sync the sources on their schedules.

    It runs until Ctrl-C or SIGTERM, lets answers that are being made end, and
    then exits with 0. /health and /ready tell others how it is.

    Example: kennisbot serve, or kennisbot serve --port 8080
    """
    with reporting_errors():
        settings = load(config, {"server": {"port": port}} if port is not None else {})
        from bot.bootstrap import serving

        say(output, ("Loading the models and the index…", "dim"))
        run_async(lambda: serving.serve(settings, lambda address: _show(settings, address)))
        say(output, ("Stopped.", "dim"))


def _show(settings: "Settings", address: str) -> None:
    """Say where the page is, and who may use it; tokens are never shown."""
    public = settings.server.public_url or address
    say(output, "Kennisbot answers at ", (public, "bold cyan"), f" {_who(settings)}")
    if settings.web.admin_token:
        say(output, "What it knows is shown at ", (f"{public.rstrip('/')}/knowledge", "bold cyan"), f" {_ADMIN}")
    say(output, ("Ctrl-C ends it.", "dim"))


_ADMIN = "to whoever has the token web.admin_token."


def _who(settings: "Settings") -> str:
    if settings.web.demo:
        return "as whomever you choose to be of the people file."
    if not settings.web.access_token:
        return "from the documents that every employee may read."
    return "to whoever has the token web.access_token."
