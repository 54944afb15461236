"""`StoreAdministration`: what an administrator sees of the index, and may ask of its syncs."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta

from haystack import Document

from bot.index.knowledge import known_document
from bot.index.sync_watch import SyncWatch
from bot.knowledge import (
    Chunk,
    DocumentOverview,
    DocumentState,
    FailingDocument,
    IndexedDocument,
    SourceOverview,
    SyncState,
)
from connectors.base import whole_link
from connectors.cursor_store import CursorStore, Standing
from connectors.schedule import written
from pipelines.document_store.overview import ListedDocument, SourceCounts
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.sync.schedule import ScheduledSync

_NOTHING_INDEXED = SourceCounts(documents=0, chunks=0, unreadable=0, stale=0)
_NEVER_SYNCED = Standing(last_run=None, failing=0)


class StoreAdministration:
    """A `KnowledgeAdministration`. What touches a file runs in a thread.

    Raises `PipelineError` where the index can't be used, `CursorStoreUnavailable` where what is known of its syncs
    can't.
    """

    def __init__(
        self,
        store: SQLiteDocumentStore,
        cursors: CursorStore,
        scheduled: ScheduledSync,
        watch: SyncWatch,
        plans: Mapping[str, timedelta],
    ) -> None:
        """`watch`: what `scheduled` tells its events; `plans`: how often each source is synced, in their order."""
        self._store = store
        self._cursors = cursors
        self._scheduled = scheduled
        self._watch = watch
        self._plans = plans

    async def sources(self) -> Sequence[SourceOverview]:
        """Return all configured sources, in the settings' order."""
        counts = await asyncio.to_thread(self._store.overview.sources)
        standings = await self._cursors.standings()
        return [
            _source(name, every, counts.get(name, _NOTHING_INDEXED), standings.get(name, _NEVER_SYNCED))
            for name, every in self._plans.items()
        ]

    async def documents(
        self, source: str, *, state: DocumentState, search: str, after: str, limit: int
    ) -> Sequence[DocumentOverview]:
        """Return the next `limit` documents of a source after the id `after`, by id; see `IndexOverview`.

        Space around `search` does not count.
        """
        listed = await asyncio.to_thread(
            self._store.overview.documents, source, state=state, search=search.strip(), after=after, limit=limit
        )
        return [_document(document) for document in listed]

    async def failing(self, source: str) -> Sequence[FailingDocument]:
        """Return the documents of a source that can't be read now, by id."""
        failures = await self._cursors.failures(source)
        return [FailingDocument(one.document_id, one.reason, one.remedy, one.since) for one in failures]

    async def document(self, document_id: str) -> IndexedDocument | None:
        """Return a document, None where it is not indexed."""
        found = await asyncio.to_thread(self._store.overview.document, document_id)
        if found is None:
            return None
        chunks = [_chunk(number, chunk) for number, chunk in enumerate(found.chunks, 1)]
        return IndexedDocument(known_document(found.document), found.readers, chunks)

    def sync(self, source: str) -> bool:
        """Have a source synced as soon as may be; False where none has that name. Call it on the event loop."""
        return self._scheduled.request(source)

    def follow(self, after: int) -> AsyncIterator[SyncState]:
        """Yield what the syncs are doing, whenever it is another state than number `after`, without end."""
        return self._watch.follow(after)


def _source(name: str, every: timedelta, counts: SourceCounts, standing: Standing) -> SourceOverview:
    run = standing.last_run
    return SourceOverview(
        name=name,
        documents=counts.documents,
        chunks=counts.chunks,
        failing=standing.failing,
        stale=counts.stale,
        unreadable=counts.unreadable,
        synced_at=run.finished_at if run else None,
        reason=(run.reason if run else None) or "",
        remedy=(run.remedy if run else None) or "",
        every=written(every),
    )


def _document(listed: ListedDocument) -> DocumentOverview:
    meta = listed.meta
    return DocumentOverview(
        id=listed.id,
        title=meta.get("title") or listed.id,
        url=whole_link(meta.get("url") or ""),
        language=meta.get("language") or "",
        updated_at=meta.get("updated_at"),
        stale_since=meta.get("stale_since"),
        chunks=listed.chunks,
        readers=listed.readers,
    )


def _chunk(number: int, chunk: Document) -> Chunk:
    return Chunk(number, chunk.meta.get("section") or "", chunk.meta.get("place") or "", chunk.content or "")
