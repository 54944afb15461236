"""`Door`: what every request of the page passes on its way to its handler.

It is for this server and from this page (`Protection`), its visitor is known (`Sessions`) and may come in; and what
is refused is said in their language. Other routes of the same application do not pass here.
"""

import uuid
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.adapters.web.parts import WebParts
from bot.adapters.web.protection import Protection
from bot.adapters.web.refusals import ADMIN, KNOWLEDGE, SIGN_IN, STORAGE, Problem, Refusal
from bot.adapters.web.sessions import Sessions, Visitor
from bot.errors import StorageUnavailable
from bot.server.failures import LANGUAGE, ErrorPage, refusal, wanted_language, wants_page

_log = structlog.get_logger(__name__)

Entrance = Callable[[web.Request, Visitor], Awaitable[web.StreamResponse]]
"""Answers a request of a visitor."""


class Door:
    """Makes aiohttp's handlers of ours."""

    def __init__(self, parts: WebParts, sessions: Sessions, page: ErrorPage) -> None:
        """`page`: makes the pages that say what is refused."""
        self._texts = parts.texts
        self._outages = parts.outages
        self._sessions = sessions
        self._protection = Protection(parts.server)
        self._page = page

    def anyone(self, entrance: Entrance) -> Handler:
        """Return a handler for all visitors."""

        async def enter(request: web.Request) -> web.StreamResponse:
            visitor = await self._sessions.visitor(request)
            request[LANGUAGE] = visitor.language
            try:
                return await entrance(request, visitor)
            except Refusal as error:
                return self._refuse(request, visitor.language, error.problem)
            except StorageUnavailable as error:
                return self._unavailable(request, visitor, STORAGE, error)
            except self._outages as error:
                return self._unavailable(request, visitor, KNOWLEDGE, error)

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                self._protection.check(request)
            except Refusal as error:
                return self._refuse(request, wanted_language(request, self._texts), error.problem)
            return await self._sessions.within(request, enter)

        return handle

    def asker(self, entrance: Entrance) -> Handler:
        """Return a handler for who may ask."""

        async def enter(request: web.Request, visitor: Visitor) -> web.StreamResponse:
            if not visitor.may_ask:
                raise Refusal(SIGN_IN)
            return await entrance(request, visitor)

        return self.anyone(enter)

    def admin(self, entrance: Entrance) -> Handler:
        """Return a handler for administrators."""

        async def enter(request: web.Request, visitor: Visitor) -> web.StreamResponse:
            if not visitor.is_admin:
                raise Refusal(ADMIN)
            return await entrance(request, visitor)

        return self.anyone(enter)

    def _unavailable(
        self, request: web.Request, visitor: Visitor, problem: Problem, error: Exception
    ) -> web.StreamResponse:
        reference = uuid.uuid4().hex[:8]
        _log.error("request_unavailable", code=problem.code, reference=reference, exc_info=error)
        return self._refuse(request, visitor.language, problem, reference)

    def _refuse(self, request: web.Request, language: str, problem: Problem, reference: str = "") -> web.StreamResponse:
        values = {"reference": reference} if reference else {}
        message = self._texts.text(language, problem.text, **values)
        headers = {"Retry-After": str(problem.retry_seconds)} if problem.retry_seconds else {}
        if not wants_page(request):
            return refusal(problem.status, problem.code, message, headers)
        text = self._page(language, problem.status, message, reference)
        return web.Response(status=problem.status, text=text, content_type="text/html", headers=headers)
