"""How late an event loop is: `python -m tests.benchmarks.loop_lag` watches one that has nothing else to do.

A process that watches says so with a line on standard output, and then says a line of JSON each time that it gets
SIGUSR1: p50, p99 and the largest lag in ms since it was last asked. SIGTERM ends it.
"""

import asyncio
import json
import signal
import sys
from statistics import median, quantiles
from time import perf_counter

_PAUSE = 0.01
"""Seconds; what holds the loop for less than this is seen in part only."""


class LoopLag:
    """Sleeps again and again, and keeps by how much it overslept."""

    def __init__(self) -> None:
        """Nothing is watched before `watch`."""
        self._lags = [0.0]

    async def watch(self) -> None:
        """Watch the loop that this runs on until it is cancelled, and answer SIGUSR1."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self._report)
        while True:
            started = perf_counter()
            await asyncio.sleep(_PAUSE)
            self._lags.append(1000 * (perf_counter() - started - _PAUSE))

    def _report(self) -> None:
        lags, self._lags = self._lags, [0.0]
        p99 = quantiles(lags, n=100, method="inclusive")[-1] if len(lags) > 1 else lags[0]
        say({"p50": median(lags), "p99": p99, "max": max(lags)})


def say(value: object) -> None:
    """Print one line of JSON at once."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


async def _main() -> None:
    watching = asyncio.create_task(LoopLag().watch())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, watching.cancel)
    await asyncio.sleep(0)
    say("")
    await asyncio.gather(watching, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(_main())
