"""What a process holds of the machine's memory, in MB."""

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_UNIT = 1 if sys.platform == "darwin" else 1024


def peak() -> float:
    """Return the most that was ever resident."""
    # Not getrusage where it can be helped: on Linux it begins with what the parent process held.
    return _status("VmHWM") if _STATUS.exists() else _usage()


def resident(pid: int | None = None) -> float:
    """Return what this process, or process `pid`, holds now; where the system does not tell, this one's most ever."""
    return _status("VmRSS", pid) if _STATUS.exists() else _usage()


def _status(field: str, pid: int | None = None) -> float:
    text = (Path(f"/proc/{pid}/status") if pid else _STATUS).read_text("ascii")
    lines = dict(line.split(":", 1) for line in text.splitlines())
    return int(lines.get(field, "0").split()[0]) * 1024 / 1e6  # a process that has ended holds nothing


def _usage() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6
