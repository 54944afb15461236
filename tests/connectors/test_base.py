"""What is said of a document's link."""

import pytest

from connectors.base import whole_link


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://wiki.example/a#{anchor}", "https://wiki.example/a"),
        ("https://wiki.example/a?at={anchor}", "https://wiki.example/a?at="),
        ("https://wiki.example/a?at={anchor}&b=1#{anchor}", "https://wiki.example/a?at=&b=1"),
        ("https://wiki.example/a#top", "https://wiki.example/a#top"),
        ("", ""),
    ],
)
def test_link_leads_to_the_whole_document(url: str, link: str) -> None:
    """Whatever its source puts sections into; an address that has a place of its own keeps it."""
    assert whole_link(url) == link
