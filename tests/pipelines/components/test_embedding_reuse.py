"""What has been embedded is not embedded again."""

from pipelines.components.embedding_reuse import EmbeddingReuse
from pipelines.document_store.sqlite import SQLiteDocumentStore
from tests.pipelines.chunks import chunk, put


def test_known_texts_get_their_vectors(document_store: SQLiteDocumentStore) -> None:
    """Also in another document; the rest is to be embedded, in order."""
    put(document_store, "wiki/old", ["Known."], [(0.6, 0.8)])
    chunks = [chunk("New.", "wiki/a"), chunk("Known.", "wiki/a", position=1), chunk("Newer.", "wiki/b")]
    result = EmbeddingReuse(document_store).run(chunks)
    assert [(c.id, [round(x, 5) for x in c.embedding or []]) for c in result["known"]] == [("wiki/a#1", [0.6, 0.8])]
    assert [c.id for c in result["unknown"]] == ["wiki/a#0", "wiki/b#0"]
