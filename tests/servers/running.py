"""Weaviate and Ollama as processes on free ports of the loopback, in folders that are given."""

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import httpx

from tests.servers import cache

_STARTING = 90
"""Seconds after which a server that does not answer has hung; Weaviate took 9 on two cores."""

_ENDING = 30


class ServerFailed(Exception):
    """A server ended, or did not answer in time; the message holds the end of what it wrote."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: `url` of its HTTP interface, `grpc_port` where it has one, and its process."""

    url: str
    grpc_port: int
    process: subprocess.Popen[bytes]


@contextmanager
def weaviate(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run Weaviate with its data in `folder`; `settings`: further variables of its environment."""
    # A node is looked for at the port after the one of its neighbour: with others Raft knows no peer.
    (http, grpc), (raft, internal), (gossip, data) = (free_neighbours() for _ in range(3))
    environment = {
        "PERSISTENCE_DATA_PATH": str(folder),
        "CLUSTER_HOSTNAME": "node1",
        "CLUSTER_IN_LOCALHOST": "true",
        "CLUSTER_GOSSIP_BIND_PORT": str(gossip),
        "CLUSTER_DATA_BIND_PORT": str(data),
        "RAFT_BOOTSTRAP_EXPECT": "1",
        "RAFT_JOIN": f"node1:{raft}",
        "RAFT_PORT": str(raft),
        "RAFT_INTERNAL_RPC_PORT": str(internal),
        "GRPC_PORT": str(grpc),
        "DISABLE_TELEMETRY": "true",
        "AUTOSCHEMA_ENABLED": "false",
        "DEFAULT_VECTORIZER_MODULE": "none",
        "AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED": "true",
        "GO_PROFILING_DISABLE": "true",
        "LOG_LEVEL": "warning",
        **(settings or {}),
    }
    command = [str(cache.weaviate()), "--host", "127.0.0.1", "--port", str(http), "--scheme", "http"]
    with _running(command, environment, folder / "server.log") as process:
        server = Server(f"http://127.0.0.1:{http}", grpc, process)
        wait_for(server, "/v1/.well-known/ready", folder / "server.log")
        yield server


@contextmanager
def ollama(folder: Path, models: Path | None = None, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run Ollama with its home in `folder`; `models`: where they are kept, None: in the cache."""
    port, _ = free_neighbours()
    environment = {
        "OLLAMA_HOST": f"127.0.0.1:{port}",
        "OLLAMA_MODELS": str(models or cache.models()),
        "HOME": str(folder),
        **(settings or {}),
    }
    with _running([str(cache.ollama()), "serve"], environment, folder / "server.log") as process:
        server = Server(f"http://127.0.0.1:{port}", 0, process)
        wait_for(server, "/api/version", folder / "server.log")
        yield server


def free_neighbours() -> tuple[int, int]:
    """Return two ports, one after the other, that nothing listens on."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port, port + 1


def wait_for(server: Server, path: str, log: Path) -> None:
    """Return when the server answers with success. Raises `ServerFailed` where it ends, or takes too long."""
    until = monotonic() + _STARTING
    while monotonic() < until and server.process.poll() is None:
        try:
            if httpx.get(server.url + path, timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        sleep(0.1)
    raise ServerFailed(f"{server.process.args!r} does not answer:\n{_end_of(log)}")


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    log.parent.mkdir(parents=True, exist_ok=True)
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - what the cache holds
            command, env={**inherited, **environment}, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-20:])
