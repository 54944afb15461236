"""`Connection`: one client, as aiohttp speaks HTTP with it, within our limits.

What aiohttp 3.14 limits itself: a line and a header to 8,190 bytes, headers to 128, pipelined requests to 32, and,
by `keepalive_timeout`, the time from the connection or the last response until a whole head is there.
"""

import asyncio
import socket

from aiohttp import web

from bot.server.headers import secure

HEAD_SECONDS = 15.0
"""In which a request's head has to be there whole, on a new connection and after each response."""

LINGERING_SECONDS = 1.0
"""For which a body that nobody wants is still read, so that the client sees the answer before the end."""

TAKING_SECONDS = 30.0
"""In which a client has to take something of what it is sent; aiohttp would wait for ever."""

MOST_CONNECTIONS = 500
"""At a time; half of the files that a process may have open by default (1,024)."""


class Connection(web.RequestHandler):
    """Answers what is not HTTP in few words, and without showing any of it."""

    __slots__ = ()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; from here on the system ends the connection of who takes nothing."""
        super().connection_made(transport)
        connected: socket.socket = transport.get_extra_info("socket")
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux has it
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(1000 * TAKING_SECONDS))

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = web.HTTPInternalServerError.status_code,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Return the answer to what could not be read, or not be answered otherwise."""
        if request.writer.output_size > 0:
            raise ConnectionError("a part of the response has been sent")
        if status >= web.HTTPInternalServerError.status_code and not isinstance(exc, ConnectionError):
            self.log_exception("A request failed outside of its handler", exc_info=exc)
        response = web.json_response({"error": "invalid", "message": "This is not a request."}, status=status)
        secure(response.headers)
        response.force_close()
        return response


class Refused(asyncio.Protocol):
    """A connection too many: it is closed before it says anything."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Close it."""
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class Connections:
    """Makes a connection for each client, up to a number."""

    def __init__(self, server: web.Server, *, most: int = MOST_CONNECTIONS, head_seconds: float = HEAD_SECONDS) -> None:
        """`server`: what answers their requests."""
        self._server = server
        self._most = most
        self._head_seconds = head_seconds
        self._loop = asyncio.get_running_loop()

    def __call__(self) -> asyncio.Protocol:
        """Return the protocol of a new connection."""
        if len(self._server.connections) >= self._most:
            return Refused()
        return Connection(
            self._server,
            loop=self._loop,
            keepalive_timeout=self._head_seconds,
            lingering_time=LINGERING_SECONDS,
        )
