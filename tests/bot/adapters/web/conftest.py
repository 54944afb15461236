"""A house with an open door on this machine, and a browser in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.web import Browser, House, built


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with built(tmp_path) as house:
        yield house


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Browser]:
    async with Browser(house.url) as browser:
        await browser.page("/")
        yield browser
