"""The documents that an answer rests on, for who got that answer and may still read them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.api.threads import ID
from bot.adapters.web.door import Door
from bot.adapters.web.parts import WebParts
from bot.adapters.web.refusals import DOCUMENT, NOT_FOUND, Refusal
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.views import block_names, cited_document_view, reply_of, whole_document_view
from bot.knowledge import KnowledgeDocument
from bot.models import Citation, Link, Reply

_NUMBER = "[0-9]{1,3}"


class DocumentsApi:
    """Shows documents, with the passage that an answer quotes marked."""

    def __init__(self, parts: WebParts, adapter: WebAdapter) -> None:
        """`parts`: threads, index, directory and texts are used; `adapter`: what has replies that were not kept."""
        self._parts = parts
        self._adapter = adapter

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        turn = f"/api/turns/{{turn:{ID}}}"
        return [
            web.get(f"{turn}/citations/{{number:{_NUMBER}}}", door.asker(self._cited)),
            web.get(f"{turn}/citations/{{number:{_NUMBER}}}/also/{{place:{_NUMBER}}}", door.asker(self._also)),
            web.get(f"{turn}/citations/{{number:{_NUMBER}}}/newer", door.asker(self._newer)),
            web.get(f"{turn}/nearest/{{number:{_NUMBER}}}", door.asker(self._nearest)),
        ]

    async def _cited(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        return await self._passage(visitor, await self._citation(request, visitor))

    async def _also(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        """Show another document in which the cited text stands, wherever in it that is."""
        citation = await self._citation(request, visitor)
        link = _numbered(citation.also_at, int(request.match_info["place"]))
        other = replace(citation, document_id=link.document_id, url=link.url, section="", place="")
        return await self._passage(visitor, other)

    async def _newer(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        citation = await self._citation(request, visitor)
        if citation.superseded_by is None:
            raise Refusal(NOT_FOUND)
        return await self._whole(visitor, citation.superseded_by)

    async def _nearest(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        reply, number = await self._reply(request, visitor)
        return await self._whole(visitor, _numbered(reply.nearest, number))

    async def _passage(self, visitor: Visitor, citation: Citation) -> web.StreamResponse:
        document = await self._document(visitor, citation.document_id)
        names = block_names(self._parts.texts, visitor.language)
        # A long document takes half a second, in which others are answered.
        return web.json_response(await asyncio.to_thread(cited_document_view, document, citation, names))

    async def _whole(self, visitor: Visitor, link: Link) -> web.StreamResponse:
        document = await self._document(visitor, link.document_id)
        names = block_names(self._parts.texts, visitor.language)
        return web.json_response(await asyncio.to_thread(whole_document_view, document, names))

    async def _citation(self, request: web.Request, visitor: Visitor) -> Citation:
        reply, number = await self._reply(request, visitor)
        citation = next((one for one in reply.citations if one.number == number), None)
        if citation is None:
            raise Refusal(NOT_FOUND)
        return citation

    async def _reply(self, request: web.Request, visitor: Visitor) -> tuple[Reply, int]:
        turn = await self._parts.threads.turn(visitor.owner, request.match_info["turn"])
        reply = reply_of(turn, self._adapter.log(turn.id)) if turn else None
        if reply is None:
            raise Refusal(NOT_FOUND)
        return reply, int(request.match_info["number"])

    async def _document(self, visitor: Visitor, document_id: str) -> KnowledgeDocument:
        principals = await self._parts.principals(visitor.email)
        document = await self._parts.knowledge.document(document_id, principals) if document_id else None
        if document is None:
            raise Refusal(DOCUMENT)
        return document


def _numbered(links: Sequence[Link], number: int) -> Link:
    """Return the link that the page shows under a number, counted from 1."""
    if not 0 < number <= len(links):
        raise Refusal(NOT_FOUND)
    return links[number - 1]
