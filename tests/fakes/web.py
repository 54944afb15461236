"""The page's server as a browser meets it: real sockets, a real database, and an index and answers of the test's."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar
from cryptography.fernet import Fernet

from bot.adapters.web.adapter import WebAdapter
from bot.adapters.web.parts import WebParts
from bot.adapters.web.settings import WebSettings
from bot.adapters.web.site import WebSite
from bot.adapters.web.streams import EventStreams
from bot.adapters.web.turn_log import TurnLogs
from bot.errors import UnknownPerson
from bot.knowledge import (
    Chunk,
    DocumentOverview,
    DocumentState,
    FailingDocument,
    IndexedDocument,
    KnowledgeDocument,
    SourceOverview,
    SyncNews,
    SyncState,
)
from bot.locales import Texts
from bot.models import Citation, ConversationHistory, Link, Outcome, Reply, TurnContext, User, UserReference
from bot.server.application import build_application
from bot.server.failures import Failures
from bot.server.listening import listening
from bot.settings import ServerSettings
from bot.storage.database import Database
from bot.storage.threads import ThreadStore
from bot.turns import TurnRunner

LANGUAGES = ("nl", "en")
KEY = Fernet.generate_key()
EVERYBODY = frozenset({"everyone", "public"})
SANNE = User("sanne@company.example", "Sanne de Vries", EVERYBODY | {"sanne@company.example", "hr"})
JOOST = User("joost@company.example", "Joost Bakker", EVERYBODY | {"joost@company.example"})
ACCESS_TOKEN, ADMIN_TOKEN = "a-token-of-the-company", "a-token-of-the-administrator"
NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)

OPEN, CLOSED = "wiki/leave.md", "hr/salaries.md"
CITATION = Citation(
    1, OPEN, "c1", "Leave", "https://wiki.example.com/leave#sick", "Sick", "Call in", "2025-03-01", "hr", "wiki",
    place="page 3", passage=("Call in before nine.",),
    also_at=(Link("Handbook", "https://wiki.example.com/book", OPEN), Link("Board", "file:///board.md", CLOSED)),
    superseded_by=Link("Leave 2026", "https://wiki.example.com/leave-2026", OPEN),
)  # fmt: skip
SECRET = Citation(2, CLOSED, "c2", "Salaries", "file:///hr/salaries.md", "", "…", None, None, "hr")
NEAREST = (Link("Expenses", "https://wiki.example.com/expenses", OPEN), Link("Notes", "javascript:alert(1)"))


def new_id() -> str:
    return secrets.token_hex(16)


class IndexDown(Exception):
    """What the fake index raises where it can't be used."""


@dataclass
class FakeIndex:
    """A document for everybody and one for HR."""

    title: str = "Leave"
    markdown: str = "# Sick\n\nCall in before nine.\n"
    fails: Exception | None = None

    async def count_documents(self, principals: Iterable[str]) -> int:
        self._fail()
        return len(self._readable(principals))

    async def document(self, document_id: str, principals: Iterable[str]) -> KnowledgeDocument | None:
        self._fail()
        if document_id not in self._readable(principals):
            return None
        return self.full(document_id)

    def full(self, document_id: str) -> KnowledgeDocument:
        url = "https://wiki.example.com/leave"
        return KnowledgeDocument(document_id, self.title, url, "wiki", "en", "hr", "2025-03-01", None, self.markdown)

    def _readable(self, principals: Iterable[str]) -> set[str]:
        held = set(principals)
        return {id_ for id_, access in ((OPEN, "everyone"), (CLOSED, "hr")) if access in held}

    def _fail(self) -> None:
        if self.fails:
            raise self.fails


@dataclass
class FakeAdministration:
    """One source with more documents than a list shows."""

    index: FakeIndex
    synced: list[str] = field(default_factory=list)
    state: SyncState = field(default_factory=lambda: SyncState(1))
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[tuple[str, str, str, int]] = field(default_factory=list)

    async def sources(self) -> Sequence[SourceOverview]:
        if self.index.fails:
            raise self.index.fails
        return [SourceOverview("wiki", 60, 120, 1, 0, 0, NOW, "", "", "15m")]

    async def documents(
        self, source: str, *, state: DocumentState, search: str, after: str, limit: int
    ) -> Sequence[DocumentOverview]:
        self.asked.append((state, search, after, limit))
        ids = [f"doc{number:02}" for number in range(60)]
        found = [id_ for id_ in ids if id_ > after and search in id_][:limit]
        return [DocumentOverview(id_, f"Title {id_}", "", "en", None, None, 2, ("everyone",)) for id_ in found]

    async def failing(self, source: str) -> Sequence[FailingDocument]:
        return [FailingDocument("broken.pdf", "is damaged", "Save it again.", NOW)]

    async def document(self, document_id: str) -> IndexedDocument | None:
        if document_id != OPEN:
            return None
        chunk = Chunk(1, "Sick", "page 3", "Call in before nine.")
        return IndexedDocument(self.index.full(document_id), ("everyone", "hr"), [chunk])

    def sync(self, source: str) -> bool:
        if source != "wiki":
            return False
        self.synced.append(source)
        return True

    async def follow(self, after: int) -> AsyncIterator[SyncState]:
        while True:
            if self.state.number > after:
                after = self.state.number
                yield self.state
            self.changed.clear()
            await self.changed.wait()

    def goes_on(self) -> None:
        news = (SyncNews(NOW, "wiki", "info", "3 documents are new."),)
        self.state = SyncState(self.state.number + 1, "wiki", 3, 60, ("hr",), news)
        self.changed.set()


class FakeDirectory:
    """Knows Sanne and Joost."""

    def __init__(self) -> None:
        self.people = {person.email: person for person in (SANNE, JOOST)}

    async def look_up(self, reference: UserReference) -> User:
        if not reference.id:
            return User("", "", EVERYBODY)
        if reference.id not in self.people:
            raise UnknownPerson(reference.id, None)
        return self.people[reference.id]


class Mind:
    """Answers as the question says: `wait` waits for `go_on`, `fail` fails, anything else is answered at once."""

    def __init__(self) -> None:
        self.waiting = asyncio.Event()
        self.go_on = asyncio.Event()
        self.questions: list[str] = []
        self.contexts: list[TurnContext] = []

    async def reply(self, turn: TurnContext) -> Reply:
        text = turn.message.text
        self.questions.append(text)
        self.contexts.append(turn)
        await turn.responder.status("searching")
        if text.startswith("wait"):
            await turn.responder.update("half of **it** [1]")
            self.waiting.set()
            await self.go_on.wait()
        if text == "fail":
            raise ValueError("on purpose")
        answer = f"Call in. [1]\n\nYou asked: {text}" if text != "long" else "word " * 400_000
        prompts, notices = ("And then?",), ("Quotes only.",)
        return Reply(answer, Outcome.ANSWERED, "en", (CITATION, SECRET), NEAREST, notices, prompts)


class Browser:
    """Asks as the page does, with its own cookies."""

    def __init__(self, url: str, language: str = "en") -> None:
        headers = {"Origin": url, "Accept-Language": language}
        self.http = ClientSession(url, cookie_jar=CookieJar(unsafe=True), headers=headers)

    async def __aenter__(self) -> "Browser":
        await self.http.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()

    async def put(self, path: str, body: Any) -> ClientResponse:  # noqa: ANN401 - anything that JSON can hold
        return await self.http.put(path, json=body)

    async def ask(self, text: str, thread: str = "", turn: str = "") -> tuple[int, dict[str, Any]]:
        thread, turn = thread or new_id(), turn or new_id()
        async with await self.put(f"/api/threads/{thread}/turns/{turn}", {"text": text}) as response:
            return response.status, await response.json()

    async def asked(self, text: str, thread: str = "") -> str:
        """Ask, and return the turn's id when the reply is there."""
        turn = new_id()
        status, _ = await self.ask(text, thread, turn)
        assert status == 202
        assert [kind async for kind, _, _ in self.events(turn)][-1] == "reply"
        return turn

    async def json(self, path: str, status: int = 200) -> dict[str, Any]:
        async with self.http.get(path) as response:
            assert response.status == status, await response.text()
            found: dict[str, Any] = await response.json()
            return found

    async def page(self, path: str, status: int = 200) -> str:
        async with self.http.get(path, headers={"Accept": "text/html"}) as response:
            assert response.status == status
            return await response.text()

    async def data(self, path: str, status: int = 200) -> dict[str, Any]:
        """Return the data block of a page."""
        page = await self.page(path, status)
        block = page.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
        data: dict[str, Any] = json.loads(block)
        return data

    async def events(self, turn: str, last: str = "") -> AsyncIterator[tuple[str, int, dict[str, Any]]]:
        headers = {"Last-Event-ID": last} if last else {}
        async with self.http.get(f"/api/turns/{turn}/events", headers=headers) as response:
            assert response.status == 200
            async for event in read_events(response):
                yield event


async def read_events(response: ClientResponse) -> AsyncIterator[tuple[str, int, dict[str, Any]]]:
    fields: dict[str, str] = {}
    async for line in response.content:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "event" in fields:
            yield fields["event"], int(fields["id"]), json.loads(fields["data"])
            fields = {}


@dataclass
class House:
    """The server and all that stands behind it."""

    url: str
    parts: WebParts
    adapter: WebAdapter
    mind: Mind
    turns: TurnRunner
    threads: ThreadStore
    database: Database
    index: FakeIndex
    administration: FakeAdministration
    directory: FakeDirectory
    streams: EventStreams

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])


@dataclass(frozen=True)
class Plan:
    """How a house is to be."""

    web: WebSettings = field(default_factory=WebSettings)
    server: ServerSettings = field(default_factory=ServerSettings)
    with_administration: bool = True
    max_streams: int = 200
    write_seconds: float = 10.0
    heartbeat_seconds: float = 15.0
    body_seconds: float = 30.0
    head_seconds: float = 15.0
    most_connections: int = 500
    kept_seconds: float = 300.0
    key: bytes = KEY


@asynccontextmanager
async def built(folder: Path, plan: Plan | None = None) -> AsyncIterator[House]:
    """Build a house and serve it at a free port."""
    plan = plan or Plan()
    database = Database(folder / "bot.sqlite")
    await database.open()
    threads = ThreadStore(database)
    adapter = WebAdapter(threads, TurnLogs(plan.kept_seconds))
    index, mind = FakeIndex(), Mind()
    administration, directory = FakeAdministration(index), FakeDirectory()
    parts = WebParts(
        plan.server, plan.web, Texts(LANGUAGES, "web"), threads, index,
        administration if plan.with_administration else None, directory, plan.key, (SANNE, JOOST),
        {"en": ("How do I call in sick?",)}, LANGUAGES, (IndexDown,), 0.0,
    )  # fmt: skip
    streams = EventStreams(plan.max_streams, heartbeat_seconds=plan.heartbeat_seconds, write_seconds=plan.write_seconds)
    site = WebSite(parts, adapter, streams)
    application = build_application(Failures(Texts(LANGUAGES), site.failure), {}, body_seconds=plan.body_seconds)
    site.add_routes(application)
    turns = runner(adapter, mind.reply, threads)
    await adapter.start(turns.dispatch)
    limits = {"most_connections": plan.most_connections, "head_seconds": plan.head_seconds}
    async with listening(application, "127.0.0.1", 0, **limits) as url:  # type: ignore[arg-type]
        yield House(url, parts, adapter, mind, turns, threads, database, index, administration, directory, streams)
        mind.go_on.set()
        await adapter.stop()
        await turns.finish(within=5)
    await database.close()


def runner(
    adapter: WebAdapter, reply: Callable[[TurnContext], Awaitable[Reply]], history: ConversationHistory
) -> TurnRunner:
    return TurnRunner({adapter.name: adapter}, [], [(lambda _: True, reply)], history, Texts(LANGUAGES))
