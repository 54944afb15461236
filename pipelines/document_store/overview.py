"""What administration asks of every store of the index: figures and lists, whoever may read the documents.

Here a document inside another one (a mail's attachment) is a document of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from unicodedata import normalize

from haystack import Document

DocumentFilter = Literal["all", "stale", "unreadable"]
"""`stale`: those of before, since they can't be read now; `unreadable`: those that nobody may read."""


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What the index has of a source; all but `chunks` count documents."""

    documents: int
    chunks: int
    unreadable: int
    stale: int


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document without its text: `readers` are sorted principals, in lower case."""

    id: str
    meta: Mapping[str, Any]
    chunks: int
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """A document with its text: `readers` as in `ListedDocument`, `chunks` in order and without embeddings."""

    document: Document
    readers: tuple[str, ...]
    chunks: Sequence[Document]


class IndexOverview(Protocol):
    """The index as its administrator sees it. Raises from any method what the store raises."""

    def sources(self) -> Mapping[str, SourceCounts]:
        """Return the figures of each source that has documents here, by name."""

    def documents(
        self, source: str, *, state: DocumentFilter = "all", search: str = "", after: str = "", limit: int
    ) -> Sequence[ListedDocument]:
        """Return the next `limit` documents of a source after the id `after`, by id.

        `search`: only those that a `Search` for it finds.
        """

    def document(self, document_id: str) -> WholeDocument | None:
        """Return a whole document, None when it is not indexed."""


def folded(text: str) -> str:
    """Return `text` so that what differs in case alone is the same, or in how Unicode writes it.

    "É" may be one character or two (file names of macOS), "ﬁ" (in titles of PDFs) is one where "fi" is two.
    """
    return normalize("NFKC", normalize("NFKC", text).casefold())


class Search:
    """Which documents of a source hold a text in their title or in their id within the source, as `folded` has it.

    An id that is given whole, with the source before it, is found too.
    """

    def __init__(self, source: str, text: str) -> None:
        """`text`: what is to be found; "" is in every document."""
        self._prefix = folded(f"{source}/")
        self._wanted = folded(text).removeprefix(self._prefix)

    def finds(self, document_id: str, title: str | None) -> bool:
        """Tell whether a document of the source is one of them."""
        id_within = folded(document_id).removeprefix(self._prefix)
        return self._wanted in id_within or self._wanted in folded(title or "")
