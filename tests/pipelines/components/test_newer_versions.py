"""What is quoted of an older version of a document says so."""

from collections.abc import Iterable, Sequence

from haystack import Document

from pipelines.components.newer_versions import NewerVersions
from pipelines.components.quote_selector import Quote
from tests.pipelines.chunks import chunk, metadata


class _Store:
    """A store with documents of these titles, all readable, that keeps what it was asked."""

    def __init__(self, *titles: str) -> None:
        self.asked: list[tuple[str, Sequence[str], list[str]]] = []
        self._titles = titles

    def documents_titled(self, source: str, title: Sequence[str], principals: Iterable[str]) -> list[Document]:
        self.asked.append((source, title, list(principals)))
        return [Document(id=f"wiki/{t}", meta=metadata(f"wiki/{t}", title=t)) for t in self._titles]


def _quote(title: str, document_id: str = "wiki/cited") -> Quote:
    return Quote((chunk("25 days.", document_id, title=title),), "25 days.", ("25 days.",))


def _newer(title: str, *titles: str) -> list[str]:
    found = NewerVersions(_Store(*titles)).run([_quote(title)], ["everyone"])["newer"]
    return [str(document.meta["title"]) for document in found.values()]


def test_newest_of_all_versions_is_named() -> None:
    """Not the next one, and not only what was found for the question."""
    assert _newer("Prices 2023", "Prices 2023", "Prices 2024", "prices 2026", "Prices 2025") == ["prices 2026"]
    assert _newer("2023 prices, part 2", "2024 prices, part 2", "2025 prices, part 3") == ["2024 prices, part 2"]


def test_newest_version_is_not_named_as_older() -> None:
    """Neither beside older ones, nor alone, nor beside one whose title has no year and may be of any age."""
    assert _newer("Prices 2026", "Prices 2026", "Prices 2024", "Prices") == []
    assert _newer("Prices 2026") == []


def test_document_without_a_year_is_never_older() -> None:
    """It may be the one in force; the store isn't even asked."""
    store = _Store("Prices 2026")
    assert NewerVersions(store).run([_quote("Prices")], ["everyone"])["newer"] == {}
    assert store.asked == []


def test_store_is_asked_for_what_the_asker_may_read() -> None:
    """Once for each document, with its source, its title around the year, and the asker's principals."""
    store = _Store()
    quotes = [_quote("Prices 2023, Dublin"), _quote("Prices 2023, Dublin")]
    NewerVersions(store).run(quotes, ["everyone", "sales"])
    assert store.asked == [("wiki", ["Prices ", ", Dublin"], ["everyone", "sales"])]
