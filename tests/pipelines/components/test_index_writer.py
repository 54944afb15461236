"""Documents are written whole."""

from haystack import Document

from pipelines.components.index_writer import IndexWriter
from pipelines.document_store.sqlite import SQLiteDocumentStore
from tests.pipelines.chunks import chunk, contents, metadata, put


def test_each_document_gets_its_own_chunks_in_order(document_store: SQLiteDocumentStore) -> None:
    """Whether their vectors were known or new; what stood there before is gone."""
    put(document_store, "wiki/a", ["Old.", "Older.", "Oldest."])
    documents = [Document(id=id_, content="whole", meta=metadata(id_)) for id_ in ("wiki/a", "wiki/b")]
    result = IndexWriter(document_store).run(
        documents,
        known=[chunk("A1", "wiki/a", position=1, embedding=[1.0]), chunk("B0", "wiki/b", embedding=[1.0])],
        embedded=[chunk("A0", "wiki/a", embedding=[0.5])],
    )
    assert result == {"chunks_written": 3, "chunks_embedded": 1}
    assert contents(document_store.chunks("wiki/a")) == ["A0", "A1"]
    assert contents(document_store.chunks("wiki/b")) == ["B0"]
    assert document_store.markdown("wiki/a") == "whole"
