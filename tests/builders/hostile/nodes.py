"""What is no file of its own size, or no file at all."""

import os
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.builders.hostile.file import HostileFile


def _sparse(size: int, path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _socket(path: Path) -> None:
    # By its short name: the system takes some hundred characters.
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(before)


def _link(target: str, path: Path) -> None:
    path.symlink_to(target)


def _files() -> Iterator[HostileFile]:
    for kind, limit in (("docx", 100), ("pdf", 100), ("txt", 20)):
        yield HostileFile(f"sparse-2-GB.{kind}", partial(_sparse, 2 * 10**9), "failed", f"larger than {limit} MB")
    yield HostileFile("sparse-21-MB.txt", partial(_sparse, 21 * 10**6), "failed", "larger than 20 MB")
    yield HostileFile("pipe.docx", os.mkfifo, "passed over")
    yield HostileFile("socket.txt", _socket, "passed over")
    yield HostileFile("broken-link.pdf", partial(_link, "nowhere.pdf"), "passed over")
    yield HostileFile("folder.pdf", Path.mkdir, "passed over")
    yield HostileFile("passwd.txt", partial(_link, "/etc/passwd"), "passed over")
    yield HostileFile("zeros.txt", partial(_link, "/dev/zero"), "passed over")
    yield HostileFile("circle.md", lambda path: path.symlink_to(path.name), "failed", "can't be reached")


FILES = tuple(_files())
