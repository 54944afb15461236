"""The pages: each comes with all that its first paint needs."""

from typing import Any
from urllib.parse import quote

import structlog
from aiohttp import web

from bot.adapters.web.api.knowledge import KnowledgeApi
from bot.adapters.web.api.threads import ID, ThreadsApi
from bot.adapters.web.door import Door
from bot.adapters.web.page_templates import PageTemplates
from bot.adapters.web.parts import WebParts
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.views import View, person_view, visitor_view

_log = structlog.get_logger(__name__)

_OF_THE_SERVER = ("error-", "refused-", "sign-in-")
_OF_ADMINISTRATORS = "knowledge-"
"""How the keys of texts begin that a page need not carry."""

_FIRST_THREADS = 100
"""Which is more than a screen has room for; older ones are found by searching."""


class Pages:
    """Shows the conversation and the knowledge page."""

    def __init__(
        self, parts: WebParts, templates: PageTemplates, threads: ThreadsApi, knowledge: KnowledgeApi | None
    ) -> None:
        """`knowledge` None: there is no knowledge page."""
        self._parts = parts
        self._templates = templates
        self._threads = threads
        self._knowledge = knowledge

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.get("/", door.anyone(self._conversation)),
            web.get(f"/threads/{{thread:{ID}}}", door.anyone(self._conversation)),
            web.get("/knowledge", door.anyone(self._administration)),
        ]

    async def _conversation(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        if not visitor.may_ask:
            return signing_in(request)
        thread_id = request.match_info.get("thread")
        thread = await self._threads.view(visitor, thread_id) if thread_id else None
        missing = thread_id is not None and thread is None
        data = await self._conversation_data(visitor) | {"thread": thread, "missing": missing}
        return self._page("conversation.html", visitor, data, web.HTTPNotFound if missing else web.HTTPOk)

    async def _administration(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        if not visitor.is_admin or self._knowledge is None:
            return signing_in(request)
        data = self._shared(visitor, _OF_THE_SERVER) | {"sources": None, "sync": None}
        try:
            data |= {"sources": await self._knowledge.views(), "sync": await self._knowledge.state()}
        except self._parts.outages as error:  # the page asks again, and says what it is told then
            _log.warning("sources_not_shown", exc_info=error)
        return self._page("knowledge.html", visitor, data)

    async def _conversation_data(self, visitor: Visitor) -> View:
        return self._shared(visitor, (*_OF_THE_SERVER, _OF_ADMINISTRATORS)) | {
            "suggested_prompts": list(self._parts.suggested_prompts.get(visitor.language, ())),
            "documents": await self._count(visitor),
            "threads": await self._threads.views(visitor, limit=_FIRST_THREADS),
        }

    async def _count(self, visitor: Visitor) -> int | None:
        try:
            return await self._parts.knowledge.count_documents(await self._parts.principals(visitor.email))
        except self._parts.outages as error:  # threads can be read all the same
            _log.warning("documents_not_counted", exc_info=error)
            return None

    def _shared(self, visitor: Visitor, left_out: tuple[str, ...]) -> View:
        parts = self._parts
        messages = parts.texts.messages(visitor.language)
        return {
            "language": visitor.language,
            "theme": visitor.theme,
            "texts": {key: message for key, message in messages.items() if not key.startswith(left_out)},
            "visitor": visitor_view(visitor),
            "people": [person_view(person) for person in parts.people] if parts.web.demo else None,
            "languages": list(parts.languages),
        }

    def _page(
        self, template: str, visitor: Visitor, data: dict[str, Any], answer: type[web.HTTPException] = web.HTTPOk
    ) -> web.Response:
        values = {"visitor": data["visitor"], "people": data["people"], "data": data}
        text = self._templates.render(template, visitor.language, visitor.theme, **values)
        response = web.Response(status=answer.status_code, text=text, content_type="text/html")
        response.enable_compression()
        return response


def signing_in(request: web.Request) -> web.Response:
    """Return the way to the page to sign in, which leads back to what was asked for."""
    location = f"/sign-in?next={quote(request.rel_url.raw_path_qs)}"
    return web.Response(status=web.HTTPSeeOther.status_code, headers={"Location": location})
