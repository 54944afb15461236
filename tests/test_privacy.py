"""Nothing leaves the network: not even a library's report that it is used."""

import subprocess
import sys

import pytest

_REPORT = "from haystack.telemetry._telemetry import telemetry; print(telemetry)"


@pytest.mark.parametrize("module", ["bot.models", "bot.bootstrap", "pipelines.query", "connectors.base"])
def test_haystack_reports_nothing_to_its_makers(module: str) -> None:
    """Whichever part of the product is imported first, Haystack has no one to report to."""
    command = [sys.executable, "-c", f"import {module}; {_REPORT}"]
    environment = {"PATH": "/usr/bin", "HOME": "/nonexistent"}
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own
    assert result.stdout.strip() == "None"
