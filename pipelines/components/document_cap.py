"""`DocumentCap`: no document may fill the list."""

from collections import Counter
from time import perf_counter
from typing import Any

from haystack import Document, component


@component
class DocumentCap:
    """Keeps the best few chunks of each document, and of those the best in all."""

    def __init__(self, chunks_per_document: int = 3, top_k: int = 20) -> None:
        """`chunks_per_document`: chunks kept of one document; `top_k`: chunks kept in all."""
        self.chunks_per_document = chunks_per_document
        self.top_k = top_k

    @component.output_types(documents=list[Document], finished_at=float)
    def run(self, documents: list[Document]) -> dict[str, Any]:
        """Return the first of `documents` within both bounds, in their order.

        `finished_at` (`time.perf_counter`, seconds) is when retrieval was done.
        """
        seen: Counter[str] = Counter()
        kept = []
        for document in documents:
            owner = str(document.meta["document_id"])
            seen[owner] += 1
            if seen[owner] <= self.chunks_per_document:
                kept.append(document)
        return {"documents": kept[: self.top_k], "finished_at": perf_counter()}
