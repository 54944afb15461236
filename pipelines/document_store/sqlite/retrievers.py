"""`SQLiteLexicalRetriever` and `SQLiteEmbeddingRetriever`: what a pipeline sees of the embedded store."""

from typing import Literal

from haystack import Document, component

from pipelines.document_store.sqlite.store import SQLiteDocumentStore


@component
class SQLiteLexicalRetriever:
    """Finds chunks by shared terms: word stems or 4-grams."""

    def __init__(
        self, document_store: SQLiteDocumentStore, terms: Literal["stems", "fourgrams"], top_k: int = 100
    ) -> None:
        """`top_k`: length of the list."""
        self.document_store = document_store
        self.terms = terms
        self.top_k = top_k

    @component.output_types(documents=list[Document])
    def run(self, question: str, principals: list[str]) -> dict[str, list[Document]]:
        """Return the best chunks that one of `principals` may read, scored by BM25."""
        if self.terms == "stems":
            found = self.document_store.search_stems(question, principals, self.top_k)
        else:
            found = self.document_store.search_fourgrams(question, principals, self.top_k)
        return {"documents": found}


@component
class SQLiteEmbeddingRetriever:
    """Finds chunks by the cosine between the vectors of question and chunk, less their languages' means."""

    def __init__(self, document_store: SQLiteDocumentStore, top_k: int = 100) -> None:
        """`top_k`: length of the list."""
        self.document_store = document_store
        self.top_k = top_k

    def warm_up(self) -> None:
        """Load the vectors, so that the first question does not wait for them (1 s at 50,000 chunks)."""
        self.document_store.calibration()

    @component.output_types(documents=list[Document])
    def run(self, query_embedding: list[float], language: str, principals: list[str]) -> dict[str, list[Document]]:
        """Return the nearest chunks that one of `principals` may read, scored by nearness, without embeddings."""
        found = self.document_store.search_vectors(query_embedding, language, principals, self.top_k)
        return {"documents": found}
