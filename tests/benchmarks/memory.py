"""What this process holds of the machine's memory, in MB."""

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")
_UNIT = 1 if sys.platform == "darwin" else 1024


def peak() -> float:
    """Return the most that was ever resident."""
    # Not getrusage where it can be helped: on Linux it begins with what the parent process held.
    return _status("VmHWM") if _STATUS.exists() else _usage()


def resident() -> float:
    """Return what is resident now; where the system does not tell, the most that ever was."""
    return _status("VmRSS") if _STATUS.exists() else _usage()


def _status(field: str) -> float:
    lines = dict(line.split(":", 1) for line in _STATUS.read_text("ascii").splitlines())
    return int(lines[field].split()[0]) * 1024 / 1e6


def _usage() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6
