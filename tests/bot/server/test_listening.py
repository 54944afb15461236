"""The server from its first to its last moment, as an administrator meets it."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiohttp import ClientSession, web

from bot.errors import ServerUnavailable
from bot.locales import Texts
from bot.server.application import build_application
from bot.server.failures import Failures
from bot.server.listening import listening, run
from bot.settings import ServerSettings

HERE = ServerSettings(port=0)


def application() -> web.Application:
    return build_application(Failures(Texts(("en",))), {})


@contextmanager
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


async def refusal(host: str, port: int) -> ServerUnavailable:
    with pytest.raises(ServerUnavailable) as error:
        async with listening(application(), host, port):
            pass
    return error.value


async def test_port_that_is_taken() -> None:
    """It is said which, and what to do."""
    with taken() as port:
        error = await refusal("127.0.0.1", port)
    assert error.reason == f"Another program listens on port {port} of 127.0.0.1"
    assert "server.port" in error.remedy


async def test_address_of_another_machine() -> None:
    """192.0.2.1 is nobody's, by RFC 5737."""
    error = await refusal("192.0.2.1", 0)
    assert error.reason == "192.0.2.1 is not an address of this machine"
    assert "server.host" in error.remedy


async def test_name_that_leads_nowhere() -> None:
    """A name under .invalid never does, by RFC 6761."""
    error = await refusal("nowhere.invalid", 0)
    assert error.reason == "The name nowhere.invalid leads to no address"


@pytest.mark.parametrize(("port", "reason"), [(80, "This user may not listen on port 80"), (8080, "Can't listen on")])
async def test_port_that_one_may_not_use(monkeypatch: pytest.MonkeyPatch, port: int, reason: str) -> None:
    """Without the rights of root, or where something else forbids it."""

    async def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(asyncio.get_running_loop(), "create_server", forbid)
    error = await refusal("127.0.0.1", port)
    assert error.reason.startswith(reason)


async def test_address_is_told_when_people_can_open_it() -> None:
    """Also where any port that is free was asked for."""
    async with (
        listening(application(), "127.0.0.1", 0) as address,
        ClientSession(address) as http,
        http.get("/health") as response,
    ):
        assert response.status == 200
    assert address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signal_lets_what_has_begun_end(number: signal.Signals) -> None:
    """Requests are still answered while it does; then the server is gone."""
    addresses: asyncio.Queue[str] = asyncio.Queue()
    finishing, finished = asyncio.Event(), asyncio.Event()

    async def finish() -> None:
        finishing.set()
        await finished.wait()

    running = asyncio.create_task(run(application(), HERE, on_listening=addresses.put_nowait, before_close=finish))
    address = await addresses.get()
    os.kill(os.getpid(), number)
    await finishing.wait()
    async with ClientSession(address) as http, http.get("/health") as response:
        assert response.status == 200
    finished.set()
    await running
    with pytest.raises(OSError, match="Connect call failed"):
        await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))


async def test_second_signal_is_the_process_own_again() -> None:
    """Whoever presses Ctrl-C twice wants it to end now."""
    addresses: asyncio.Queue[str] = asyncio.Queue()
    finishing, finished = asyncio.Event(), asyncio.Event()

    async def finish() -> None:
        finishing.set()
        await finished.wait()

    before = signal.getsignal(signal.SIGINT)
    running = asyncio.create_task(run(application(), HERE, on_listening=addresses.put_nowait, before_close=finish))
    await addresses.get()
    assert signal.getsignal(signal.SIGINT) is not before
    os.kill(os.getpid(), signal.SIGINT)
    await finishing.wait()
    assert signal.getsignal(signal.SIGINT) in (before, signal.default_int_handler)
    finished.set()
    await running


async def test_response_under_way_is_sent_whole() -> None:
    """Who asked just before the end gets their answer."""
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        began.set()
        await go_on.wait()
        return web.Response(text="done")

    served = application()
    served.router.add_get("/slow", slow)
    async with ClientSession() as http:
        async with listening(served, "127.0.0.1", 0) as address:
            asking = asyncio.create_task(http.get(f"{address}/slow"))
            await began.wait()
            asyncio.get_running_loop().call_soon(go_on.set)
        async with await asking as response:
            assert await response.text() == "done"


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux ends connections by itself")
async def test_client_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds neither a connection nor what it asked for."""
    monkeypatch.setattr("bot.server.connection.TAKING_SECONDS", 0.05)
    given_up = asyncio.Event()

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(100_000))
        finally:
            given_up.set()

    served = application()
    served.router.add_get("/endless", endless)
    async with listening(served, "127.0.0.1", 0) as address:
        port = int(address.rpartition(":")[2])
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writer.write(b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await given_up.wait()
        writer.transport.abort()
