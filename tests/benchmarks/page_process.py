"""`Watched`: a process of its own whose event loop's lag and whose memory can be asked for."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import memory

_ROOT = Path(__file__).parents[2]
_ENDING = 60
"""Seconds after which a process that does not end has hung."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How late an event loop was, in ms."""

    p50: float
    p99: float
    max: float


class Watched:
    """A module of ours that watches its event loop, see `tests.benchmarks.loop_lag`; `url` is what it said first."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Start it; returns when it watches."""
        command = [sys.executable, "-m", module, *arguments]
        self._module = module
        self._process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
        self.url = str(self._line())

    @property
    def resident(self) -> float:
        """What it holds of the machine's memory now, in MB."""
        return memory.resident(self._process.pid)

    def lag(self) -> Lag:
        """Return how late its loop was since this was last called."""
        self._process.send_signal(signal.SIGUSR1)
        return Lag(**self._line())

    def stop(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate(timeout=_ENDING)

    def _line(self) -> Any:  # noqa: ANN401 - whatever it said
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._module} has ended with {self._process.wait()}")
        return json.loads(line)


@contextmanager
def watched(module: str, *arguments: str) -> Iterator[Watched]:
    """Run a module that watches its event loop, and end it."""
    process = Watched(module, *arguments)
    try:
        yield process
    finally:
        process.stop()
