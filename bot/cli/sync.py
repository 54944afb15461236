"""`kennisbot sync`: the index brought in step with its sources."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import sync_report, sync_watch
from bot.cli.sync_progress import ProgressBars
from bot.cli.terminal import (
    FAILED,
    AsJson,
    Config,
    load,
    messages,
    print_json,
    reporting_errors,
    run_async,
    say,
)

if TYPE_CHECKING:
    from bot.settings import Settings
    from pipelines.sync.synchronizer import SourceReport

Watch = Annotated[
    bool,
    typer.Option("--watch", help="Keep running: sync now, at each source's `sync_every`, and when files change."),
]
Prune = Annotated[
    bool,
    typer.Option("--prune", help="Also remove what a source no longer lists where that is more than half of it."),
]


def sync(config: Config = None, as_json: AsJson = False, watch: Watch = False, prune: Prune = False) -> None:
    """Read what is new in the sources, and index it.

    Unchanged documents cost nothing: run it as often as you like.
    With --watch it goes on until Ctrl-C or SIGTERM, and then exits with 0.

    A source that lists nothing, or lost more than half of its documents, is
    reported, and what is missing stays: its folder may not be mounted. Where
    it is gone for good, --prune removes it.

    Example: kennisbot sync, or kennisbot sync --watch
    """
    _refuse(watch=watch, prune=prune, as_json=as_json)
    with reporting_errors(as_json=as_json):
        settings = load(config)
        if watch:
            sync_watch.watch(settings)
            return
        reports, size = _run(settings, prune=prune)
    if as_json:
        print_json({"sources": [sync_report.as_json(report) for report in reports], "chunks": size})
    else:
        sync_report.show(reports)
    _warn_of_size(size)
    if any(report.failed or report.error for report in reports):
        raise typer.Exit(FAILED)


def _refuse(*, watch: bool, prune: bool, as_json: bool) -> None:
    """Refuse what makes no sense together, as wrong usage."""
    if watch and prune:
        why = "it can't go with --prune: removing most of a source is decided once. Run --prune by itself first."
        raise typer.BadParameter(why, param_hint="--watch")
    if watch and as_json:
        why = "it can't go with --json, which is one document at the end. Take one of the two."
        raise typer.BadParameter(why, param_hint="--watch")


def _run(settings: "Settings", *, prune: bool) -> tuple[list["SourceReport"], int]:
    from bot import bootstrap

    with ProgressBars() as progress:
        synchronizer = bootstrap.build_synchronizer(settings, progress)
        reports = run_async(lambda: synchronizer.sync(bootstrap.build_connectors(settings), prune=prune))
    return reports, bootstrap.build_store(settings).count_documents()


def _warn_of_size(chunks: int) -> None:
    from pipelines.document_store.sqlite import CHUNK_LIMIT

    if chunks > CHUNK_LIMIT:
        seen = f"The index has {chunks:,} chunks."
        limit = f" The embedded store is made for up to {CHUNK_LIMIT:,}; questions get slow beyond."
        say(messages, (seen, "yellow"), limit, " Weaviate is the store for more.")
