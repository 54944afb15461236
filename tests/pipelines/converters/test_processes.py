"""A file that brings its converter down is reported; no other file notices."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.converters.conversion import Conversion, File, Refusal
from pipelines.converters.processes import ConverterProcesses
from pipelines.settings import ConversionSettings
from tests.fakes.hostile_work import work

_SETTINGS = ConversionSettings(max_seconds=1, max_megabytes=200, processes=2)


@pytest.fixture(scope="module")
def processes() -> Iterator[ConverterProcesses]:
    yield ConverterProcesses(_SETTINGS, ("en",), work)
    gc.collect()


def _file(text: str) -> File:
    return File("a.txt", "text/plain", text.encode())


def _outcomes(results: list[Conversion | Refusal]) -> list[str]:
    return [one.reason if isinstance(one, Refusal) else one.markdown.partition(" in ")[0] for one in results]


def test_results_come_in_the_order_of_the_files(processes: ConverterProcesses) -> None:
    """Also where the first takes longest; and more than one process works."""
    results = processes.convert([_file("wait 0.3"), *(_file(f"say {n}") for n in range(20))])
    assert _outcomes(results) == ["0.3", *map(str, range(20))]
    pids = {one.markdown.rpartition(" ")[2] for one in results if isinstance(one, Conversion)}
    assert len(pids) == 2
    assert str(os.getpid()) not in pids


@pytest.mark.parametrize(
    ("hostile", "reason", "remedy"),
    [
        ("hang /dev/null", "converting it took more than 1 seconds", "raise the setting conversion.max_seconds"),
        ("fill 400000000", "converting it took more than 200 MB of memory", "conversion.max_megabytes"),
        ("crash", "its converter crashed (exit status -6), perhaps at its limit of 200 MB", "save it again"),
    ],
)
def test_file_that_goes_too_far_is_refused_alone(
    processes: ConverterProcesses, hostile: str, reason: str, remedy: str
) -> None:
    """The reason says which limit it was and the remedy which setting; its neighbours are converted."""
    results = processes.convert([_file("say a"), _file(hostile), _file("say b"), _file("say c")])
    assert _outcomes(results) == ["a", reason, "b", "c"]
    assert isinstance(results[1], Refusal)
    assert remedy in results[1].remedy
    assert _outcomes(processes.convert([_file("say d"), _file("say e")])) == ["d", "e"]


def test_memory_just_under_the_limit_is_allowed(processes: ConverterProcesses) -> None:
    """What the process needs for itself is not counted."""
    (result,) = processes.convert([_file("fill 100000000")])
    assert isinstance(result, Conversion)


def test_processes_end_when_their_program_is_killed(tmp_path: Path) -> None:
    """Nobody is left behind that still works on a file, whatever killed the program."""
    note = tmp_path / "pid"
    program = f"""
if __name__ == "__main__":
    from pipelines.converters.conversion import File
    from pipelines.converters.processes import ConverterProcesses
    from pipelines.settings import ConversionSettings
    from tests.fakes.hostile_work import work
    converter = ConverterProcesses(ConversionSettings(processes=1), ("en",), work)
    converter.convert([File("a.txt", "text/plain", b"hang {note}")])
"""
    script = tmp_path / "program.py"
    script.write_text(program)
    with subprocess.Popen([sys.executable, script], env={**os.environ, "PYTHONPATH": str(Path.cwd())}) as parent:  # noqa: S603 - our own
        while not (note.exists() and note.read_text()):
            assert parent.poll() is None
            time.sleep(0.01)
        parent.kill()
    _wait_for_the_end_of(int(note.read_text()))


def _wait_for_the_end_of(pid: int) -> None:
    for _ in range(1000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
            return
        time.sleep(0.01)
    pytest.fail(f"process {pid} lives on")
