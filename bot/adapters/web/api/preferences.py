"""How the page is to look, and for whom it is."""

from aiohttp import web

from bot.adapters.web.api.bodies import PersonBody, PreferencesBody, read_body
from bot.adapters.web.door import Door
from bot.adapters.web.refusals import INVALID, NOT_FOUND, Refusal
from bot.adapters.web.sessions import Sessions, Visitor
from bot.locales import Texts


class PreferencesApi:
    """Keeps in the session what the visitor chooses."""

    def __init__(self, sessions: Sessions, texts: Texts) -> None:
        """`texts`: in the languages that can be chosen."""
        self._sessions = sessions
        self._texts = texts

    def routes(self, door: Door) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            web.put("/api/preferences", door.anyone(self._prefer)),
            web.put("/api/person", door.asker(self._choose)),
        ]

    async def _prefer(self, request: web.Request, _: Visitor) -> web.StreamResponse:
        wanted = await read_body(request, PreferencesBody)
        if wanted.language is not None and self._texts.language(wanted.language) != wanted.language:
            raise Refusal(INVALID)
        await self._sessions.prefer(request, **wanted.model_dump(exclude_none=True))
        return web.Response(status=web.HTTPNoContent.status_code)

    async def _choose(self, request: web.Request, _: Visitor) -> web.StreamResponse:
        if not await self._sessions.choose_person(request, (await read_body(request, PersonBody)).email):
            raise Refusal(NOT_FOUND)
        return web.Response(status=web.HTTPNoContent.status_code)
