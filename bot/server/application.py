"""`build_application`: what every request passes, and the two addresses by which others see that the bot is well.

`/health` says that the process answers; `/ready` asks its parts. Neither needs a session, and neither says why
something fails: that is in the log, once when it begins and once when it is over.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.server.failures import Failures
from bot.server.headers import secure_response

_log = structlog.get_logger(__name__)

LARGEST_BODY = 64 * 1024
"""Bytes; the longest question that is taken, in the widest characters, fills a quarter of it."""

BODY_SECONDS = 30.0
"""In which a request's body has to be there: 64 KB at 20 kbit/s."""

CHECK_SECONDS = 5.0
"""After which a part that does not answer is not ready."""

Check = Callable[[], Awaitable[object]]
"""Looks whether a part can be used; raises where it can't."""


def build_application(
    failures: Failures, checks: Mapping[str, Check], *, body_seconds: float = BODY_SECONDS
) -> web.Application:
    """Return the application; routes can be added to it until it is run. `checks`: by the part's name."""
    application = web.Application(
        middlewares=[failures.middleware(), _whole_body(body_seconds)], client_max_size=LARGEST_BODY
    )
    application.on_response_prepare.append(secure_response)
    application.router.add_get("/health", _health)
    application.router.add_get("/ready", Readiness(checks).answer)
    return application


def _whole_body(seconds: float) -> Middleware:
    """Read each request's body before anything is done for it, so that a slow client holds nothing else."""

    @web.middleware
    async def read(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            async with asyncio.timeout(seconds):
                await request.read()
        except TimeoutError as error:
            raise web.HTTPRequestTimeout from error
        except web.RequestPayloadError as error:  # it is not encoded as it says
            raise web.HTTPBadRequest from error
        return await handler(request)

    return read


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


class Readiness:
    """Asks all parts at once whenever somebody wants to know."""

    def __init__(self, checks: Mapping[str, Check], seconds: float = CHECK_SECONDS) -> None:
        """`checks`: by the part's name; `seconds`: for each."""
        self._checks = checks
        self._seconds = seconds
        self._failing: set[str] = set()

    async def answer(self, _: web.Request) -> web.Response:
        """Return 200 where all parts are well, else 503."""
        fine = await asyncio.gather(*(self._is_fine(name, check) for name, check in self._checks.items()))
        parts = {name: "ok" if ok else "failed" for name, ok in zip(self._checks, fine, strict=True)}
        status = web.HTTPOk.status_code if all(fine) else web.HTTPServiceUnavailable.status_code
        return web.json_response({"parts": parts}, status=status)

    async def _is_fine(self, name: str, check: Check) -> bool:
        try:
            async with asyncio.timeout(self._seconds):
                await check()
        except Exception as error:  # noqa: BLE001 - whatever it is, the part is not ready
            if name not in self._failing:
                _log.warning("part_not_ready", part=name, exc_info=error)
            self._failing.add(name)
            return False
        if name in self._failing:
            _log.info("part_ready_again", part=name)
        self._failing.discard(name)
        return True
