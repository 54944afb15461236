"""`ChunkEmbedder`: chunks to their vectors."""

from dataclasses import replace

from haystack import Document, component

from pipelines.analysis import searched_text
from pipelines.embedders import Embedder, Vectors


@component
class ChunkEmbedder:
    """Embeds chunks with what stands above them: title, headings, text."""

    def __init__(self, embedder: Embedder, batch_size: int = 16) -> None:
        """`batch_size`: chunks a call; more gains nothing."""
        self.embedder = embedder
        self.batch_size = batch_size

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """Return the documents with their embeddings, in order; equal texts are embedded once."""
        texts = [searched_text(document) for document in documents]
        distinct = list(dict.fromkeys(texts))
        vectors: dict[str, Vectors] = {}
        for start in range(0, len(distinct), self.batch_size):
            batch = distinct[start : start + self.batch_size]
            vectors.update(zip(batch, self.embedder.embed_passages(batch), strict=True))
        embedded = [replace(d, embedding=vectors[text].tolist()) for d, text in zip(documents, texts, strict=True)]
        return {"documents": embedded}
