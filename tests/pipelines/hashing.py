"""A stand-in for the embedding model: the more words two texts share, the nearer their vectors."""

import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis import words

_DIMENSIONS = 384


class HashingModel:
    """Gives unit vectors of the real one's length, and remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.passages: list[str] = []
        self.questions: list[str] = []

    def query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.questions += texts
        return np.stack([_vector(text) for text in texts])

    def passage(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages += texts
        return np.stack([_vector(text) for text in texts])


@cache
def _direction(word: str) -> NDArray[np.float64]:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=_DIMENSIONS)


def _vector(text: str) -> NDArray[np.float32]:
    total = np.sum([_direction(word) for word in words(text) or [""]], axis=0)
    unit: NDArray[np.float32] = (total / np.linalg.norm(total)).astype(np.float32)
    return unit
