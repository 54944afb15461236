"""`Line`: the way from a browser to a site, which can be cut and mended."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

_BLOCK = 65_536


class Line:
    """Passes connections on to a site until it is cut: then those there are break, and new ones are refused."""

    def __init__(self, url: str) -> None:
        """`url`: the site's. The line runs on a thread of its own, as the tests wait in theirs."""
        self._target = urlsplit(url).port
        self._port = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where a browser finds the site by this line; the same after it was mended."""
        return f"http://127.0.0.1:{self._port}/"

    def mend(self) -> None:
        """Let connections through."""
        self._do(self._listen())

    def cut(self) -> None:
        """Break what is connected, and refuse what comes."""
        self._do(self._close())

    def end(self) -> None:
        """Cut it for good."""
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is None:
            return
        self._server.close()
        connected = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for writer in list(self._open):
            writer.transport.abort()
        self._server = None
        await asyncio.wait(connected) if connected else None

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):  # a line that is cut breaks in all kinds of ways
            beyond, onward = await asyncio.open_connection("127.0.0.1", self._target)
            self._open |= {writer, onward}
            await asyncio.gather(_pass(reader, onward), _pass(beyond, writer))
            self._open -= {writer, onward}


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while block := await reader.read(_BLOCK):
            writer.write(block)
            await writer.drain()
    writer.close()


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """Lay a line to a site, and take it away afterwards."""
    line = Line(url)
    line.mend()
    try:
        yield line
    finally:
        line.end()
