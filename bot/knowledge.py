"""What the bot itself may say of the index: to whoever asks, and to its administrator.

The parts that know the index fill these Protocols; adapters know nothing else of it.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class KnowledgeDocument:
    """A document as it is indexed: `markdown` is all of it; the rest as in a `Citation`."""

    id: str
    title: str
    url: str
    source: str
    language: str
    owner: str | None
    updated_at: str | None
    stale_since: str | None
    markdown: str


class KnowledgeIndex(Protocol):
    """What is said of the index to people, always for given principals.

    Every method raises where the index can't be used.
    """

    async def count_documents(self, principals: Iterable[str]) -> int:
        """Return how many documents one of `principals` may read."""

    async def document(self, document_id: str, principals: Iterable[str]) -> KnowledgeDocument | None:
        """Return a document, None where there is none under that id that one of `principals` may read."""


@dataclass(frozen=True, slots=True)
class SourceOverview:
    """A source, by what the index and its last sync say of it; counts are documents, `chunks` excepted.

    `failing` can't be read or converted now, `stale` of those in the index are versions of before,
    `unreadable` have nobody who may read them. `synced_at` is when a sync last ended, None where none did;
    `reason` and `remedy` say why the whole source failed then, and are "" where it did not. `every` is
    how often it is synced, as in the settings ("15m").
    """

    name: str
    documents: int
    chunks: int
    failing: int
    stale: int
    unreadable: int
    synced_at: datetime | None
    reason: str
    remedy: str
    every: str


@dataclass(frozen=True, slots=True)
class DocumentOverview:
    """A document of the index; `readers` are the principals that may read it."""

    id: str
    title: str
    url: str
    language: str
    updated_at: str | None
    stale_since: str | None
    chunks: int
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailingDocument:
    """A document that can't be read or converted, by its id in the source, and since when (UTC)."""

    id: str
    reason: str
    remedy: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document as it is searched: `number` counts from 1, `place` is "page 3" or the like, or ""."""

    number: int
    section: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with all that the index has of it; `readers` as in a `DocumentOverview`, `chunks` in order."""

    document: KnowledgeDocument
    readers: tuple[str, ...]
    chunks: Sequence[Chunk]


DocumentState = Literal["all", "stale", "unreadable"]


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the syncs of this process are doing.

    `number` grows with each change. `source` is the one at work, "" where none is; `done` and `total` count its
    documents, None where it is not known yet. `waiting` are sources that were asked for and have not begun.
    `news` are the latest lines of what happened, oldest first.
    """

    number: int
    source: str = ""
    done: int | None = None
    total: int | None = None
    waiting: tuple[str, ...] = ()
    news: tuple["SyncNews", ...] = ()


@dataclass(frozen=True, slots=True)
class SyncNews:
    """Something that a sync did, or could not do: a sentence in an administrator's words."""

    at: datetime
    source: str
    level: Literal["info", "warning", "error"]
    text: str


class KnowledgeAdministration(Protocol):
    """What an administrator sees of the index, whoever may read it.

    Every method raises where the index, or what is known of its syncs, can't be used.
    """

    async def sources(self) -> Sequence[SourceOverview]:
        """Return all configured sources, in the settings' order."""

    async def documents(
        self, source: str, *, state: DocumentState, search: str, after: str, limit: int
    ) -> Sequence[DocumentOverview]:
        """Return the next `limit` documents of a source after the id `after`, by id.

        `search`: only those with this in their id or title, case aside.
        """

    async def failing(self, source: str) -> Sequence[FailingDocument]:
        """Return the documents of a source that can't be read now, by id."""

    async def document(self, document_id: str) -> IndexedDocument | None:
        """Return a document, None where it is not indexed."""

    def sync(self, source: str) -> bool:
        """Have a source synced as soon as may be; False where none has that name."""

    def follow(self, after: int) -> AsyncIterator[SyncState]:
        """Yield what the syncs are doing, whenever its number is beyond `after`, without end."""
