"""Start-up: whole processes, from nothing to the end, against a bare interpreter and a bare import of Haystack."""

import os
import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.clock import alternate, p95
from tests.benchmarks.report import Figure, Section, progress
from tests.benchmarks.sample import Sample

_KENNISBOT = str(Path(sysconfig.get_path("scripts")) / "kennisbot")
_PYTHON, _HAYSTACK = "python -c pass", 'python -c "import haystack"'
_QUESTION = "Hoeveel vakantiedagen kan ik bijkopen?"

_COMMANDS = {
    _PYTHON: [sys.executable, "-c", "pass"],
    _HAYSTACK: [sys.executable, "-c", "import haystack"],
    "kennisbot --help": [_KENNISBOT, "--help"],
    "kennisbot ask": [_KENNISBOT, "ask", _QUESTION],
}
_AGAINST = {"kennisbot --help": _PYTHON, "kennisbot ask": _HAYSTACK, _HAYSTACK: _PYTHON}


def measure(sample: Sample, quick: bool) -> Section:
    """Return the time of each command as a whole process."""
    environment = {
        **os.environ,
        "KENNISBOT_CONFIG": str(sample.config),
        "KENNISBOT_DATA_FOLDER": str(sample.indexed.data_folder),
        "KENNISBOT_LOG__LEVEL": "error",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
    }
    rounds = 3 if quick else 9
    progress(f"starting {len(_COMMANDS)} commands {rounds} times")
    works = {name: partial(_run, command, environment) for name, command in _COMMANDS.items()}
    samples = alternate(works, rounds)
    medians = {name: median(values) for name, values in samples.items()}
    figures = []
    for name, values in samples.items():
        against = _AGAINST.get(name, "")
        ratio = medians[name] / medians[against] if against else None
        figures.append(Figure(name, medians[name], "ms", p95(values), ratio, against))
    return Section("startup", "Start-up, whole processes", figures)


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - commands of our own
