"""`SQLiteOverview`: the embedded index as its administrator sees it."""

import json
from collections.abc import Sequence
from typing import Any

from haystack import Document

from pipelines.document_store.overview import DocumentFilter, ListedDocument, Search, SourceCounts, WholeDocument
from pipelines.document_store.sqlite.connection import ConnectionPool
from pipelines.document_store.sqlite.rows import chunks_without_vectors

_UNREADABLE = "NOT EXISTS (SELECT 1 FROM access WHERE access.document = documents.key)"
_STALE = "json_extract(meta, '$.stale_since') IS NOT NULL"
_CHUNKS = "(SELECT count(*) FROM chunks WHERE chunks.document = documents.key)"
_FILTERS = {"all": "TRUE", "stale": _STALE, "unreadable": _UNREADABLE}

_COUNTS = f"""SELECT source, count(*), sum({_CHUNKS}), sum({_UNREADABLE}), sum({_STALE})
    FROM documents GROUP BY source"""  # noqa: S608 - constants
_READERS = "(SELECT json_group_array(principal) FROM access WHERE access.document = documents.key)"
_WHOLE = f"SELECT id, meta, markdown, {_READERS} FROM documents WHERE id = ?"  # noqa: S608 - constants
# What is counted of a document is looked up for those of the page alone.
_PAGE = """SELECT id, meta, {chunks}, {readers}
    FROM documents WHERE key IN (
        SELECT key FROM documents WHERE source = :source AND id > :after AND {filter}
            AND (:search = '' OR is_found(id, json_extract(meta, '$.title')))
        ORDER BY id LIMIT :limit)
    ORDER BY id"""


class SQLiteOverview:
    """An `IndexOverview` of an index file."""

    def __init__(self, pool: ConnectionPool) -> None:
        """`pool`: connections to the file."""
        self._pool = pool

    def sources(self) -> dict[str, SourceCounts]:
        """Return the figures of each source that has documents here, by name."""
        with self._pool.reading() as connection:
            return {source: SourceCounts(*counts) for source, *counts in connection.execute(_COUNTS)}

    def documents(
        self, source: str, *, state: DocumentFilter = "all", search: str = "", after: str = "", limit: int
    ) -> list[ListedDocument]:
        """Return the next `limit` documents of a source after the id `after`, by id; see `IndexOverview`."""
        query = _PAGE.format(chunks=_CHUNKS, readers=_READERS, filter=_FILTERS[state])
        values = {"source": source, "search": search, "after": after, "limit": limit}
        with self._pool.reading() as connection:
            # SQLite's own functions know the case of ASCII alone.
            connection.create_function("is_found", 2, Search(source, search).finds)
            return [_listed(*row) for row in connection.execute(query, values)]

    def document(self, document_id: str) -> WholeDocument | None:
        """Return a whole document, None when it is not indexed."""
        with self._pool.snapshot() as connection:
            row = connection.execute(_WHOLE, [document_id]).fetchone()
            if row is None:
                return None
            *found, readers = row
            return WholeDocument(whole(found), _sorted(readers), chunks_without_vectors(connection, document_id))


def whole(row: Sequence[str]) -> Document:
    """Return the document that a row of id, meta and Markdown holds."""
    id_, meta, markdown = row
    return Document(id=id_, content=markdown, meta=json.loads(meta))


def _listed(id_: str, meta: str, chunks: int, readers: str) -> ListedDocument:
    known: dict[str, Any] = json.loads(meta)
    return ListedDocument(id_, known, chunks, _sorted(readers))


def _sorted(readers: str) -> tuple[str, ...]:
    return tuple(sorted(json.loads(readers)))
