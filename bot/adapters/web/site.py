"""`WebSite`: the page, put together and added to the bot's one application."""

from aiohttp import web

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.api.documents import DocumentsApi
from bot.adapters.web.api.knowledge import KnowledgeApi
from bot.adapters.web.api.preferences import PreferencesApi
from bot.adapters.web.api.threads import ThreadsApi
from bot.adapters.web.api.turns import TurnsApi
from bot.adapters.web.door import Door
from bot.adapters.web.page_templates import PageTemplates
from bot.adapters.web.pages import Pages
from bot.adapters.web.parts import WebParts
from bot.adapters.web.sessions import Sessions
from bot.adapters.web.sign_in import SignIn
from bot.adapters.web.static_files import StaticFiles
from bot.adapters.web.streams import EventStreams


class WebSite:
    """Everything that the page's addresses lead to."""

    def __init__(self, parts: WebParts, adapter: WebAdapter, streams: EventStreams | None = None) -> None:
        """`adapter`: takes the questions in; `streams`: with other limits than the usual."""
        self._parts = parts
        self._adapter = adapter
        self._streams = streams or EventStreams(parts.web.max_streams)
        self._static = StaticFiles()
        self._templates = PageTemplates(parts.texts, self._static.address)

    def failure(self, language: str, status: int, message: str, reference: str) -> str:
        """Return the page that says what went wrong, also for what is not the page's own."""
        return self._templates.failure(language, status, message, reference)

    def add_routes(self, application: web.Application) -> None:
        """Add all routes; streams end when the application shuts down."""
        parts = self._parts
        sessions = Sessions(parts.web, parts.server, parts.people, parts.texts, parts.session_key)
        door = Door(parts, sessions, self._templates.failure)
        threads = ThreadsApi(parts.threads, self._adapter, parts.texts)
        shown = parts.administration
        knowledge = KnowledgeApi(shown, self._streams, parts.texts) if shown else None
        sign_in = SignIn(sessions, self._templates, parts.texts, parts.sign_in_pause)
        turns = TurnsApi(parts.threads, self._adapter, self._streams, threads, parts.texts)
        pages = Pages(parts, self._templates, threads, knowledge)
        api = (threads, turns, DocumentsApi(parts, self._adapter), PreferencesApi(sessions, parts.texts))
        for part in (pages, sign_in, *api, *((knowledge,) if knowledge else ())):
            application.add_routes(part.routes(door))
        application.add_routes(self._static.routes())
        application.on_shutdown.append(self._streams.stop)
