"""A database of the bot's own, new for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.threads import ThreadStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(path, busy_timeout=0.05)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def store(database: Database) -> ThreadStore:
    return ThreadStore(database)
