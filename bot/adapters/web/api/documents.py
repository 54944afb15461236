"""The documents that an answer rests on, for who got that answer and may still read them."""

from collections.abc import Sequence

from aiohttp import web

from bot.adapters.web.api.threads import ID
from bot.adapters.web.door import Door
from bot.adapters.web.parts import WebParts
from bot.adapters.web.refusals import DOCUMENT, NOT_FOUND, Refusal
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.views import document_view
from bot.models import Citation, Reply

_NUMBER = "[0-9]{1,3}"


class DocumentsApi:
    """Shows documents, with the passage that an answer quotes marked."""

    def __init__(self, parts: WebParts) -> None:
        """`parts`: threads, index and directory are used."""
        self._parts = parts

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        turn = f"/api/turns/{{turn:{ID}}}"
        return [
            web.get(f"{turn}/citations/{{number:{_NUMBER}}}", door.asker(self._cited)),
            web.get(f"{turn}/nearest/{{number:{_NUMBER}}}", door.asker(self._nearest)),
        ]

    async def _cited(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        reply, number = await self._reply(request, visitor)
        citation = next((one for one in reply.citations if one.number == number), None)
        if citation is None:
            raise Refusal(NOT_FOUND)
        return await self._show(visitor, citation.document_id, citation.passage, citation)

    async def _nearest(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        reply, number = await self._reply(request, visitor)
        if not 0 < number <= len(reply.nearest):
            raise Refusal(NOT_FOUND)
        return await self._show(visitor, reply.nearest[number - 1].document_id)

    async def _reply(self, request: web.Request, visitor: Visitor) -> tuple[Reply, int]:
        turn = await self._parts.threads.turn(visitor.owner, request.match_info["turn"])
        if turn is None or turn.reply is None:
            raise Refusal(NOT_FOUND)
        return turn.reply, int(request.match_info["number"])

    async def _show(
        self, visitor: Visitor, document_id: str, passage: Sequence[str] = (), citation: Citation | None = None
    ) -> web.StreamResponse:
        principals = await self._parts.principals(visitor.email)
        document = await self._parts.knowledge.document(document_id, principals) if document_id else None
        if document is None:
            raise Refusal(DOCUMENT)
        url, place = (citation.url, citation.place) if citation else ("", "")
        return web.json_response(document_view(document, passage, url, place))
