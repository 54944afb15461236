"""`NewerVersions`: says of what is quoted where an older version of a document is."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from haystack import Document, component

from pipelines.components.quote_selector import Quote
from pipelines.versions import YEAR, is_older, years


class VersionedStore(Protocol):
    """What the search for newer versions needs of a store."""

    def documents_titled(self, source: str, title: Sequence[str], principals: Iterable[str]) -> list[Document]:
        """Return the readable documents of a source in whose titles only what is between the parts differs."""


@component
class NewerVersions:
    """Looks up the newest version of each quoted document whose title has a year.

    It is named whether or not it was found for the question: a reader of an old price list wants the new one, above
    all where it says nothing of the subject any more. A question that names a year is no exception.
    """

    def __init__(self, document_store: VersionedStore) -> None:
        """`document_store`: is asked with the asker's principals."""
        self.document_store = document_store

    @component.output_types(newer=dict[str, Document])
    def run(self, quotes: list[Quote], principals: list[str]) -> dict[str, dict[str, Document]]:
        """Return the newest version, without its text, by the id of the older document."""
        cited = {str(quote.chunks[0].meta["document_id"]): quote.chunks[0] for quote in quotes}
        found = {id_: self._newest(chunk, principals) for id_, chunk in cited.items() if years(chunk.meta)}
        return {"newer": {id_: newest for id_, newest in found.items() if newest}}

    def _newest(self, chunk: Document, principals: list[str]) -> Document | None:
        meta = chunk.meta
        titled = self.document_store.documents_titled(str(meta["source"]), YEAR.split(str(meta["title"])), principals)
        newer = [document for document in titled if is_older(meta, document.meta)]
        return max(newer, key=lambda document: (years(document.meta), document.id), default=None)
