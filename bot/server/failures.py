"""Every request that fails gets an honest answer: a page or JSON, in the visitor's language, with what to do.

JSON is {"error": a stable code, "message": a sentence}. An unknown error is logged under a reference that the
answer names; nothing of the error itself is in it.
"""

import uuid
from collections.abc import Callable, Mapping
from html import escape

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.locales import Texts

_log = structlog.get_logger(__name__)

LANGUAGE = web.RequestKey("language", str)
"""Set by who knows the visitor's language; else it is the browser's."""

ErrorPage = Callable[[str, int, str, str], str]
"""Makes a page of a language, a status, a sentence and a reference ("" where there is none)."""

_CODES = {
    404: ("not_found", "server-not-found"),
    405: ("method", "server-method"),
    408: ("slow", "server-slow"),
    413: ("too_large", "server-too-large"),
}
"""By status: the code, and the key of its text."""

_ANY = ("invalid", "server-invalid")


def plain_page(language: str, status: int, message: str, _reference: str) -> str:
    """Return a page without any style, for where there is no other."""
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8"><title>{status}</title>'
        f"<h1>{status}</h1><p>{escape(message)}</p></html>"
    )


def wanted_language(request: web.BaseRequest, texts: Texts) -> str:
    """Return the language in use that the browser wants most: browsers name them in that order."""
    for wanted in request.headers.get("Accept-Language", "").split(","):
        language = wanted.partition(";")[0].partition("-")[0].strip().lower()
        if texts.language(language) == language:
            return language
    return texts.default


def refusal(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return the answer of an API that does not do what was asked."""
    return web.json_response({"error": code, "message": message}, status=status, headers=headers)


def wants_page(request: web.BaseRequest) -> bool:
    """Return whether a person looks at what comes back."""
    return "text/html" in request.headers.get("Accept", "") and not request.path.startswith("/api/")


class Failures:
    """Says what went wrong."""

    def __init__(self, texts: Texts, page: ErrorPage = plain_page) -> None:
        """`texts`: of the conversation's domain; `page`: makes the pages."""
        self._texts = texts
        self._page = page

    def middleware(self) -> Middleware:
        """Return what stands around all handlers."""

        @web.middleware
        async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                return await handler(request)
            except ConnectionError:  # nobody is there to be told
                raise
            except web.HTTPException as error:
                if error.status < web.HTTPBadRequest.status_code:
                    raise
                return self._known(request, error)
            except Exception as error:  # noqa: BLE001 - whatever it is, whoever asked must hear of it
                return self._unknown(request, error)

        return answer

    def _known(self, request: web.Request, error: web.HTTPException) -> web.Response:
        code, key = _CODES.get(error.status, _ANY)
        language = self._language(request)
        message = self._texts.text(language, key)
        if wants_page(request):
            response = _as_page(error.status, self._page(language, error.status, message, ""))
        else:
            response = refusal(error.status, code, message)
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response

    def _unknown(self, request: web.Request, error: Exception) -> web.Response:
        # The path's pattern: a path itself may hold what somebody searched for.
        reference = uuid.uuid4().hex[:8]
        resource = request.match_info.route.resource
        _log.error("request_failed", reference=reference, path=resource and resource.canonical, exc_info=error)
        language, status = self._language(request), web.HTTPInternalServerError.status_code
        message = self._texts.text(language, "server-failed", reference=reference)
        if wants_page(request):
            return _as_page(status, self._page(language, status, message, reference))
        return refusal(status, "failed", message)

    def _language(self, request: web.Request) -> str:
        return request.get(LANGUAGE) or wanted_language(request, self._texts)


def _as_page(status: int, text: str) -> web.Response:
    return web.Response(status=status, text=text, content_type="text/html")
