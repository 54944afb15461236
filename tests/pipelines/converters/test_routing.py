"""Every format that a source reads by default has its converter."""

from connectors.formats import MIME_TYPES
from pipelines.converters.routing import CONVERTERS


def test_each_known_ending_has_a_converter() -> None:
    """A file that is found is not refused for its format, and no converter waits for files that never come."""
    assert set(MIME_TYPES.values()) == set(CONVERTERS)
