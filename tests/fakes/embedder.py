"""`HashingModel`: what the embedded model is replaced by where its quality is not under test."""

import re
import zlib
from threading import Lock

import numpy as np
from numpy.typing import NDArray

_DIMENSIONS = 384
_WORD_START = 5


class HashingModel:
    """Texts that share words are near each other; like the real engine it serves one caller at a time."""

    def __init__(self) -> None:
        self._in_use = Lock()

    def query(self, texts: list[str]) -> NDArray[np.float32]:
        return self._embed(texts)

    def passage(self, texts: list[str]) -> NDArray[np.float32]:
        return self._embed(texts)

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        if not self._in_use.acquire(blocking=False):
            raise RuntimeError("the engine was called from two threads at once")
        try:
            return np.array([_vector(text) for text in texts], np.float32).reshape(-1, _DIMENSIONS)
        finally:
            self._in_use.release()


def _vector(text: str) -> NDArray[np.float32]:
    vector = np.zeros(_DIMENSIONS, np.float32)
    for word in re.findall(r"\w+", text.casefold()):
        vector[zlib.crc32(word[:_WORD_START].encode()) % _DIMENSIONS] += 1
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
