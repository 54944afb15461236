"""Threads of the visitor."""

from collections.abc import Sequence

from aiohttp import web

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.door import Door
from bot.adapters.web.refusals import NOT_FOUND, Refusal
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.views import View, thread_view, turn_view
from bot.storage.threads import Thread, ThreadStore, Turn

ID = "[0-9a-f]{32}"
"""What the page makes its threads and turns known by."""


class ThreadsApi:
    """Lists, shows and deletes threads."""

    def __init__(self, threads: ThreadStore, adapter: WebAdapter) -> None:
        """`adapter`: what tells whether a turn is running."""
        self._threads = threads
        self._adapter = adapter

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        one = f"/api/threads/{{thread:{ID}}}"
        return [
            web.get("/api/threads", door.asker(self._list)),
            web.get(one, door.asker(self._show)),
            web.delete(one, door.asker(self._delete)),
        ]

    async def views(self, visitor: Visitor, search: str = "", limit: int = 200) -> list[View]:
        """Return the visitor's threads, latest first."""
        return [thread_view(thread) for thread in await self._threads.threads(visitor.owner, search, limit)]

    async def view(self, visitor: Visitor, thread_id: str) -> View | None:
        """Return a thread with its turns, None where the visitor has none under that id."""
        turns = await self._threads.turns(visitor.owner, thread_id)
        if not turns:
            return None
        views = [turn_view(turn, self._adapter.log(turn.id)) for turn in turns]
        return {**await self.head(visitor, turns), "turns": views}

    async def head(self, visitor: Visitor, turns: Sequence[Turn]) -> View:
        """Return the thread of its `turns` without them."""
        thread_id = turns[0].thread_id
        found = (one for one in await self._threads.threads(visitor.owner) if one.id == thread_id)
        # One so old that it is not in the list is known by its first question.
        return thread_view(next(found, Thread(thread_id, turns[0].question, turns[-1].asked_at)))

    async def _list(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        return web.json_response({"threads": await self.views(visitor, request.query.get("search", ""))})

    async def _show(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        thread = await self.view(visitor, request.match_info["thread"])
        if thread is None:
            raise Refusal(NOT_FOUND)
        return web.json_response({"thread": thread})

    async def _delete(self, request: web.Request, visitor: Visitor) -> web.StreamResponse:
        thread_id = request.match_info["thread"]
        for turn in await self._threads.turns(visitor.owner, thread_id):
            await self._adapter.stop_turn(turn.id)
        if not await self._threads.delete(visitor.owner, thread_id):
            raise Refusal(NOT_FOUND)
        return web.Response(status=web.HTTPNoContent.status_code)
