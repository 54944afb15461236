"""The application without any adapter: how others see that the bot is well."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from bot.locales import Texts
from bot.server.application import Check, Readiness, build_application
from bot.server.failures import Failures
from bot.server.headers import SECURITY_HEADERS

Client = TestClient[web.Request, web.Application]
TEXTS = Texts(("nl", "en"))


@asynccontextmanager
async def client(checks: Mapping[str, Check] | None = None, *routes: web.RouteDef) -> AsyncIterator[Client]:
    application = build_application(Failures(TEXTS), checks or {})
    application.add_routes(routes)
    async with TestClient(TestServer(application)) as served:
        yield served


class Part:
    """Is well as long as nothing is wrong."""

    def __init__(self) -> None:
        self.wrong: Exception | None = None

    async def check(self) -> None:
        if self.wrong:
            raise self.wrong


async def test_health() -> None:
    """The process answers, whatever its parts do."""
    async with client({"index": _hangs}) as http, http.get("/health") as response:
        assert (response.status, await response.json()) == (200, {"status": "ok"})


async def _hangs() -> None:
    await asyncio.Event().wait()


async def test_ready() -> None:
    """All parts by name, and nothing of why one is not ready."""
    index, database = Part(), Part()
    async with client({"index": index.check, "database": database.check}) as http:
        async with http.get("/ready") as response:
            assert (response.status, await response.json()) == (200, {"parts": {"index": "ok", "database": "ok"}})
        index.wrong = OSError("/srv/secret is gone")
        async with http.get("/ready") as response:
            said = await response.json()
            assert (response.status, said) == (503, {"parts": {"index": "failed", "database": "ok"}})


async def test_part_that_hangs_is_not_ready() -> None:
    """Whoever asks does not wait with it."""
    request = make_mocked_request("GET", "/ready")
    response = await Readiness({"index": _hangs}, seconds=0).answer(request)
    assert response.status == 503


async def test_failing_part_is_logged_once() -> None:
    """And once when it is well again, however often somebody asks."""
    part = Part()
    readiness = Readiness({"index": part.check})
    request = make_mocked_request("GET", "/ready")
    with structlog.testing.capture_logs() as logs:
        for wrong in (OSError("gone"), OSError("gone"), None, None):
            part.wrong = wrong
            await readiness.answer(request)
    assert [log["event"] for log in logs] == ["part_not_ready", "part_ready_again"]


@pytest.mark.parametrize("path", ["/health", "/ready", "/nowhere"])
async def test_every_response_is_secure(path: str) -> None:
    """Also one that says that there is nothing."""
    async with client() as http, http.get(path) as response:
        assert {name: response.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
        assert response.headers["Cache-Control"] == "no-store"


async def test_route_of_another_adapter_gets_its_body() -> None:
    """A platform that posts to us is read whole before its handler begins."""

    async def handle(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    async with client(None, web.post("/slack", handle)) as http, http.post("/slack", data=b"event") as response:
        assert await response.read() == b"event"
