"""What all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

# Before any test module imports Haystack: each of the packages turns its usage reports off.
import connectors  # noqa: F401 - for what importing it does
from tests.fakes.company import Company, working_in

pytest.register_assert_rewrite("tests.contracts.channel_adapter", "tests.contracts.safe_html")


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    with working_in(tmp_path, monkeypatch) as company:
        yield company


@pytest.fixture
def synced(company: Company) -> Company:
    result = company.run("sync")
    assert result.exit_code == 0, result.stderr
    return company
