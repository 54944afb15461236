"""Which documents are versions of one another."""

import pytest

from pipelines.versions import is_older
from tests.pipelines.chunks import metadata


@pytest.mark.parametrize(
    ("older", "newer"),
    [("Prices 2024", "Prices 2026"), ("2024 prices", "2026 Prices"), ("Plan 2024-2026", "Plan 2025-2027")],
)
def test_year_tells_the_newer_version(older: str, newer: str) -> None:
    """Wherever in the title it stands, and never the other way round."""
    assert is_older(metadata("wiki/a", title=older), metadata("wiki/b", title=newer))
    assert not is_older(metadata("wiki/b", title=newer), metadata("wiki/a", title=older))


@pytest.mark.parametrize(
    ("title", "other"),
    [("Prices", "Prices 2026"), ("Prices 2026", "Prices 2026"), ("Prices 2024, Cork", "Prices 2026"), ("A12", "A13")],
)
def test_other_documents_are_no_older_versions(title: str, other: str) -> None:
    """One without a year may be the one in force; another word makes another document; a number is no year."""
    assert not is_older(metadata("wiki/a", title=title), metadata("wiki/b", title=other))


def test_sources_are_apart() -> None:
    """Two departments may each have their list of 2024."""
    assert not is_older(metadata("hr/a", title="Plan 2024"), metadata("it/b", title="Plan 2026"))
