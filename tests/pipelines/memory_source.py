"""A source in memory, with a connector that keeps the connectors' contract, and faults on demand."""

import hashlib
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import date

from haystack.dataclasses import ByteStream

from connectors.base import Batch, DocumentIssue, SourceDocument
from connectors.errors import SourceUnavailable
from tests.contracts.connector import Source


class MemorySource(Source):
    """`broken` documents can't be read, and of those `access_unknown` nobody knows who may read them.

    The source is gone from batch number `unavailable_from` on.
    """

    def __init__(self, name: str = "wiki", batch_size: int = 16) -> None:
        self.name = name
        self.batch_size = batch_size
        self.documents: dict[str, SourceDocument] = {}
        self.broken: set[str] = set()
        self.access_unknown: set[str] = set()
        self.unavailable_from: int | None = None

    def connector(self) -> "MemoryConnector":
        return MemoryConnector(self)

    def put(self, name: str, text: str, access: Iterable[str] | None = None) -> str:
        document_id = f"{name}.md"
        self.documents[document_id] = SourceDocument(
            id=document_id,
            content=ByteStream(text.encode(), mime_type="text/markdown"),
            title=None,
            url=f"https://{self.name}.example/{name}#{{anchor}}",
            updated_at=date(2026, 1, 31),
            owner=None,
            access=frozenset(principal.casefold() for principal in access or ()),
        )
        return document_id

    def alter(self, document_id: str, **changes: object) -> None:
        """Change fields of a document."""
        self.documents[document_id] = replace(self.documents[document_id], **changes)  # type: ignore[arg-type]

    def touch(self, document_id: str) -> None:
        self.documents[document_id] = replace(self.documents[document_id])

    def rename(self, document_id: str, name: str) -> str:
        renamed = f"{name}.md"
        self.documents[renamed] = replace(self.documents.pop(document_id), id=renamed)
        return renamed

    def delete(self, document_id: str) -> None:
        del self.documents[document_id]


class MemoryConnector:
    """Its cursor holds a stamp of each document that was yielded."""

    def __init__(self, source: MemorySource) -> None:
        self._source = source

    @property
    def name(self) -> str:
        return self._source.name

    async def changes(self, cursor: str | None) -> AsyncIterator[Batch]:
        stamps: dict[str, str] = json.loads(cursor) if cursor else {}
        present = dict(sorted(self._source.documents.items()))
        changed = [document for id_, document in present.items() if stamps.get(id_) != _stamp(document)]
        size = self._source.batch_size
        for number, start in enumerate(range(0, len(changed) or 1, size)):
            self._fail_if_gone(number)
            step, rest = changed[start : start + size], changed[start + size :]
            failures = [self._issue(document) for document in step if document.id in self._source.broken]
            items = [document for document in step if document.id not in self._source.broken]
            stamps |= {document.id: _stamp(document) for document in items}
            deletions = [] if rest else sorted(stamps.keys() - present.keys())
            for document_id in (*deletions, *(issue.document_id for issue in failures)):
                stamps.pop(document_id, None)
            if items or deletions or failures:
                yield Batch(
                    tuple(items),
                    tuple(deletions),
                    tuple(failures),
                    json.dumps(stamps, sort_keys=True),
                    len(rest),
                )

    def _issue(self, document: SourceDocument) -> DocumentIssue:
        access = None if document.id in self._source.access_unknown else document.access
        return DocumentIssue(document.id, "it can't be read", "Mend it.", access=access)

    async def list_ids(self) -> frozenset[str]:
        return frozenset(self._source.documents)

    def _fail_if_gone(self, number: int) -> None:
        if self._source.unavailable_from is not None and number >= self._source.unavailable_from:
            raise SourceUnavailable(self.name, "the source is down", "Start it.")


def _stamp(document: SourceDocument) -> str:
    fields: list[object] = [document.content.data, document.content.mime_type, document.title, document.url]
    fields += [document.updated_at, document.owner, sorted(document.access), document.language]
    return hashlib.sha256(repr(fields).encode()).hexdigest()
