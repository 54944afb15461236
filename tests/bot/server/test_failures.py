"""What went wrong, said to people and to programs."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.locales import Texts
from bot.server.application import build_application
from bot.server.failures import LANGUAGE, Failures

HTML = {"Accept": "text/html"}
Client = TestClient[web.Request, web.Application]


async def fail(_: web.Request) -> web.Response:
    raise ZeroDivisionError("a secret of the code")


async def fail_in_dutch(request: web.Request) -> web.Response:
    request[LANGUAGE] = "nl"
    return await fail(request)


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    application = build_application(Failures(Texts(("en", "nl"))), {})
    routes: dict[str, Callable[[web.Request], Awaitable[web.Response]]] = {
        "/fail": fail,
        "/api/fail": fail,
        "/dutch": fail_in_dutch,
        "/documents/{id}": fail,
    }
    for path, handler in routes.items():
        application.router.add_get(path, handler)
    async with TestClient(TestServer(application)) as client:
        yield client


async def test_unknown_error_has_a_reference_that_is_in_the_log(client: Client) -> None:
    """Whoever passes it on gets help; the error's own text is in the log alone, and no path is."""
    with structlog.testing.capture_logs() as logs:
        async with client.get("/documents/what-somebody-looked-for") as response:
            said = await response.json()
    [log] = logs
    assert (response.status, said["error"]) == (500, "failed")
    assert log["reference"] in said["message"]
    assert "secret" not in said["message"]
    assert log["path"] == "/documents/{id}"


@pytest.mark.parametrize(("path", "status"), [("/fail", 500), ("/nowhere", 404)])
async def test_people_get_a_page(client: Client, path: str, status: int) -> None:
    """In the language that their browser wants most of those that there are."""
    async with client.get(path, headers=HTML | {"Accept-Language": "fr;q=0.9, NL-be, en"}) as response:
        page = await response.text()
    assert (response.status, response.content_type) == (status, "text/html")
    assert '<html lang="nl">' in page


async def test_scripts_get_json(client: Client) -> None:
    """Under /api always, whatever they say that they take."""
    async with client.get("/api/fail", headers=HTML) as response:
        assert (await response.json())["error"] == "failed"


async def test_language_of_the_visitor_comes_first(client: Client) -> None:
    """They chose it."""
    async with client.get("/dutch", headers={"Accept-Language": "en"}) as response:
        assert (await response.json())["message"].startswith("Er ging iets mis")


async def test_method_that_is_not_there(client: Client) -> None:
    """The answer names those that are."""
    async with client.post("/fail") as response:
        assert (response.status, (await response.json())["error"]) == (405, "method")
        assert response.headers["Allow"] == "GET,HEAD"


async def test_body_that_is_too_large(client: Client) -> None:
    """It is said what to do."""
    async with client.post("/fail", data=b"a" * 70_000) as response:
        assert (response.status, (await response.json())["error"]) == (413, "too_large")
