"""Scale: time and memory at 1,000, 10,000 and 50,000 chunks of made-up text with made-up vectors.

Each size is written, calibrated and asked in processes of their own, so that none inherits
another's memory or caches.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.report import Figure, Section, progress
from tests.benchmarks.sample import Sample

SIZES = (1_000, 10_000, 50_000)
_ROOT = Path(__file__).parents[2]
_STEPS = {
    "tests.benchmarks.scale_write": "writing",
    "tests.benchmarks.scale_calibrate": "calibrating",
    "tests.benchmarks.scale_ask": "asking",
}


def measure(sample: Sample, quick: bool) -> Section:
    """Return the figures of every size."""
    figures = [
        Figure(**record, case=f"{size:,} chunks")
        for size in SIZES[: 1 if quick else None]
        for module, doing in _STEPS.items()
        for record in _figures(module, doing, sample.folder, size)
    ]
    return Section("scale", "Scale, made-up chunks", figures)


def _figures(module: str, doing: str, folder: Path, size: int) -> list[dict[str, Any]]:
    progress(f"{doing} {size:,} chunks")
    command = [sys.executable, "-m", module, str(folder / f"{size}.sqlite"), str(size)]
    done = subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603 - modules of our own
    records: list[dict[str, Any]] = json.loads(done.stdout)
    return records
