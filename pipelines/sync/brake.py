"""Stopping a sync that is at work, from outside."""

from pipelines.sync.synchronizer import Progress


class SyncStopped(Exception):
    """Ends a sync between two steps; what it did until then stays, and the next one goes on from there."""


class Brake:
    """A `Progress` that passes on what it is told, until it is pulled: then the sync that tells it ends.

    A sync tells of its progress every few documents, while no thread is at work for it: nothing is cut in two, and
    no thread goes on once the sync has let go of the index.
    """

    def __init__(self, progress: Progress) -> None:
        """`progress`: what is told in turn."""
        self._progress = progress
        self._pulled = False

    def pull(self) -> None:
        """Make whatever sync is at work, or begins, raise `SyncStopped`."""
        self._pulled = True

    def source(self, name: str) -> None:
        """A source is being listed."""
        self._check()
        self._progress.source(name)

    def documents(self, done: int, remaining: int | None) -> None:
        """So many of its documents are done, and so many are still to come, where that is known."""
        self._check()
        self._progress.documents(done, remaining)

    def calibration(self, done: int, total: int) -> None:
        """So many of the calibration's sentences have been embedded."""
        self._check()
        self._progress.calibration(done, total)

    def _check(self) -> None:
        if self._pulled:
            raise SyncStopped
