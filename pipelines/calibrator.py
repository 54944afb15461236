"""`Calibrator`: the thresholds of an index made anew where enough of it has changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from pipelines.calibration import CALIBRATION_VERSION
from pipelines.document_store.sqlite import IndexSize, SQLiteDocumentStore
from pipelines.embedders import Embedder, Vectors, embed_many_questions
from pipelines.near_misses import calibrate

CALIBRATED_FOR = 0.1
"""The share of chunks that may change before the thresholds are made anew."""


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
        if is_current(self._store):
            return
        now = self._store.size()
        calibration = calibrate(self._store.every_chunk(), lambda texts: self._embed(texts, progress))
        self._store.record_fact("calibration", calibration.to_json() if calibration else None)
        self._store.record_fact("calibrated_at", {"version": CALIBRATION_VERSION, "size": asdict(now)})

    def _embed(self, texts: Sequence[str], progress: Callable[[int, int], None]) -> Mapping[str, Vectors]:
        known = self._store.question_embeddings(texts)
        unknown = [text for text in texts if text not in known]
        known.update(zip(unknown, embed_many_questions(self._embedder, unknown, progress), strict=True))
        self._store.remember_questions(known)
        return known


def changed_since_calibration(store: SQLiteDocumentStore) -> float | None:
    """Return the share of chunks that have changed since the calibration was made.

    None: it never was, or by another version of this program.
    """
    made = store.fact("calibrated_at") or {}
    return changed_since(store, made["size"]) if made.get("version") == CALIBRATION_VERSION else None


def changed_since(store: SQLiteDocumentStore, size: Mapping[str, int]) -> float:
    """Return the share of chunks that have changed since the index had this size (the fields of `IndexSize`)."""
    now = store.size()
    return now.changes_since(IndexSize(**size)) / max(now.chunks, 1)


def is_current(store: SQLiteDocumentStore) -> bool:
    """Tell whether the calibration needs not be made anew: at most a tenth of the chunks have changed since."""
    changed = changed_since_calibration(store)
    return changed is not None and changed <= CALIBRATED_FOR
