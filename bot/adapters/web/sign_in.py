"""Signing in with a token, and out."""

import asyncio
import re
from collections import deque

import structlog
from aiohttp import web

from bot.adapters.web.door import Door
from bot.adapters.web.page_templates import PageTemplates
from bot.adapters.web.refusals import CONTENT_TYPE, Refusal
from bot.adapters.web.sessions import Sessions, Visitor
from bot.locales import Texts

_log = structlog.get_logger(__name__)

MOST_WRONG = 20
"""Wrong tokens in a minute, over all visitors: 16 characters of any alphabet are out of reach with these."""

_MINUTE = 60.0
_LOCAL = re.compile(r"/(?!/)[\w/.-]*(\?([\w/.?=&~!$'()*+,;:@-]|%(?!0|1|7F)[0-9A-F]{2})*)?", re.ASCII | re.IGNORECASE)
"""An address of this server; never another's, and nothing that a header could be broken with.

Its path is plain, as all of ours are; a query may hold anything but control characters, encoded as an address is.
"""


class SignIn:
    """Shows the form, and takes a token."""

    def __init__(self, sessions: Sessions, templates: PageTemplates, texts: Texts, pause: float) -> None:
        """`pause`: seconds that a wrong token takes, whatever is wrong with it."""
        self._sessions = sessions
        self._templates = templates
        self._texts = texts
        self._pause = pause
        self._wrong: deque[float] = deque(maxlen=MOST_WRONG)

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/sign-in", door.anyone(self._show)),
            web.post("/sign-in", door.anyone(self._sign_in)),
            web.post("/sign-out", door.anyone(self._sign_out)),
        ]

    async def _show(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        return self._form(visitor, local_path(request.query.get("next", "/")))

    async def _sign_in(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        if request.content_type != "application/x-www-form-urlencoded":
            raise Refusal(CONTENT_TYPE)
        fields = await request.post()
        token, next_path = str(fields.get("token", "")).strip(), local_path(str(fields.get("next", "/")))
        if self._too_many():
            response = self._form(visitor, next_path, "sign-in-too-many", web.HTTPTooManyRequests)
            response.headers["Retry-After"] = str(round(_MINUTE))
            return response
        if await self._sessions.sign_in(request, token):
            return _to(next_path)
        return await self._refused(visitor, next_path)

    async def _refused(self, visitor: Visitor, next_path: str) -> web.StreamResponse:
        self._wrong.append(asyncio.get_running_loop().time())
        _log.warning("sign_in_refused")
        await asyncio.sleep(self._pause)
        return self._form(visitor, next_path, "sign-in-wrong", web.HTTPForbidden)

    async def _sign_out(self, request: web.Request, _: Visitor) -> web.StreamResponse:
        await self._sessions.sign_out(request)
        return _to("/")

    def _too_many(self) -> bool:
        full = len(self._wrong) == MOST_WRONG
        return full and asyncio.get_running_loop().time() - self._wrong[0] < _MINUTE

    def _form(
        self, visitor: Visitor, next_path: str, key: str = "", answer: type[web.HTTPException] = web.HTTPOk
    ) -> web.Response:
        message = self._texts.text(visitor.language, key) if key else ""
        text = self._templates.render("sign_in.html", visitor.language, visitor.theme, next=next_path, message=message)
        return web.Response(status=answer.status_code, text=text, content_type="text/html")


def local_path(path: str) -> str:
    """Return a path of this server with its query, "/" for anything else."""
    return path if _LOCAL.fullmatch(path) else "/"


def _to(path: str) -> web.Response:
    return web.Response(status=web.HTTPSeeOther.status_code, headers={"Location": path})
