"""`Calibrator`: the thresholds of an index made anew where enough of it has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from pipelines.calibration import calibrate
from pipelines.document_store.sqlite import IndexSize, SQLiteDocumentStore
from pipelines.embedders import Embedder, Vectors

_CALIBRATED_FOR = 0.02
"""The share of chunks that may change before the thresholds are made anew."""

_QUESTIONS_A_CALL = 16


class Calibrator:
    """Keeps an index's calibration in step; sentences that were asked before are not embedded again."""

    def __init__(self, store: SQLiteDocumentStore, embedder: Embedder) -> None:
        """`embedder`: the engine that made the index."""
        self._store = store
        self._embedder = embedder

    def renew(self, progress: Callable[[int, int], None]) -> None:
        """Make the thresholds anew where enough has changed; blocks.

        `progress` is told how many sentences have been embedded, of how many.
        """
        now = self._store.size()
        before = self._store.fact("calibrated_at")
        if before and now.changes_since(IndexSize(**before)) <= _CALIBRATED_FOR * now.chunks:
            return
        calibration = calibrate(self._store.every_chunk(), lambda texts: self._embed(texts, progress))
        self._store.record_fact("calibration", calibration.to_json() if calibration else None)
        self._store.record_fact("calibrated_at", asdict(now))

    def _embed(self, texts: Sequence[str], progress: Callable[[int, int], None]) -> Mapping[str, Vectors]:
        known = self._store.question_embeddings(texts)
        unknown = [text for text in texts if text not in known]
        for start in range(0, len(unknown), _QUESTIONS_A_CALL):
            batch = unknown[start : start + _QUESTIONS_A_CALL]
            known.update(zip(batch, self._embedder.embed_questions(batch), strict=True))
            progress(start + len(batch), len(unknown))
        self._store.remember_questions(known)
        return known
