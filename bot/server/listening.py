"""`run`: the server from its first to its last moment.

A signal to stop (SIGTERM, or Ctrl-C) lets what has begun be finished; a second one ends the process at once.
"""

import asyncio
import errno
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from yarl import URL

from bot.errors import ServerUnavailable
from bot.server.connection import HEAD_SECONDS, MOST_CONNECTIONS, Connections
from bot.settings import ServerSettings

CLOSING_SECONDS = 5.0
"""For responses that are still being sent when all else has ended."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_FIRST_FREE_PORT = 1024
_OTHER_PORT = "Stop that program, which may be another Kennisbot, or set server.port to another port."
_OTHER_HOST = "Set server.host to an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all it has."


async def run(
    application: web.Application,
    settings: ServerSettings,
    *,
    on_listening: Callable[[str], None],
    before_close: Callable[[], Awaitable[None]],
) -> None:
    """Serve until a signal comes.

    `on_listening` is given the address when people can open it; `before_close` finishes what has begun, while
    streams still show it. Raises `ServerUnavailable` where the address can't be had.
    """
    with _stop_signal() as stop:
        async with listening(application, settings.host, settings.port) as address:
            on_listening(address)
            await stop.wait()
            await before_close()


@asynccontextmanager
async def listening(
    application: web.Application,
    host: str,
    port: int,
    *,
    most_connections: int = MOST_CONNECTIONS,
    head_seconds: float = HEAD_SECONDS,
) -> AsyncIterator[str]:
    """Serve on `host` and `port` (0: any that is free); yields the address. Raises as `run` does."""
    runner = web.AppRunner(application, shutdown_timeout=CLOSING_SECONDS)
    await runner.setup()
    try:
        assert runner.server is not None  # noqa: S101 - it has been set up
        connections = Connections(runner.server, most=most_connections, head_seconds=head_seconds)
        server = await _bind(connections, host, port)
        try:
            yield str(URL.build(scheme="http", host=host, port=server.sockets[0].getsockname()[1]))
        finally:
            server.close()
    finally:
        await runner.cleanup()


async def _bind(connections: Connections, host: str, port: int) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(connections, host, port)
    except OSError as error:
        raise _explained(error, host, port) from error


def _explained(error: OSError, host: str, port: int) -> ServerUnavailable:
    if isinstance(error, socket.gaierror):
        return ServerUnavailable(f"The name {host} leads to no address", _OTHER_HOST)
    if error.errno == errno.EADDRINUSE:
        return ServerUnavailable(f"Another program listens on port {port} of {host}", _OTHER_PORT)
    if error.errno == errno.EADDRNOTAVAIL:
        return ServerUnavailable(f"{host} is not an address of this machine", _OTHER_HOST)
    if error.errno == errno.EACCES and port < _FIRST_FREE_PORT:
        remedy = f"Set server.port to {_FIRST_FREE_PORT} or more, with a proxy before it where people expect {port}."
        return ServerUnavailable(f"This user may not listen on port {port}", remedy)
    return ServerUnavailable(f"Can't listen on port {port} of {host}: {error.strerror or error}", _OTHER_HOST)


@contextmanager
def _stop_signal() -> Iterator[asyncio.Event]:
    """Yield what is set by the first signal to stop; the next one does what it does by default."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()

    def forget() -> None:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)

    def begin() -> None:
        forget()
        stop.set()

    for number in _SIGNALS:
        loop.add_signal_handler(number, begin)
    try:
        yield stop
    finally:
        forget()
