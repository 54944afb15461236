"""Documents and chunks as the indexing pipeline makes them, made by hand for tests."""

from collections.abc import Iterable, Sequence
from typing import Any

from haystack import Document

from pipelines.document_store.sqlite import SQLiteDocumentStore


def metadata(document_id: str, **meta: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of a document's meta
    """Return a document's meta; `meta` goes before what a plain page of a wiki has."""
    page = document_id.partition("/")[2]
    return {
        "document_id": document_id,
        "source": document_id.partition("/")[0],
        "title": "Page",
        "stated_title": None,
        "url": f"https://wiki.example/{page}#{{anchor}}",
        "owner": None,
        "updated_at": "2026-01-31",
        "language": "en",
        "access": ["everyone"],
        "content_hash": "0",
        "stale_since": None,
        "left_out": {},
        "part_of": None,
        **meta,
    }


def chunk(
    content: str,
    document_id: str = "wiki/page",
    *,
    position: int = 0,
    score: float | None = None,
    embedding: Sequence[float] | None = None,
    **meta: Any,  # noqa: ANN401 - any value of a chunk's meta
) -> Document:
    """Return a chunk; all of a document are of one section unless `meta` says otherwise."""
    place = {"section": "", "section_index": 0, "anchor": "", "place": "", "position": position}
    return Document(
        id=f"{document_id}#{position}",
        content=content,
        meta={**metadata(document_id), **place, **meta},
        score=score,
        embedding=list(embedding) if embedding is not None else None,
    )


def put(
    store: SQLiteDocumentStore,
    document_id: str,
    texts: Iterable[str],
    embeddings: Iterable[Sequence[float] | None] | None = None,
    **meta: Any,  # noqa: ANN401 - any value of a document's meta
) -> list[Document]:
    """Index a document with a chunk for each of `texts`; return the chunks."""
    contents = list(texts)
    vectors = list(embeddings) if embeddings is not None else [None] * len(contents)
    chunks = [
        chunk(text, document_id, position=i, embedding=vector, **meta)
        for i, (text, vector) in enumerate(zip(contents, vectors, strict=True))
    ]
    whole = Document(id=document_id, content="\n\n".join(contents), meta=metadata(document_id, **meta))
    store.replace(whole, chunks)
    return chunks


def contents(chunks: Iterable[Document]) -> list[str | None]:
    """Return the texts of `chunks`, in order."""
    return [found.content for found in chunks]
