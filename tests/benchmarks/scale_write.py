"""Writes made-up documents through the store: `python -m tests.benchmarks.scale_write FILE CHUNKS`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from haystack import Document

from pipelines.analysis import fourgrams, searched_text, stems
from pipelines.document_store.sqlite import SQLiteDocumentStore
from tests.benchmarks.clock import milliseconds
from tests.benchmarks.made_up import documents

_MEASURED = 20
"""The analysis is measured on every so many-th document."""


def main(file: Path, size: int) -> None:
    """Print the figures as JSON."""
    store = SQLiteDocumentStore(file)
    took = analysis = 0.0
    for number, (document, chunks) in enumerate(documents(size)):
        took += milliseconds(lambda document=document, chunks=chunks: store.replace(document, chunks))  # type: ignore[misc]
        if number % _MEASURED == 0:
            analysis += _MEASURED * milliseconds(lambda chunks=chunks: _analyse(chunks))  # type: ignore[misc]
    throughput = {"name": "written, a second", "value": 1000 * size / took, "unit": "chunks"}
    ratio = {"ratio": took / analysis, "against": "time of the bare analysis"}
    disk = {"name": "file", "value": file.stat().st_size / 1e6, "unit": "MB"}
    sys.stdout.write(json.dumps([{**throughput, **ratio}, disk]))


def _analyse(chunks: Sequence[Document]) -> None:
    for chunk in chunks:
        text = searched_text(chunk)
        stems(text, str(chunk.meta["language"]))
        fourgrams(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
