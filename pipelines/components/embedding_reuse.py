"""`EmbeddingReuse`: the same text is never embedded twice."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from haystack import Document, component


class EmbeddingSource(Protocol):
    """What the reuse needs of a store."""

    def known_embeddings(self, chunks: Sequence[Document]) -> list[list[float] | None]:
        """Return for each chunk the vector of the same text where it has one already."""


@component
class EmbeddingReuse:
    """Parts chunks whose text the index has embedded before (moved, renamed, unchanged) from new ones."""

    def __init__(self, document_store: EmbeddingSource) -> None:
        """`document_store`: where the vectors are."""
        self.document_store = document_store

    @component.output_types(known=list[Document], unknown=list[Document])
    def run(self, chunks: list[Document]) -> dict[str, list[Document]]:
        """Return the known chunks with their vectors, and the unknown ones."""
        pairs = list(zip(chunks, self.document_store.known_embeddings(chunks), strict=True))
        known = [replace(chunk, embedding=embedding) for chunk, embedding in pairs if embedding is not None]
        return {"known": known, "unknown": [chunk for chunk, embedding in pairs if embedding is None]}
