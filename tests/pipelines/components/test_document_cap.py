"""No document fills the list."""

from pipelines.components.document_cap import DocumentCap
from tests.pipelines.chunks import chunk


def test_best_chunks_of_each_document_are_kept() -> None:
    """In their order, at most so many of each and so many in all."""
    ranked = [chunk("x", f"wiki/{name}", position=n) for n, name in enumerate("aaababcaac")]
    cap = DocumentCap(chunks_per_document=2, top_k=5)
    assert [c.id for c in cap.run(ranked)["documents"]] == [
        "wiki/a#0",
        "wiki/a#1",
        "wiki/b#3",
        "wiki/b#5",
        "wiki/c#6",
    ]


def test_nothing_stays_nothing() -> None:
    """Where nothing was found there is nothing to cap."""
    assert DocumentCap().run([])["documents"] == []
