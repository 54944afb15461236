"""`EventStreams`: events sent to pages as they happen (server-sent events).

A stream is counted, shows now and then that it lives, and is cut where its reader takes nothing: so that nobody
who opens many, or reads none, holds anything for long.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web

from bot.adapters.web.refusals import STREAMS, Refusal

_log = structlog.get_logger(__name__)

MOST_OF_VISITOR = 10
"""Streams of one visitor at a time; a browser opens six to a server."""

HEARTBEAT_SECONDS = 15.0
"""Proxies cut what is silent for a minute, some for half."""

WRITE_SECONDS = 10.0
"""In which a reader has to take what is sent before it is cut off."""

GRACE_SECONDS = 0.2
"""For what has happened just before the server stops."""

_RETRY = b"retry: 1000\n\n"
_HEARTBEAT = b": \n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `data` is anything that JSON can hold."""

    number: int
    kind: str
    data: Any


class EventStreams:
    """All streams of the process."""

    def __init__(
        self, most: int, *, heartbeat_seconds: float = HEARTBEAT_SECONDS, write_seconds: float = WRITE_SECONDS
    ) -> None:
        """`most`: at a time, over all visitors."""
        self._most = most
        self._heartbeat_seconds = heartbeat_seconds
        self._write_seconds = write_seconds
        self._open: Counter[str] = Counter()
        self._stopping = asyncio.Event()

    @property
    def count(self) -> int:
        """How many there are."""
        return self._open.total()

    async def stop(self, _: web.Application | None = None) -> None:
        """End all streams, and any that is opened yet; pages come back by themselves."""
        self._stopping.set()

    async def send(self, request: web.Request, owner: str, events: AsyncGenerator[Event, None]) -> web.StreamResponse:
        """Send events until they end. Raises `Refusal` where there are too many streams."""
        with self._counted(owner):
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
            await response.prepare(request)
            try:
                await self._send_all(response, events)
            except (ConnectionError, TimeoutError):  # the reader is gone, or takes nothing
                if request.transport:
                    request.transport.abort()
            except Exception as error:  # noqa: BLE001 - the response has begun: what is left is to end it
                _log.error("stream_failed", exc_info=error)
            finally:
                await events.aclose()
            return response

    @contextmanager
    def _counted(self, owner: str) -> Iterator[None]:
        if self.count >= self._most or self._open[owner] >= MOST_OF_VISITOR:
            raise Refusal(STREAMS)
        self._open[owner] += 1
        try:
            yield
        finally:
            self._open[owner] -= 1
            self._open += Counter()  # forgets who has none

    async def _send_all(self, response: web.StreamResponse, events: AsyncGenerator[Event, None]) -> None:
        stopping = asyncio.create_task(self._stopping.wait())
        coming = asyncio.create_task(_next(events))
        try:
            await self._write(response, _RETRY)
            while await self._comes(response, coming, stopping) and (event := coming.result()):
                await self._write(response, _encoded(event))
                coming = asyncio.create_task(_next(events))
            await self._ended(response)
        finally:
            stopping.cancel()
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)

    async def _comes(
        self, response: web.StreamResponse, coming: "asyncio.Task[Event | None]", stopping: "asyncio.Task[Any]"
    ) -> bool:
        """Wait for the next event; False where the server stops first."""
        while not coming.done():
            done, _ = await asyncio.wait(
                (coming, stopping), timeout=self._heartbeat_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if stopping.done():
                await asyncio.wait((coming,), timeout=GRACE_SECONDS)
                return coming.done()
            if not done:
                await self._write(response, _HEARTBEAT)
        return True

    async def _write(self, response: web.StreamResponse, data: bytes) -> None:
        async with asyncio.timeout(self._write_seconds):
            await response.write(data)

    async def _ended(self, response: web.StreamResponse) -> None:
        async with asyncio.timeout(self._write_seconds):
            await response.write_eof()


async def _next(events: AsyncGenerator[Event, None]) -> Event | None:
    return await anext(events, None)


def _encoded(event: Event) -> bytes:
    data = json.dumps(event.data, ensure_ascii=False)
    return f"event: {event.kind}\nid: {event.number}\ndata: {data}\n\n".encode()
