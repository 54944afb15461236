"""A sync can be stopped from outside."""

import pytest

from pipelines.sync.brake import Brake, SyncStopped


class _Progress:
    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def source(self, name: str) -> None:
        self.told.append((name,))

    def documents(self, done: int, remaining: int | None) -> None:
        self.told.append((done, remaining))

    def calibration(self, done: int, total: int) -> None:
        self.told.append((done, total))


def test_passes_on_what_it_is_told() -> None:
    """Bars move as without it."""
    progress = _Progress()
    brake = Brake(progress)
    brake.source("wiki")
    brake.documents(4, None)
    brake.calibration(16, 200)
    assert progress.told == [("wiki",), (4, None), (16, 200)]


def test_ends_a_sync_wherever_it_is() -> None:
    """Each step that is told of can be the last."""
    progress = _Progress()
    brake = Brake(progress)
    brake.pull()
    with pytest.raises(SyncStopped):
        brake.source("wiki")
    with pytest.raises(SyncStopped):
        brake.documents(4, None)
    with pytest.raises(SyncStopped):
        brake.calibration(16, 200)
    assert progress.told == []
