"""What this process holds of the machine's memory, in MB."""

import resource
import sys
from pathlib import Path

_UNIT = 1 if sys.platform == "darwin" else 1024


def peak() -> float:
    """Return the most that was ever resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6


def resident() -> float:
    """Return what is resident now; where the system does not tell, the most that ever was."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return peak()
    return int(status.read_text("ascii").split()[1]) * resource.getpagesize() / 1e6
