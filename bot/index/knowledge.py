"""`StoreKnowledge`: what the bot says of the index to people, asked of the store off the event loop."""

import asyncio
from collections.abc import Iterable

from haystack import Document

from bot.knowledge import KnowledgeDocument
from connectors.base import whole_link
from pipelines.document_store.sqlite import SQLiteDocumentStore


class StoreKnowledge:
    """A `KnowledgeIndex`; raises `PipelineError` where the index can't be used."""

    def __init__(self, store: SQLiteDocumentStore) -> None:
        """`store`: what is asked."""
        self._store = store

    async def count_documents(self, principals: Iterable[str]) -> int:
        """Return how many documents one of `principals` may read."""
        return await asyncio.to_thread(self._store.count_readable, tuple(principals))

    async def document(self, document_id: str, principals: Iterable[str]) -> KnowledgeDocument | None:
        """Return a document, None where there is none under that id that one of `principals` may read."""
        found = await asyncio.to_thread(self._store.readable_document, document_id, tuple(principals))
        return known_document(found) if found else None


def known_document(document: Document) -> KnowledgeDocument:
    """Return a document of the store as people see it; one that another program wrote is titled by its id."""
    meta = document.meta
    return KnowledgeDocument(
        id=document.id,
        title=meta.get("title") or document.id,
        url=whole_link(meta.get("url") or ""),
        source=meta.get("source") or "",
        language=meta.get("language") or "",
        owner=meta.get("owner"),
        updated_at=meta.get("updated_at"),
        stale_since=meta.get("stale_since"),
        markdown=document.content or "",
    )
