"""`Site`: a served page of its own for a test; and the folders that it is served from."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.scenarios.demo_corpus import DEMO

ADMIN_TOKEN = "demo-administrator"
_KENNISBOT = Path(sys.executable).with_name("kennisbot")
_SHUTDOWN = 60
"""Seconds after which a server that does not end has hung."""


class Pace:
    """The gates before the pieces of one answer; see `tests.browser.server`."""

    def __init__(self, gates: Path) -> None:
        self._folder = gates / uuid.uuid4().hex[:6]
        self._folder.mkdir(parents=True)

    def of(self, question: str) -> str:
        """Return a question whose answer waits for these gates."""
        return f"{question} paced-{self._folder.name}"

    def open(self, *pieces: int) -> None:
        """Let these pieces of the answer be shown."""
        for piece in pieces:
            (self._folder / str(piece)).touch()

    def open_all(self) -> None:
        (self._folder / "all").touch()


class Site:
    """`kennisbot serve` in a process of its own, on the settings file of a folder."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._environment = {**_clean(), **(environment or {})}
        self._process: subprocess.Popen[str] | None = None
        self._paces: list[Pace] = []
        self.url = ""

    def pace(self) -> Pace:
        """Return gates for one question; what still waits for them at the end goes on then."""
        self._paces.append(Pace(self.folder / "gates"))
        return self._paces[-1]

    def start(self) -> None:
        """Serve, at the same address as before if there was one; returns when the page can be opened."""
        port = self.url.rpartition(":")[2] or "0"
        command = [sys.executable, "-m", "tests.browser.server", str(self.folder / "gates"), "serve", "--port", port]
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own
                [*command, "--config", str(self.folder / "kennisbot.toml")],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("Kennisbot answers at "):
                self.url = line.split()[3]
                return
        raise RuntimeError(f"it does not serve: {(self.folder / 'log').read_text()}")

    def stop(self) -> int:
        """End it as an administrator does, and return its exit code."""
        for pace in self._paces:
            pace.open_all()
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(number)
        self._process.communicate(timeout=_SHUTDOWN)
        code, self._process = self._process.returncode, None
        return code


@contextmanager
def serving(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Site]:
    """Serve what the settings file of a folder names."""
    site = Site(folder, environment)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def copied(company: Path, folder: Path) -> Path:
    """Return a copy of a company with its index, for a test to change."""
    return Path(shutil.copytree(company, folder, symlinks=True))


def indexed_sample(folder: Path) -> Path:
    """Return a folder with the sample, and its index beside it."""
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns(".kennisbot"))
    sync(folder)
    return folder


def sync(folder: Path) -> int:
    """Sync what the settings file of a folder names; return the exit code."""
    command = [str(_KENNISBOT), "sync", "--config", str(folder / "kennisbot.toml")]
    return subprocess.run(command, env=_clean(), capture_output=True, check=False).returncode  # noqa: S603 - our own


def _clean() -> dict[str, str]:
    """Return the environment without what another Kennisbot was told by it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KENNISBOT_")}
