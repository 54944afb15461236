"""A sync may be killed whenever: the next one makes the index what it would have been."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_KILLS = 40


@pytest.fixture(scope="module")
def outcome() -> dict[str, Any]:
    """What came of killing syncs at random moments, each after a round of changes to their folder."""
    command = [sys.executable, "-m", "tests.scenarios.killed_syncs", f"--kills={_KILLS}"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])  # noqa: S603 - our own
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_killed_syncs_leave_the_index_of_an_undisturbed_one(outcome: dict[str, Any]) -> None:
    """Chunk by chunk: texts, vectors, metadata, readers, and what each word finds."""
    assert outcome["wrong"] == {"found": [], "chunks": [], "markdown": []}


def test_syncs_were_killed_in_the_middle_of_changes_of_all_kinds(outcome: dict[str, Any]) -> None:
    """Otherwise the comparison would say nothing."""
    assert outcome["killed"] == _KILLS
    assert outcome["changes"].keys() == {"add", "edit", "rename", "move", "delete", "break", "govern"}
    assert outcome["chunks"] > 100
    assert outcome["failed"]
