"""Threads of the visitor."""

import asyncio

from aiohttp import web

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.door import Door
from bot.adapters.web.refusals import NOT_FOUND, Refusal
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.views import View, block_names, thread_view, turn_view
from bot.locales import Texts
from bot.storage.threads import ThreadStore

ID = "[0-9a-f]{32}"
"""What the page makes its threads and turns known by."""


class ThreadsApi:
    """Lists, shows and deletes threads."""

    def __init__(self, threads: ThreadStore, adapter: WebAdapter, texts: Texts) -> None:
        """`adapter`: what tells whether a turn is running; `texts`: of the page's domain."""
        self._threads = threads
        self._adapter = adapter
        self._texts = texts

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
        thread = await self.head(visitor, thread_id)
        if thread is None:
            return None
        names = block_names(self._texts, visitor.language)
        turns = await self._threads.turns(visitor.owner, thread_id)
        shown = [(turn, self._adapter.log(turn.id), names) for turn in turns]
        # A millisecond for each turn, in which others are answered.
        return {**thread, "turns": await asyncio.to_thread(lambda: [turn_view(*each) for each in shown])}

    async def head(self, visitor: Visitor, thread_id: str) -> View | None:
        """Return a thread without its turns, None where the visitor has none under that id."""
        thread = await self._threads.thread(visitor.owner, thread_id)
        return thread_view(thread) if thread else None

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
