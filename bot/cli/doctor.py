"""`kennisbot doctor`: is everything as it should be, and if not, what to do."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import typer

from bot.cli.terminal import FAILED, WRONG_USAGE, AsJson, Config, load, output, print_json, run_async, say

if TYPE_CHECKING:
    from bot.settings import Settings
    from connectors.base import Connector
    from connectors.cursor_store import CursorStore, Run
    from pipelines.calibration import Calibration
    from pipelines.document_store.sqlite import SQLiteDocumentStore

Status = Literal["ok", "warning", "failed"]

_STYLES = {"ok": "green", "warning": "yellow", "failed": "bold red"}
_LEAST_DISK = 1_000_000_000
_EARLIEST = 2026
_NOTHING_ANSWERED = "every find is called “closest”"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its state, what was seen, and what to do where that is not well."""

    name: str
    status: Status
    seen: str
    remedy: str = ""


def doctor(config: Config = None, as_json: AsJson = False) -> None:
    """Check that all is well, and say how to mend what is not.

    It looks at settings, people, page, disk, clock, embedder, storage, index and
    sources.

    Example: kennisbot doctor
    """
    checks = list(_checks(config))
    if as_json:
        print_json({"checks": [asdict(check) for check in checks]})
    else:
        _show(checks)
    if checks[0].status == "failed":
        raise typer.Exit(WRONG_USAGE)
    if any(check.status == "failed" for check in checks):
        raise typer.Exit(FAILED)


def _show(checks: list[Check]) -> None:
    for check in checks:
        say(output, (f"{check.status:<8} ", _STYLES[check.status]), (check.name, "bold"), f": {check.seen}")
        if check.remedy:
            say(output, " " * 9, (f"→ {check.remedy}", "italic"))


def _checks(config: Config) -> Iterator[Check]:
    from bot.errors import SettingsError
    from bot.settings import find_config

    try:
        settings = load(config)
    except SettingsError as error:
        for problem in error.problems:
            yield Check("settings", "failed", str(problem))
        return
    yield Check("settings", "ok", str(find_config(config)))
    for check in (_people, _page, _disk, _clock, _embedder, _storage, _index, _sources):
        yield from _guarded(check, settings)


def _guarded(check: Callable[["Settings"], Iterator[Check]], settings: "Settings") -> Iterator[Check]:
    """Run a check; what it raises is its finding."""
    from bot.errors import BotError, Unavailable
    from connectors.errors import ConnectorError
    from pipelines.errors import PipelineError

    name = check.__name__.strip("_")
    try:
        yield from check(settings)
    except (ConnectorError, PipelineError, Unavailable) as error:
        yield Check(name, "failed", error.reason, error.remedy)
    except (BotError, OSError) as error:
        yield Check(name, "failed", str(error))


def _people(settings: "Settings") -> Iterator[Check]:
    from bot.directory import PeopleFile

    if settings.people_file is None:
        yield Check("people", "warning", "no people file: nobody is in a group", "Set people_file to use groups.")
        return
    people = PeopleFile(settings.people_file)
    yield Check("people", "ok", f"{len(people.people)} people in {settings.people_file}")


def _page(settings: "Settings") -> Iterator[Check]:
    from bot import bootstrap

    web, server = settings.web, settings.server
    address = server.public_url or f"http://{server.host}:{server.port}"
    if web.person:
        run_async(lambda: bootstrap.check_person(settings, str(web.person)))
    if web.demo:
        remedy = "Set web.demo to false for real use."
        yield Check("page", "warning", f"{address}: every visitor may be anybody", remedy)
    elif web.access_token:
        yield Check("page", "ok", f"{address}: who has the access token is {web.person or 'an employee in no group'}")
    else:
        yield Check("page", "ok", f"{address}: who reaches it from this machine is an employee in no group")


def _storage(settings: "Settings") -> Iterator[Check]:
    from bot import bootstrap
    from bot.storage.database import Database

    path = bootstrap.database_path(settings)
    if not path.exists():
        yield Check("storage", "ok", f"{path} is made by the first `kennisbot serve`")
        return
    database = Database(path)
    run_async(database.open)
    run_async(database.close)
    yield Check("storage", "ok", f"{path.stat().st_size / 1e6:.1f} MB in {path}")


def _disk(settings: "Settings") -> Iterator[Check]:
    import shutil

    folder = settings.data_folder
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    enough = free >= _LEAST_DISK
    remedy = "" if enough else f"Make room, or set data_folder to a larger disk than {existing}."
    yield Check("disk", "ok" if enough else "warning", f"{free / 1e9:.1f} GB free at {folder}", remedy)


def _clock(_: "Settings") -> Iterator[Check]:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    right = now.year >= _EARLIEST
    remedy = "" if right else "Set the clock: dates of documents and signatures of platforms depend on it."
    yield Check("clock", "ok" if right else "failed", f"{now:%Y-%m-%d %H:%M} UTC", remedy)


def _embedder(settings: "Settings") -> Iterator[Check]:
    from time import perf_counter

    from pipelines.embedders import build_embedder

    embedder = build_embedder(settings.embedder)
    embedder.embed_questions(["warm up"])
    started = perf_counter()
    vector = embedder.embed_questions(["How many days of leave do I get?"])[0]
    took = 1000 * (perf_counter() - started)
    yield Check("embedder", "ok", f"{embedder.name}: {len(vector)} dimensions, a question in {took:.0f} ms")


def _index(settings: "Settings") -> Iterator[Check]:
    from bot import bootstrap
    from pipelines.document_store.sqlite import CHUNK_LIMIT

    store = bootstrap.build_store(settings)
    chunks = store.count_documents()
    documents = {source: len(store.document_ids(source)) for source in sorted(store.sources())}
    counts = ", ".join(f"{source} {count:,}" for source, count in documents.items())
    too_many = chunks > CHUNK_LIMIT
    remedy = f"Above {CHUNK_LIMIT:,} chunks questions get slow: use Weaviate." if too_many else ""
    yield Check(
        "index",
        "warning" if too_many else "ok",
        f"{chunks:,} chunks; documents by source: {counts or 'none'}",
        remedy,
    )
    for source in documents:
        if unreadable := store.count_unreadable(source):
            seen = f"nobody may read {unreadable} documents of {source}: nothing says who may"
            yield Check("access", "warning", seen, "Say it in front matter, an access.toml, or the source's `access`.")
        if stale := store.count_stale(source):
            seen = f"{stale} documents of {source} can't be read now and answer from their version of before"
            yield Check("stale", "warning", seen, "See what is said of the source; mend the documents or remove them.")
    yield from _calibration(store, settings.answers.strictness)


def _calibration(store: "SQLiteDocumentStore", strictness: str) -> Iterator[Check]:
    from pipelines.calibrator import CALIBRATED_FOR, changed_since_calibration

    calibration, changed = store.calibration(), changed_since_calibration(store)
    if changed is None:
        seen = f"the index has no thresholds that tell an answer from a near miss: {_NOTHING_ANSWERED}"
        yield Check("calibration", "warning", seen, "Run `kennisbot sync`: it makes them.")
    elif calibration is None:
        seen = f"there is too little text to tell an answer from a near miss: {_NOTHING_ANSWERED}"
        yield Check("calibration", "warning", seen, "Index at least 10 documents and run `kennisbot sync`.")
    elif changed > CALIBRATED_FOR:
        seen = f"{changed:.0%} of the index has changed since its thresholds were made: answers may be called wrongly"
        yield Check("calibration", "warning", seen, "Run `kennisbot sync`: it makes them anew.")
    else:
        yield Check("calibration", "ok", f"{strictness}; {_thresholds(calibration)}")
        yield from _fit(store)


def _fit(store: "SQLiteDocumentStore") -> Iterator[Check]:
    from pipelines.calibrator import CALIBRATED_FOR, changed_since

    if fit := store.fit():
        seen = f"thresholds fitted to {fit.questions:,} questions of {fit.dataset}, on {fit.made_on}"
        changed = changed_since(store, fit.size)
        if changed <= CALIBRATED_FOR:
            yield Check("fit", "ok", seen)
        else:
            remedy = "Make the questions anew with `kennisbot eval new` and run `kennisbot calibrate`."
            # A chunk that is written again counts twice, and a fit may be years old.
            yield Check("fit", "warning", f"{seen}; {min(changed, 1):.0%} of the index has changed since", remedy)


def _thresholds(calibration: "Calibration") -> str:
    from pipelines.calibration import ALL

    languages = ", ".join(sorted(set(calibration.thresholds[ALL]) - {ALL}))
    sources = ", ".join(sorted(set(calibration.thresholds) - {ALL}))
    made = f"thresholds from {calibration.chunks:,} chunks for {languages or 'all languages together'}"
    return f"{made}, and of their own for {sources}" if sources else made


def _sources(settings: "Settings") -> Iterator[Check]:
    from bot import bootstrap

    if not settings.sources:
        yield Check("sources", "warning", "no source is configured", "Add a [[sources]] table to the settings.")
    cursors = bootstrap.build_cursors(settings)
    for connector in bootstrap.build_connectors(settings):
        yield _source(connector, cursors)


def _source(connector: "Connector", cursors: "CursorStore") -> Check:
    from connectors.errors import ConnectorError

    name = f"source {connector.name}"
    try:
        count = len(run_async(connector.list_ids))
        failures = run_async(lambda: cursors.failures(connector.name))
        run = run_async(lambda: cursors.last_run(connector.name))
    except ConnectorError as error:
        return Check(name, "failed", error.reason, error.remedy)
    if run and run.failures:
        return Check(name, "failed", f"{count} documents; {_failed(run)}", run.remedy or "")
    last = f"last synced {_minute(run)}" if run else "not synced yet"
    if failures:
        first = failures[0]
        seen = (
            f"{count} documents; {len(failures)} could not be read, first {first.document_id}: {first.reason}; {last}"
        )
        return Check(name, "warning", seen, first.remedy)
    return Check(name, "ok", f"{count} documents to read; {last}")


def _failed(run: "Run") -> str:
    times = "the last sync failed" if run.failures == 1 else f"the last {run.failures:,} syncs failed"
    return f"{times}, at {_minute(run)}: {run.reason}"


def _minute(run: "Run") -> str:
    return f"{run.finished_at:%Y-%m-%d %H:%M} UTC"
