"""Documents and chunks as rows of the index, inside a transaction that the caller holds."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from haystack import Document

from pipelines.analysis import searched_text
from pipelines.document_store.sqlite.terms import Keyed, add_terms, remove_terms

READABLE = """document IN (SELECT document FROM access
    WHERE principal IN (SELECT value FROM json_each(:principals)))"""
"""The access filter of every search: `:principals` is a JSON list, see `names`."""

READABLE_CHUNKS = f"SELECT key FROM chunks INDEXED BY chunks_by_document WHERE {READABLE}"  # noqa: S608 - constants
"""The same for chunks, by their keys; the index alone tells, without a look at the chunks themselves."""

CHUNK = """SELECT chunks.key, chunks.id, chunks.content, chunks.meta, documents.meta, chunks.embedding
    FROM chunks JOIN documents ON documents.key = chunks.document"""
"""What `to_chunk` reads."""

_DOCUMENT_FIELDS = (
    "document_id",
    "source",
    "title",
    "stated_title",
    "url",
    "owner",
    "updated_at",
    "language",
    "access",
    "content_hash",
    "stale_since",
    "left_out",
    "part_of",
)
_OF_THE_WHOLE_ALONE = ("document_id", "title", "stated_title")
_INDEXED_FIELDS = (("source", ""), ("language", "en"), ("content_hash", ""))
_FOUND = """SELECT chunks.key, chunks.id, chunks.content, chunks.meta, documents.meta, NULL
    FROM chunks JOIN documents ON documents.key = chunks.document"""


class FoundChunk(Document):
    """A chunk that a search found; no component changes one, so that they may share it.

    Haystack copies a component's inputs: of some 900 chunks a question, that took a third of its time.
    """

    def __deepcopy__(self, _: dict[int, Any]) -> "FoundChunk":
        return self


def text_hash(text: str) -> str:
    """Return what identifies a text whose vector is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def delete_document(connection: sqlite3.Connection, document_id: str) -> None:
    """Remove a document with those inside it, their chunks and terms."""
    for id_ in _with_parts(connection, document_id):
        remove_terms(connection, _searched(connection, id_))
        connection.execute("DELETE FROM documents WHERE id = ?", [id_])


def insert_document(connection: sqlite3.Connection, document: Document, chunks: Sequence[Document]) -> None:
    """Write a document, its chunks and their terms; none of them may exist."""
    meta = _document_meta(document)
    known = [str(meta.get(field, default)) for field, default in _INDEXED_FIELDS]
    sql = """INSERT INTO documents (id, meta, markdown, part_of, source, language, content_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)"""
    row = (document.id, json.dumps(meta), document.content or "", meta.get("part_of"), *known)
    key = int(connection.execute(sql, row).lastrowid or 0)
    _insert_access(connection, key, document.meta.get("access") or ())
    for chunk in chunks:
        _insert_chunk(connection, key, chunk)
    add_terms(connection, _searched(connection, document.id))


def update_document(connection: sqlite3.Connection, document_id: str, meta: Mapping[str, Any]) -> None:
    """Change a document's metadata, and what of it holds for those inside it; chunks keep their keys and vectors."""
    _update(connection, document_id, meta)
    shared = {name: value for name, value in meta.items() if name not in _OF_THE_WHOLE_ALONE}
    for id_ in _with_parts(connection, document_id):
        if id_ != document_id:
            _update(connection, id_, shared)


def _with_parts(connection: sqlite3.Connection, document_id: str) -> list[str]:
    rows = connection.execute("SELECT id FROM documents WHERE id = ?1 OR part_of = ?1 ORDER BY key", [document_id])
    return [row[0] for row in rows]


def _update(connection: sqlite3.Connection, document_id: str, meta: Mapping[str, Any]) -> None:
    remove_terms(connection, _searched(connection, document_id))
    key, old = connection.execute("SELECT key, meta FROM documents WHERE id = ?", [document_id]).fetchone()
    new = {**json.loads(old), **meta}
    connection.execute("UPDATE documents SET meta = ? WHERE key = ?", [json.dumps(new), key])
    connection.execute("DELETE FROM access WHERE document = ?", [key])
    _insert_access(connection, key, new.get("access") or ())
    add_terms(connection, _searched(connection, document_id))


def _document_meta(document: Document) -> dict[str, Any]:
    # Documents that other programs write through Haystack's protocol have no document around them.
    if "document_id" not in document.meta:
        return {}
    return {field: document.meta[field] for field in _DOCUMENT_FIELDS if field in document.meta}


def _insert_access(connection: sqlite3.Connection, document: int, principals: Iterable[str]) -> None:
    rows = [(principal, document) for principal in sorted({p.casefold() for p in principals})]
    connection.executemany("INSERT INTO access (principal, document) VALUES (?, ?)", rows)


def _insert_chunk(connection: sqlite3.Connection, document: int, chunk: Document) -> None:
    shared = _DOCUMENT_FIELDS if "document_id" in chunk.meta else ()
    meta = json.dumps({k: v for k, v in chunk.meta.items() if k not in shared})
    embedding = np.asarray(chunk.embedding, np.float32).tobytes() if chunk.embedding is not None else None
    row = (chunk.id, document, chunk.content, meta, text_hash(searched_text(chunk)), embedding)
    sql = "INSERT INTO chunks (id, document, content, meta, text_hash, embedding) VALUES (?, ?, ?, ?, ?, ?)"
    connection.execute(sql, row)


def _searched(connection: sqlite3.Connection, document_id: str) -> Keyed:
    rows = connection.execute(f"{_FOUND} WHERE documents.id = ? ORDER BY chunks.key", [document_id])
    return [(row[0], to_chunk(row)) for row in rows]


def chunks_of(connection: sqlite3.Connection, document_id: str) -> list[Document]:
    """Return a document's chunks in order, with embeddings."""
    rows = connection.execute(f"{CHUNK} WHERE documents.id = ? ORDER BY chunks.key", [document_id])
    return [to_chunk(row) for row in rows]


def chunks_without_vectors(connection: sqlite3.Connection, document_id: str) -> list[Document]:
    """Return a document's chunks in order."""
    return [chunk for _, chunk in _searched(connection, document_id)]


def fetch(connection: sqlite3.Connection, keys: Sequence[int], principals: Iterable[str]) -> dict[int, Document]:
    """Return the chunks under `keys`, without embeddings; access is checked once more."""
    query = f"{_FOUND} WHERE chunks.key IN (SELECT value FROM json_each(:keys)) AND chunks.{READABLE}"  # noqa: S608 - constants
    parameters = {"keys": json.dumps(list(keys)), "principals": names(principals)}
    return {row[0]: to_chunk(row, FoundChunk) for row in connection.execute(query, parameters)}


def to_chunk(row: tuple[Any, ...], kind: type[Document] = Document) -> Document:
    """Return the chunk that a row of `CHUNK` holds."""
    _, chunk_id, content, chunk_meta, document_meta, embedding = row
    meta = {**json.loads(document_meta), **json.loads(chunk_meta)}
    return kind(id=chunk_id, content=content, meta=meta, embedding=to_floats(embedding) if embedding else None)


def to_floats(blob: bytes) -> list[float]:
    """Return a stored vector as Haystack holds it."""
    floats: list[float] = np.frombuffer(blob, np.float32).tolist()
    return floats


def owner_of(chunk: Document) -> str:
    """Return the id of the document that a chunk belongs to; one that stands alone is its own."""
    return str(chunk.meta.get("document_id", chunk.id))


def by_document(chunks: Iterable[Document]) -> dict[str, list[Document]]:
    """Return chunks by the id of their document."""
    groups: dict[str, list[Document]] = {}
    for chunk in chunks:
        groups.setdefault(owner_of(chunk), []).append(chunk)
    return groups


def names(principals: Iterable[str]) -> str:
    """Return principals as `READABLE` asks for them."""
    return json.dumps(sorted(p.casefold() for p in principals))


def like(parts: Iterable[str]) -> str:
    r"""Return the pattern for `LIKE … ESCAPE '\'` of a text with these parts in order, whatever is between them."""
    return "%".join(re.sub(r"([%_\\])", r"\\\1", part) for part in parts)
