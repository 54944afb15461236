"""`VectorIndex`: the vectors of the chunks in memory, kept in step with the file."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from pipelines.calibration import Calibration, Vectors

Keys = NDArray[np.int64]

_ROWS = """SELECT chunks.key, documents.key, documents.language
    FROM chunks JOIN documents ON documents.key = chunks.document
    WHERE chunks.embedding IS NOT NULL ORDER BY chunks.key"""
_NEW = "SELECT embedding FROM chunks WHERE embedding IS NOT NULL AND key > ? ORDER BY key"


class VectorIndex:
    """Brute-force search: 6 ms over 50,000 vectors of 384 dimensions.

    Where the index is calibrated, vectors are held and compared without the mean of their
    language, which makes passages in different languages comparable with one question.
    `PRAGMA data_version` tells whether another connection has committed since the last look; only
    what is new is then read. Every use holds the lock: the connection is its own.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """`connection`: used by this object alone, never to write."""
        self._connection = connection
        self._lock = Lock()
        self._version = -1
        self._recorded: str | None = None
        self._calibration: Calibration | None = None
        self._forget()

    def nearest(
        self, question: Vectors, language: str, principals: Iterable[str], limit: int
    ) -> list[tuple[int, float]]:
        """Return (chunk key, nearness) of the nearest chunks that one of `principals` may read, best first.

        `question` is a vector in `language`; nearness is a cosine.
        """
        with self._lock:
            self._refresh()
            allowed = np.isin(self._documents, self._readable(principals))
            if not allowed.any():
                return []
            centred = self._calibration.centre_question(question, language) if self._calibration else question
            scores = np.where(allowed, self._vectors @ centred, -np.inf)
            best = _highest(scores, min(limit, int(allowed.sum())))
            return [(int(self._keys[i]), float(scores[i])) for i in best]

    def calibration(self) -> Calibration | None:
        """Return the calibration in force, None where there is none."""
        with self._lock:
            self._refresh()
            return self._calibration

    def _readable(self, principals: Iterable[str]) -> list[int]:
        query = "SELECT document FROM access WHERE principal IN (SELECT value FROM json_each(?))"
        return [row[0] for row in self._connection.execute(query, [json.dumps(sorted(principals))])]

    def _refresh(self) -> None:
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return
        # One read transaction: keys, vectors and calibration are of the same moment.
        self._connection.execute("BEGIN")
        try:
            self._load_calibration()
            self._load()
        finally:
            self._connection.execute("COMMIT")
        self._version = version

    def _load_calibration(self) -> None:
        row = self._connection.execute("SELECT value FROM facts WHERE name = 'calibration'").fetchone()
        recorded = row[0] if row else None
        if recorded != self._recorded:
            data = json.loads(recorded) if recorded else None
            self._recorded, self._calibration = recorded, Calibration.from_json(data) if data else None
            self._forget()

    def _forget(self) -> None:
        self._keys: Keys = np.empty(0, np.int64)
        self._documents: Keys = np.empty(0, np.int64)
        self._vectors: Vectors = np.empty((0, 0), np.float32)

    def _load(self) -> None:
        rows = self._connection.execute(_ROWS).fetchall()
        present = np.array([row[0] for row in rows], np.int64)
        newest = int(self._keys[-1]) if len(self._keys) else 0
        languages = [row[2] for row in rows if row[0] > newest]
        added = self._centred([row[0] for row in self._connection.execute(_NEW, [newest])], languages)
        kept = self._vectors[np.isin(self._keys, present)]
        self._vectors = np.vstack([part for part in (kept, added) if len(part)] or [added])
        self._keys, self._documents = present, np.array([row[1] for row in rows], np.int64)

    def _centred(self, blobs: Sequence[bytes], languages: Sequence[str]) -> Vectors:
        if not blobs:
            return np.empty((0, 0), np.float32)
        vectors = np.frombuffer(b"".join(blobs), np.float32).reshape(len(blobs), -1)
        return self._calibration.centre_passages(vectors, languages) if self._calibration else vectors


def _highest(scores: Vectors, limit: int) -> NDArray[np.intp]:
    best = np.argpartition(-scores, limit - 1)[:limit]
    return best[np.lexsort((best, -scores[best]))]
