"""The index, for administrators."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict

from aiohttp import web

from bot.adapters.web.door import Door
from bot.adapters.web.refusals import INVALID, NOT_FOUND, NOT_INDEXED, Refusal
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.streams import Event, EventStreams
from bot.adapters.web.views import View, block_names, indexed_document_view, source_view, sync_view
from bot.knowledge import DocumentState, KnowledgeAdministration
from bot.locales import Texts

AT_A_TIME = 50
"""Documents of a list; a screen shows half of them."""

_STATES: dict[str, DocumentState] = {"all": "all", "stale": "stale", "unreadable": "unreadable"}
_BEFORE_ALL = -1
"""Each state is whole: whoever comes (back) begins with the newest."""


class KnowledgeApi:
    """Shows sources, documents and syncs, and begins a sync."""

    def __init__(self, administration: KnowledgeAdministration, streams: EventStreams, texts: Texts) -> None:
        """`streams`: by which pages follow a sync; `texts`: of the page's domain."""
        self._administration = administration
        self._texts = texts
        self._streams = streams

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        source = "/api/knowledge/sources/{name}"
        return [
            web.get("/api/knowledge/sources", door.admin(self._sources)),
            web.get(f"{source}/documents", door.admin(self._documents)),
            web.get(f"{source}/failing", door.admin(self._failing)),
            web.post(f"{source}/sync", door.admin(self._sync)),
            web.get("/api/knowledge/document", door.admin(self._document)),
            web.get("/api/knowledge/events", door.admin(self._follow)),
        ]

    async def views(self) -> list[View]:
        """Return all sources."""
        return [source_view(source) for source in await self._administration.sources()]

    async def state(self) -> View:
        """Return what the syncs are doing."""
        async with aclosing(_states(self._administration)) as states:
            view: View = (await anext(states)).data
            return view

    async def _sources(self, _: web.Request, __: Visitor) -> web.StreamResponse:
        return web.json_response({"sources": await self.views()})

    async def _documents(self, request: web.Request, _: Visitor) -> web.StreamResponse:
        documents = await self._administration.documents(
            await self._name(request),
            state=_wanted_state(request),
            search=request.query.get("search", ""),
            after=request.query.get("after", ""),
            limit=AT_A_TIME + 1,  # the one more tells whether there are any
        )
        views = [asdict(document) for document in documents[:AT_A_TIME]]
        return web.json_response({"documents": views, "more": len(documents) > AT_A_TIME})

    async def _failing(self, request: web.Request, _: Visitor) -> web.StreamResponse:
        failing = await self._administration.failing(await self._name(request))
        return web.json_response({"failing": [{**asdict(one), "since": one.since.isoformat()} for one in failing]})

    async def _sync(self, request: web.Request, _: Visitor) -> web.StreamResponse:
        if not self._administration.sync(request.match_info["name"]):
            raise Refusal(NOT_FOUND)
        return web.Response(status=web.HTTPAccepted.status_code)

    async def _document(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        found = await self._administration.document(request.query.get("id", ""))
        if found is None:
            raise Refusal(NOT_INDEXED)
        names = block_names(self._texts, visitor.language)
        return web.json_response(await asyncio.to_thread(indexed_document_view, found, names))

    async def _follow(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        return await self._streams.send(request, visitor.owner, _states(self._administration))

    async def _name(self, request: web.Request) -> str:
        name = request.match_info["name"]
        if all(source.name != name for source in await self._administration.sources()):
            raise Refusal(NOT_FOUND)
        return name


async def _states(administration: KnowledgeAdministration) -> AsyncGenerator[Event, None]:
    async for state in administration.follow(_BEFORE_ALL):
        yield Event(state.number, "sync", sync_view(state))


def _wanted_state(request: web.Request) -> DocumentState:
    try:
        return _STATES[request.query.get("state", "all")]
    except KeyError as error:
        raise Refusal(INVALID) from error
