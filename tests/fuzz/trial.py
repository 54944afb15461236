"""One made-up file tried in a converter process: what came of it, and what it took."""

import re
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pipelines.converters.conversion import Conversion, File, Refusal, convert_file
from tests.benchmarks import memory
from tests.fuzz.promises import broken

_OUR_FAULT = re.compile(r"\((?:Name|UnboundLocal|Assertion)Error")
"""What no file can bring about is no damage of the file."""

Outcome = Literal["converted", "refused", "escaped", "broken promise"]


@dataclass(frozen=True, slots=True)
class Trial(Refusal):
    """What a process answers in the place of a conversion: in all of them only the figures are of interest.

    `reason` is the refusal's, the exception that escaped, or the promise that was broken.
    """

    outcome: Outcome = "refused"
    seconds: float = 0.0
    megabytes: float = 0.0


def tried(file: File, languages: tuple[str, ...]) -> Conversion | Refusal:
    """Convert `file` and judge what comes out. Raises `MemoryError`."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak counts from here (proc(5))
    started = time.perf_counter()
    outcome, reason = _outcome(file, languages)
    return Trial(reason, "", outcome, time.perf_counter() - started, memory.peak())


def _outcome(file: File, languages: tuple[str, ...]) -> tuple[Outcome, str]:
    try:
        result = convert_file(file, languages)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - that any escapes is what is looked for
        return "escaped", f"{type(error).__name__}: {error}"
    if promises := broken(result, PurePosixPath(file.name).suffix):
        return "broken promise", promises[0]
    if isinstance(result, Conversion):
        return "converted", ""
    return ("escaped" if _OUR_FAULT.search(result.reason) else "refused"), result.reason
