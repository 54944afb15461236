"""A folder full of hostile and broken files, between good ones, is synced by the real processes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.builders.hostile import HOSTILE
from tests.builders.hostile.file import HostileFile
from tests.fuzz.documents import WRITERS
from tests.fuzz.inputs import SAMPLES
from tests.scenarios.hostile_sync import FIGURES, LIMITS

_ROOT = Path(__file__).parents[2]
_OUTSIDE = Path("/tmp/kennisbot-was-here")  # noqa: S108 - where names in archives and mails lead
_EVERY = 13  # hostile files, then comes a good one
_OWN = 300
"""MB that a converter process takes before any file, its libraries loaded: some 250."""

_GOOD = {
    **{f"leave{ending}": write(SAMPLES[0]) for ending, write in WRITERS.items()},
    **{f"last{ending}": WRITERS[ending](SAMPLES[1]) for ending in (".docx", ".md")},
}
"""What stands between them, by name."""


@dataclass(frozen=True)
class Outcome:
    """What the syncs told, and the folders that they had."""

    told: dict[str, Any]
    figures: dict[str, dict[str, float]]
    folder: Path

    def issues(self, fate: str, sync: int = 0) -> dict[str, tuple[str, str]]:
        """Return reason and remedy by name."""
        found = self.told["syncs"][sync][fate]
        return {_name(issue["document_id"]): (issue["reason"], issue["remedy"]) for issue in found}

    def fate(self, file: HostileFile) -> str:
        """Return what became of a file."""
        for fate in ("failed", "skipped"):
            if file.name in self.issues(fate):
                return fate
        return "indexed" if file.name in map(_name, self.told["indexed"]) else "passed over"


def _name(document_id: str) -> str:
    """Return a document's name less the number that puts the good ones between the others."""
    return re.sub(r"^(docs/)?\d\d\d ", "", document_id)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """Two syncs of all the files, by a program that has a fresh folder for temporary files and stands in another."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("documents", "data", "temporary", "working"):
        (folder / name).mkdir()
    for number, (name, write) in enumerate(_files()):
        write(folder / "documents" / f"{number:03} {name}")
    yield Outcome(_run(folder), _figures(folder / "figures"), folder)
    for path in (folder / "documents").iterdir():  # pytest keeps the folders of three runs, and these take 60 MB
        path.rmdir() if path.is_dir() else path.unlink()


def _files() -> Iterator[tuple[str, Callable[[Path], object]]]:
    good = iter(_GOOD)
    for number, file in enumerate(HOSTILE):
        if number % _EVERY == 0 and (name := next(good, None)):
            yield name, partial(Path.write_bytes, data=_GOOD[name])
        yield file.name, file.write


def _run(folder: Path) -> dict[str, Any]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KENNISBOT_")},
        "TMPDIR": str(folder / "temporary"),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        FIGURES: str(folder / "figures"),
    }
    command = [sys.executable, "-m", "tests.scenarios.hostile_sync", str(folder / "documents"), str(folder / "data")]
    done = subprocess.run(command, capture_output=True, check=True, cwd=folder / "working", env=environment)  # noqa: S603 - our own
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _figures(notes: Path) -> dict[str, dict[str, float]]:
    return {_name(one["name"]): one for one in map(json.loads, notes.read_text("utf-8").splitlines())}


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.name)
def test_each_file_is_reported_as_what_it_is(outcome: Outcome, file: HostileFile) -> None:
    """An administrator reads which file it is, what is wrong with it, and what to do; what does no harm is indexed."""
    reason, _ = {**outcome.issues("skipped"), **outcome.issues("failed")}.get(file.name, ("", ""))
    assert outcome.fate(file) == file.fate, reason
    assert re.search(file.reason, reason)


def test_names_of_exceptions_are_never_all_that_is_said(outcome: Outcome) -> None:
    """A tired administrator reads English, and a class of a library at most in brackets behind it."""
    for name, (reason, remedy) in outcome.issues("failed").items():
        assert not re.match(r"\w*(Error|Exception)\b", reason), name
        assert reason[0].islower(), name
        assert remedy.endswith("."), name


def test_good_documents_are_indexed(outcome: Outcome) -> None:
    """All of them, of every format, although they stand between files that bring processes down."""
    assert _GOOD.keys() <= set(map(_name, outcome.told["indexed"]))


def test_limits_hold(outcome: Outcome) -> None:
    """No process grows beyond its limit, whatever it reads; the program itself stays flat."""
    slowest = sorted(outcome.figures.items(), key=lambda item: -item[1]["seconds"])[:5]
    figures = {**outcome.told["megabytes"], "seconds": [sync["seconds"] for sync in outcome.told["syncs"]]}
    print(figures, [(name, round(one["seconds"], 1)) for name, one in slowest])  # noqa: T201 - for who looks
    assert outcome.told["megabytes"]["processes"] < _OWN + LIMITS.max_megabytes
    assert outcome.told["megabytes"]["own"] < 600


def test_nothing_is_written_but_the_index(outcome: Outcome) -> None:
    """No temporary file stays, no name in an archive leads out of it, and the documents are as they were."""
    assert list((outcome.folder / "temporary").iterdir()) == []
    assert list((outcome.folder / "working").iterdir()) == []
    assert not _OUTSIDE.exists()
    data = {path.name.partition("-")[0] for path in (outcome.folder / "data").iterdir()}
    assert data <= {"index.sqlite", "cursors.sqlite", "sync.lock"}
    names = {f"{number:03} {name}" for number, (name, _) in enumerate(_files())}
    assert {path.name for path in (outcome.folder / "documents").iterdir()} == names


def test_nothing_of_the_machine_gets_into_the_index(outcome: Outcome) -> None:
    """A document that names a file of the server is no way to read it."""
    assert outcome.told["leaks"] == []


def test_second_sync_reports_the_same_and_converts_nothing(outcome: Outcome) -> None:
    """A hostile file costs its time once, and stays in the report until it is mended."""
    assert outcome.told["syncs"][0]["converted"] > len(_GOOD)
    assert outcome.told["syncs"][1]["converted"] == 0
    assert outcome.issues("failed", 1) == outcome.issues("failed")
