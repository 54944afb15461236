"""The embedded store: one SQLite file, searched in three ways.

`SQLiteDocumentStore` keeps it, `VectorIndex` holds the vectors in memory, and the retrievers are
what a pipeline sees of it.
"""

from pipelines.document_store.sqlite.retrievers import SQLiteEmbeddingRetriever, SQLiteLexicalRetriever
from pipelines.document_store.sqlite.store import CHUNK_LIMIT, IndexSize, SQLiteDocumentStore

__all__ = ["CHUNK_LIMIT", "IndexSize", "SQLiteDocumentStore", "SQLiteEmbeddingRetriever", "SQLiteLexicalRetriever"]
