"""`SQLiteDocumentStore`: the index in one SQLite file, behind Haystack's DocumentStore protocol.

Access is joined inside every query: a search is given principals and sees only documents that
one of them may read; without principals it finds nothing. Each document is replaced in one
transaction, so readers, in this process and in others, see it whole, old or new.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from haystack import Document, default_from_dict, default_to_dict
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy
from haystack.utils.filters import document_matches_filter

from pipelines.analysis import ANALYSER_VERSION, question_stems, searched_text
from pipelines.calibration import Calibration, Fit, Vectors
from pipelines.document_store.overview import IndexOverview
from pipelines.document_store.sqlite.connection import ConnectionPool
from pipelines.document_store.sqlite.overview import SQLiteOverview, whole
from pipelines.document_store.sqlite.rows import (
    CHUNK,
    READABLE,
    READABLE_CHUNKS,
    by_document,
    chunks_of,
    delete_document,
    fetch,
    insert_document,
    like,
    names,
    owner_of,
    text_hash,
    to_chunk,
    to_floats,
    update_document,
)
from pipelines.document_store.sqlite.terms import any_of, rarest_fourgrams, search_query, weights
from pipelines.document_store.sqlite.vectors import VectorIndex
from pipelines.errors import IndexMismatch

WithChunks = tuple[Document, Sequence[Document]]
"""A whole document and its chunks, in order."""

CHUNK_LIMIT = 50_000
"""Up to here a question stays well under a second on two cores; above, Weaviate is the store to use."""

_STEM_QUERY = search_query("stem_terms", READABLE_CHUNKS)
_FOURGRAM_QUERY = search_query("fourgram_terms", READABLE_CHUNKS)


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What a sync compares: the hash of the bytes that were indexed, and the metadata in force."""

    content_hash: str
    meta: Mapping[str, Any]

    def differs_from(self, meta: Mapping[str, Any]) -> bool:
        """Tell whether a value of `meta` is another one here."""
        return any(self.meta.get(name) != value for name, value in meta.items())


@dataclass(frozen=True, slots=True)
class IndexSize:
    """How many chunks there are, and how many were ever written."""

    chunks: int
    written: int

    def changes_since(self, before: "IndexSize") -> int:
        """Return how many chunks were written or removed since `before`."""
        written = self.written - before.written
        return written + (before.chunks + written - self.chunks)


class SQLiteDocumentStore:
    """The embedded store. Safe to use from several threads and processes.

    Raises from any method that touches the file: `IndexUnavailable` (locked, damaged, disk full,
    read-only), `IndexMissing` where `create` is False and there is no file, `IndexMismatch` where
    the file was made by another version.
    """

    def __init__(self, path: Path | str, *, create: bool = True) -> None:
        """`path`: the file, made with its folder on first use unless `create` is False."""
        self.path = Path(path)
        self.create = create
        self._pool = ConnectionPool(self.path, create=create)
        self.overview: IndexOverview = SQLiteOverview(self._pool)
        self._vector_index: tuple[int, VectorIndex] | None = None

    # Haystack's protocol

    def to_dict(self) -> dict[str, Any]:
        """Serialize for a pipeline's YAML."""
        return default_to_dict(self, path=str(self.path), create=self.create)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "SQLiteDocumentStore":
        """Make the store that `to_dict` described."""
        store: SQLiteDocumentStore = default_from_dict(cls, data)
        return store

    def count_documents(self) -> int:
        """Return the number of chunks."""
        with self._pool.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM chunks").fetchone()[0])

    def size(self) -> IndexSize:
        """Return the number of chunks, now and ever written."""
        with self._pool.reading() as connection:
            written = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'chunks'").fetchone()
        return IndexSize(self.count_documents(), written[0] if written else 0)

    def filter_documents(self, filters: dict[str, Any] | None = None) -> list[Document]:
        """Return all chunks that match Haystack's `filters`, whoever may read them: for administration."""
        return [c for c in self.every_chunk() if not filters or document_matches_filter(filters, c)]

    def every_chunk(self) -> Iterator[Document]:
        """Yield all chunks with their embeddings, one at a time, since together they take much room."""
        with self._pool.reading() as connection:
            yield from map(to_chunk, connection.execute(f"{CHUNK} ORDER BY chunks.key"))

    def write_documents(self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE) -> int:
        """Write chunks one by one and return how many were written; NONE is FAIL here.

        Raises `DuplicateDocumentError` for an id that exists, under FAIL.
        """
        if any(not isinstance(document, Document) for document in documents):
            raise ValueError("write_documents takes a list of Documents")
        present = set(self._existing(d.id for d in documents))
        if policy in (DuplicatePolicy.NONE, DuplicatePolicy.FAIL) and present:
            raise DuplicateDocumentError(f"These ids exist: {', '.join(sorted(present))}.")
        new = [d for d in documents if policy == DuplicatePolicy.OVERWRITE or d.id not in present]
        for document_id, chunks in by_document(new).items():
            self._merge(document_id, chunks)
        return len(new)

    def delete_documents(self, document_ids: list[str]) -> None:
        """Delete chunks by their ids; ids that don't exist are passed over."""
        gone = set(document_ids)
        for document_id, chunks in by_document(self._chunks_by_id(gone)).items():
            kept = [c for c in self.chunks(owner_of(chunks[0])) if c.id not in gone]
            if kept:
                self.replace(replace(kept[0], id=document_id, content=self.markdown(document_id)), kept)
            else:
                self.delete([document_id])

    # Documents

    def replace(self, document: Document, chunks: Sequence[Document], parts: Iterable[WithChunks] = ()) -> None:
        """Put a document and its chunks in the place of what stood under its id, in one transaction.

        `parts`: the documents inside it, each with its chunks; those that it had before go.
        """
        with self._pool.writing() as connection:
            delete_document(connection, document.id)
            for one, its_chunks in ((document, chunks), *parts):
                insert_document(connection, one, its_chunks)

    def rewrite_metadata(self, document_id: str, meta: Mapping[str, Any]) -> None:
        """Change a document's metadata (access, title, link, owner, date) and keep its vectors.

        But for the title it holds for the documents inside it too.
        """
        with self._pool.writing() as connection:
            update_document(connection, document_id, meta)

    def delete(self, document_ids: Iterable[str]) -> None:
        """Delete whole documents with those inside them; ids that don't exist are passed over."""
        for document_id in document_ids:
            with self._pool.writing() as connection:
                delete_document(connection, document_id)

    def state(self, document_id: str) -> DocumentState | None:
        """Return what is indexed of a document, None when it is not."""
        with self._pool.reading() as connection:
            query = "SELECT content_hash, meta FROM documents WHERE id = ?"
            row = connection.execute(query, [document_id]).fetchone()
        return DocumentState(row[0], json.loads(row[1])) if row else None

    def document_ids(self, source: str) -> frozenset[str]:
        """Return the ids of a source's documents; those inside others are not counted."""
        with self._pool.reading() as connection:
            query = "SELECT id FROM documents WHERE source = ? AND part_of IS NULL"
            rows = connection.execute(query, [source])
            return frozenset(row[0] for row in rows)

    def content_hashes(self, source: str) -> dict[str, str]:
        """Return the hash of what was indexed of each of a source's documents, those inside others left out."""
        with self._pool.reading() as connection:
            query = "SELECT id, content_hash FROM documents WHERE source = ? AND part_of IS NULL"
            return dict(connection.execute(query, [source]).fetchall())

    def sources(self) -> frozenset[str]:
        """Return the names of the sources that have documents here."""
        with self._pool.reading() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT DISTINCT source FROM documents"))

    def chunks(self, document_id: str) -> list[Document]:
        """Return a document's chunks in order, with embeddings."""
        with self._pool.reading() as connection:
            return chunks_of(connection, document_id)

    def markdown(self, document_id: str) -> str:
        """Return a document's whole text, "" when it is not indexed."""
        with self._pool.reading() as connection:
            row = connection.execute("SELECT markdown FROM documents WHERE id = ?", [document_id]).fetchone()
        return row[0] if row else ""

    def readable_document(self, document_id: str, principals: Iterable[str]) -> Document | None:
        """Return a whole document, None where none is indexed under that id that one of `principals` may read."""
        with self._pool.reading() as connection:
            query = f"""SELECT id, meta, markdown FROM (SELECT *, key AS document FROM documents WHERE id = :id)
                WHERE {READABLE}"""  # noqa: S608 - constants
            row = connection.execute(query, {"id": document_id, "principals": names(principals)}).fetchone()
        return whole(row) if row else None

    def documents_titled(self, source: str, title: Sequence[str], principals: Iterable[str]) -> list[Document]:
        """Return those documents of a source that one of `principals` may read, titled so, without their text.

        `title`: its parts; anything may stand between them. The case of ASCII letters makes no difference.
        """
        parameters = {"source": source, "title": like(title), "principals": names(principals)}
        # JSON is looked into where its text has the parts at all: nearly four times as quick over 10,000 documents.
        parameters["meta"] = f"%{like(json.dumps(part)[1:-1] for part in title)}%"
        with self._pool.reading() as connection:
            query = f"""SELECT id, meta, '' FROM (SELECT *, key AS document FROM documents WHERE source = :source
                AND meta LIKE :meta ESCAPE '\\' AND json_extract(meta, '$.title') LIKE :title ESCAPE '\\')
                WHERE {READABLE} ORDER BY id"""  # noqa: S608 - constants
            return [whole(row) for row in connection.execute(query, parameters)]

    def count_readable(self, principals: Iterable[str]) -> int:
        """Return how many documents one of `principals` may read."""
        with self._pool.reading() as connection:
            query = f"SELECT count(*) FROM (SELECT key AS document FROM documents) WHERE {READABLE}"  # noqa: S608
            return int(connection.execute(query, {"principals": names(principals)}).fetchone()[0])

    def count_unreadable(self, source: str) -> int:
        """Return how many documents of a source nobody may read."""
        with self._pool.reading() as connection:
            query = """SELECT count(*) FROM documents
                WHERE source = ? AND part_of IS NULL AND key NOT IN (SELECT document FROM access)"""
            return int(connection.execute(query, [source]).fetchone()[0])

    def count_stale(self, source: str) -> int:
        """Return how many documents of a source are those of before, since they can't be read now."""
        with self._pool.reading() as connection:
            query = """SELECT count(*) FROM documents
                WHERE source = ? AND part_of IS NULL AND json_extract(meta, '$.stale_since') IS NOT NULL"""
            return int(connection.execute(query, [source]).fetchone()[0])

    def known_embeddings(self, chunks: Sequence[Document]) -> list[list[float] | None]:
        """Return for each chunk the vector of the same text where it has one already."""
        with self._pool.reading() as connection:
            query = "SELECT embedding FROM chunks WHERE text_hash = ? AND embedding IS NOT NULL LIMIT 1"
            rows = [connection.execute(query, [text_hash(searched_text(c))]).fetchone() for c in chunks]
        return [to_floats(row[0]) if row else None for row in rows]

    # Search

    def search_stems(self, question: str, principals: Iterable[str], limit: int) -> list[Document]:
        """Return the chunks that share word stems with `question`, best first, scored by BM25."""
        terms = question_stems(question, self.languages())
        return self._search_terms(_STEM_QUERY, terms, principals, limit)

    def search_fourgrams(self, question: str, principals: Iterable[str], limit: int) -> list[Document]:
        """Return the chunks that share 4-grams with `question`, best first, scored by BM25."""
        with self._pool.reading() as connection:
            terms = rarest_fourgrams(connection, question)
        return self._search_terms(_FOURGRAM_QUERY, terms, principals, limit)

    def search_vectors(
        self, question: Sequence[float], language: str, principals: Iterable[str], limit: int
    ) -> list[Document]:
        """Return the chunks nearest to the vector of a question in `language`, best first.

        The score is a cosine; meta["nearness"] is the one that `calibration`'s thresholds are about.
        """
        wanted = frozenset(principals)
        with self._pool.reading() as connection:
            hits = self._vectors().nearest(np.asarray(question, np.float32), language, wanted, limit)
            found = fetch(connection, [hit.key for hit in hits], wanted)
        return [
            replace(found[hit.key], score=hit.score, meta={**found[hit.key].meta, "nearness": hit.nearness})
            for hit in hits
            if hit.key in found
        ]

    def calibration(self) -> Calibration | None:
        """Return the thresholds made when the index was built, None where there was too little text."""
        with self._pool.reading():
            return self._vectors().calibration()

    def fit(self) -> Fit | None:
        """Return what moves the thresholds, None where nothing was fitted."""
        values = self.fact("fit")
        return Fit(**values) if values else None

    def record_fit(self, fit: Fit | None) -> None:
        """Let `fit` move the thresholds from now on, None: nothing."""
        self.record_fact("fit", asdict(fit) if fit else None)

    def stem_weights(self, question: str) -> dict[str, float]:
        """Return the stems of `question` with their idf: how much a chunk that has one stands out."""
        stems = question_stems(question, self.languages())
        with self._pool.reading() as connection:
            return weights(connection, stems)

    # The index as a whole

    def languages(self) -> list[str]:
        """Return the languages of the documents."""
        with self._pool.reading() as connection:
            rows = connection.execute("SELECT DISTINCT language FROM documents ORDER BY language")
            return [row[0] for row in rows]

    def fact(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """Return what is recorded of the whole index under `name`, None where nothing is."""
        with self._pool.reading() as connection:
            row = connection.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else None

    def record_fact(self, name: str, value: Any) -> None:  # noqa: ANN401 - JSON
        """Record something of the whole index: JSON under a name."""
        with self._pool.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", [name, json.dumps(value)])

    def fingerprint(self, parts: Mapping[str, Any]) -> None:
        """Record what the index is made with; on an index with content, compare instead.

        Raises `IndexMismatch` naming what differs.
        """
        wanted = {**parts, "analyser": ANALYSER_VERSION}
        recorded = self.fact("fingerprint")
        if recorded is None or not self.sources():
            self.record_fact("fingerprint", wanted)
            return
        differences = [f"{k} was {recorded.get(k)}, is {v}" for k, v in wanted.items() if recorded.get(k) != v]
        if differences:
            raise IndexMismatch(
                f"the index {self.path} was made with other settings ({'; '.join(differences)})",
                "Put the settings back, or remove that file and run `kennisbot sync` to build it anew.",
            )

    def question_embeddings(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Return the remembered vectors of those of `texts` that have one."""
        with self._pool.reading() as connection:
            query = "SELECT embedding FROM question_embeddings WHERE text_hash = ?"
            rows = {text: connection.execute(query, [text_hash(text)]).fetchone() for text in texts}
        return {text: np.frombuffer(row[0], np.float32) for text, row in rows.items() if row}

    def remember_questions(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep exactly these question vectors: what is not among them is forgotten."""
        with self._pool.writing() as connection:
            connection.execute("DELETE FROM question_embeddings")
            rows = [(text_hash(text), vector.tobytes()) for text, vector in vectors.items()]
            connection.executemany("INSERT OR REPLACE INTO question_embeddings VALUES (?, ?)", rows)

    # Inside

    def _search_terms(self, query: str, terms: Sequence[str], principals: Iterable[str], limit: int) -> list[Document]:
        wanted = frozenset(principals)
        if not terms or not wanted:
            return []
        values = {"terms": any_of(terms), "principals": names(wanted), "limit": limit}
        with self._pool.reading() as connection:
            hits = connection.execute(query, values).fetchall()
            found = fetch(connection, [key for key, _ in hits], wanted)
        return [replace(found[key], score=score) for key, score in hits if key in found]

    def _existing(self, chunk_ids: Iterable[str]) -> list[str]:
        with self._pool.reading() as connection:
            query = "SELECT id FROM chunks WHERE id IN (SELECT value FROM json_each(?))"
            return [row[0] for row in connection.execute(query, [json.dumps(list(chunk_ids))])]

    def _chunks_by_id(self, chunk_ids: Iterable[str]) -> list[Document]:
        with self._pool.reading() as connection:
            query = f"{CHUNK} WHERE chunks.id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
            return [to_chunk(row) for row in connection.execute(query, [json.dumps(sorted(chunk_ids))])]

    def _merge(self, document_id: str, chunks: list[Document]) -> None:
        merged = {chunk.id: chunk for chunk in (*self.chunks(document_id), *chunks)}
        whole = replace(chunks[0], id=document_id, content=self.markdown(document_id))
        self.replace(whole, list(merged.values()))

    def _vectors(self) -> VectorIndex:
        if self._vector_index is None or self._vector_index[0] != self._pool.file():
            connection = self._pool.open()
            self._vector_index = (self._pool.file(), VectorIndex(connection))
        return self._vector_index[1]
