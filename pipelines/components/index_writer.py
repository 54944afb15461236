"""`IndexWriter`: each document and its chunks into the index, in one transaction."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from haystack import Document, component


class Index(Protocol):
    """What writing needs of a store."""

    def replace(
        self, document: Document, chunks: Sequence[Document], parts: Iterable[tuple[Document, Sequence[Document]]]
    ) -> None:
        """Put a document, its chunks and the documents inside it in the place of what stood under its id, at once."""


@component
class IndexWriter:
    """Replaces documents whole: a reader sees the old or the new one, never a mixture."""

    def __init__(self, document_store: Index) -> None:
        """`document_store`: where to write."""
        self.document_store = document_store

    @component.output_types(chunks_written=int, chunks_embedded=int)
    def run(self, documents: list[Document], known: list[Document], embedded: list[Document]) -> dict[str, int]:
        """Write `documents`, each with those of the chunks that are its own; count all, and the newly embedded."""
        chunks: dict[str, list[Document]] = {document.id: [] for document in documents}
        for chunk in sorted((*known, *embedded), key=lambda chunk: int(chunk.meta["position"])):
            chunks[str(chunk.meta["document_id"])].append(chunk)
        for document in documents:
            if document.meta.get("part_of") is None:
                parts = [(part, chunks[part.id]) for part in documents if part.meta.get("part_of") == document.id]
                self.document_store.replace(document, chunks[document.id], parts)
        return {"chunks_written": len(known) + len(embedded), "chunks_embedded": len(embedded)}
