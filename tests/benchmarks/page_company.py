"""What the page's server is given to show: the sample's index with one large document more, and a person's threads."""

import asyncio
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from haystack import Document, GeneratedAnswer

from bot import bootstrap
from bot.handlers.ask import citation_of
from bot.models import Citation, ConversationReference, Link, Message, Outcome, Reply, UserReference
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.threads import ThreadStore
from tests.benchmarks.page_server import settings
from tests.benchmarks.sample import Sample

TURNS = 200
"""Of the long thread."""
THREADS = 200
"""As many as the page lists."""
LARGE = 1_000_000
"""Characters of the large document: the sample's Markdown, again and again."""

PERSON = "sanne.devries@lindervaart.example"
OWNER = f"person:{PERSON}"
_ID = "benchmark/large.md"
_PASSAGE = "The one sentence that is quoted stands in this document only once."
_WHERE = 0.75
"""Of the document, where the passage stands: beyond what is shown of a document from its beginning."""
_REPLIES = 8
"""Different answers in the long thread."""


@dataclass(frozen=True, slots=True)
class Company:
    """What lies ready: the settings, and the ids of what is read."""

    settings: Settings
    long_thread: str
    quoting_turn: str
    large: str
    passage: tuple[str, ...] = (_PASSAGE,)


def prepare(sample: Sample) -> Company:
    """Write it all in a data folder of its own."""
    folder = Path(shutil.copytree(sample.indexed.data_folder, sample.folder / "page"))
    configured = settings(folder)
    large = "".join(_large())
    _add(configured, large)
    long_thread, quoting = asyncio.run(_fill(configured, sample.questions[:_REPLIES]))
    return Company(configured, long_thread, quoting, large)


def _large() -> Iterator[str]:
    texts = [path.read_text("utf-8").partition("\n---\n")[2] for path in sorted(Sample.documents.rglob("*.md"))]
    written = 0
    is_quoted = False
    for text in cycle(texts):
        if written >= LARGE:
            return
        if not is_quoted and written >= _WHERE * LARGE:
            is_quoted = True
            yield f"\n\nBefore it. {_PASSAGE} After it.\n\n"
        written += len(text)
        yield text


def _add(configured: Settings, large: str) -> None:
    store = bootstrap.build_store(configured)
    names = ("url", "owner", "updated_at", "language")
    meta = {"source": "benchmark", "title": "Large", "access": ["everyone"], "content_hash": "1"}
    facts = {**dict.fromkeys(names, ""), **meta, "document_id": _ID, "stated_title": None, "language": "nl"}
    store.replace(Document(id=_ID, content=large, meta=facts), [])


async def _fill(configured: Settings, questions: Sequence[str]) -> tuple[str, str]:
    replies = [await _answer(configured, question) for question in questions]
    database = Database(bootstrap.database_path(configured))
    await database.open()
    threads = ThreadStore(database)
    long_thread = secrets.token_hex(16)
    for question, reply in islice(cycle(zip(questions, replies, strict=True)), TURNS):
        await _record(threads, long_thread, question, reply)
    for question, reply in islice(cycle(zip(questions, replies, strict=True)), THREADS - 2):
        await _record(threads, secrets.token_hex(16), question, reply)
    cited = Citation(1, _ID, "", "Large", "", "", _PASSAGE, None, None, "benchmark", passage=(_PASSAGE,))
    quoting = await _record(threads, secrets.token_hex(16), "?", Reply("[1]", Outcome.ANSWERED, "nl", (cited,)))
    await database.close()
    return long_thread, quoting


async def _answer(configured: Settings, question: str) -> Reply:
    answering = bootstrap.build_answering(configured, bootstrap.build_store(configured))
    return _reply(await answering.answer(question, earlier_questions=(), principals=("everyone",)))


def _reply(answer: GeneratedAnswer) -> Reply:
    citations = tuple(citation_of(citation) for citation in answer.meta["citations"])
    nearest = tuple(Link(**link) for link in answer.meta["nearest"])
    return Reply(answer.data, Outcome(answer.meta["outcome"]), answer.meta["language"], citations, nearest)


async def _record(threads: ThreadStore, thread: str, question: str, reply: Reply) -> str:
    turn, asker = secrets.token_hex(16), UserReference("web", "local", PERSON)
    conversation = ConversationReference("web", "local", OWNER, thread, is_direct=True)
    await threads.ask(OWNER, thread, turn, question)
    await threads.record(Message(turn, 0, conversation, asker, question, datetime.now(UTC)), reply)
    return turn
