"""`HashingModel`: what the embedded model is replaced by where its quality is not under test."""

import zlib
from collections.abc import Sequence
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis import words

_DIMENSIONS = 384


class HashingModel:
    """The more words two texts share, the nearer their vectors; it remembers what it was asked to embed.

    Like the real engine it gives unit vectors and serves one caller at a time.
    """

    def __init__(self) -> None:
        self.passages: list[str] = []
        self.questions: list[str] = []
        self._in_use = Lock()

    def query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.questions += texts
        return self._embed(texts)

    def passage(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.passages += texts
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("the engine was called from two threads at once")
        try:
            return np.stack([_vector(text) for text in texts])
        finally:
            self._in_use.release()


@cache
def _direction(word: str) -> NDArray[np.float64]:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=_DIMENSIONS)


def _vector(text: str) -> NDArray[np.float32]:
    total = np.sum([_direction(word) for word in words(text) or [""]], axis=0)
    return np.asarray(total / np.linalg.norm(total), np.float32)


class ForgetfulModel:
    """A vector by each text's checksum, of no use but quick: what remembers texts or words fills the memory."""

    def query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.passage(texts)

    def passage(self, texts: Sequence[str]) -> NDArray[np.float32]:
        made = [np.random.default_rng(zlib.crc32(text.encode())).normal(size=_DIMENSIONS) for text in texts]
        return np.stack([vector / np.linalg.norm(vector) for vector in made]).astype(np.float32)
