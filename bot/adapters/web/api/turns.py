"""Questions of the visitor, and how they are answered."""

import re
from collections.abc import AsyncGenerator

from aiohttp import web

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.api.bodies import FeedbackBody, QuestionBody, question, read_body
from bot.adapters.web.api.threads import ID, ThreadsApi
from bot.adapters.web.door import Door
from bot.adapters.web.refusals import NOT_FOUND, Refusal
from bot.adapters.web.rendering import BlockNames, text_html
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.streams import Event, EventStreams
from bot.adapters.web.turn_log import Piece, TurnLog
from bot.adapters.web.views import View, block_names, turn_view
from bot.locales import Texts
from bot.storage.threads import Feedback, ThreadStore, Turn

_PIECE_NUMBER = re.compile("[0-9]{1,9}")


class TurnsApi:
    """Takes questions in, shows what becomes of them, stops them, and keeps what readers think of the answers."""

    def __init__(
        self, threads: ThreadStore, adapter: WebAdapter, streams: EventStreams, heads: ThreadsApi, texts: Texts
    ) -> None:
        """`heads`: what shows the thread of a new question; `texts`: of the page's domain."""
        self._threads = threads
        self._adapter = adapter
        self._streams = streams
        self._heads = heads
        self._texts = texts

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        one = f"/api/turns/{{turn:{ID}}}"
        return [
            web.put(f"/api/threads/{{thread:{ID}}}/turns/{{turn:{ID}}}", door.asker(self._ask)),
            web.get(f"{one}/events", door.asker(self._follow)),
            web.post(f"{one}/stop", door.asker(self._stop)),
            web.put(f"{one}/feedback", door.asker(self._rate)),
            web.delete(f"{one}/feedback", door.asker(self._withdraw)),
        ]

    async def _ask(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        text = question(await read_body(request, QuestionBody))
        turn = await self._adapter.ask(visitor, request.match_info["thread"], request.match_info["turn"], text)
        thread = await self._heads.head(visitor, turn.thread_id)
        if thread is None:  # it has been deleted meanwhile
            raise Refusal(NOT_FOUND)
        view = turn_view(turn, self._adapter.log(turn.id), block_names(self._texts, visitor.language))
        return web.json_response({"thread": thread, "turn": view}, status=web.HTTPAccepted.status_code)

    async def _follow(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        turn = await self._turn(request, visitor)
        log = self._adapter.log(turn.id)
        names = block_names(self._texts, visitor.language)
        events = _events(turn, log, names, _after(request)) if log else _end(turn, names)
        return await self._streams.send(request, visitor.owner, events)

    async def _stop(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        turn = await self._turn(request, visitor)
        await self._adapter.stop_turn(turn.id)
        return web.Response(status=web.HTTPAccepted.status_code)

    async def _rate(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        said = await read_body(request, FeedbackBody)
        return await self._keep(request, visitor, Feedback(said.helpful, said.reason, said.comment.replace("\0", "")))

    async def _withdraw(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        return await self._keep(request, visitor, None)

    async def _keep(self, request: web.Request, visitor: Visitor, feedback: Feedback | None) -> web.StreamResponse:
        if not await self._threads.rate(visitor.owner, request.match_info["turn"], feedback):
            raise Refusal(NOT_FOUND)
        return web.Response(status=web.HTTPNoContent.status_code)

    async def _turn(self, request: web.Request, visitor: Visitor) -> Turn:
        turn = await self._threads.turn(visitor.owner, request.match_info["turn"])
        if turn is None:
            raise Refusal(NOT_FOUND)
        return turn


def _after(request: web.Request) -> int:
    """Return the number of the last piece that the page has had, 0 for anything that is none."""
    said = request.headers.get("Last-Event-ID") or request.query.get("after", "")
    return int(said) if _PIECE_NUMBER.fullmatch(said) else 0


async def _events(turn: Turn, log: TurnLog, names: BlockNames, after: int) -> AsyncGenerator[Event, None]:
    async for piece in log.follow(after):
        yield Event(piece.number, piece.kind, _data(turn, log, names, piece))


async def _end(turn: Turn, names: BlockNames) -> AsyncGenerator[Event, None]:
    """Yield what there is of a turn that does not run: its reply, or that it was interrupted."""
    yield Event(0, "reply", {"turn": turn_view(turn, None, names)})


def _data(turn: Turn, log: TurnLog, names: BlockNames, piece: Piece) -> View:
    match piece.kind:
        case "status":
            return {"text": piece.text}
        case "text":
            return {"html": text_html(piece.text, names)}
        case "reply":
            return {"turn": turn_view(turn, log, names)}
