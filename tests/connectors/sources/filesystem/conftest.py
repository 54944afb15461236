"""A folder to fill."""

from pathlib import Path

import pytest

from tests.connectors.sources.filesystem.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "wiki"
    root.mkdir()
    return Folder(root)
