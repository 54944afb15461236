"""The contract between a source of knowledge and the indexing pipeline.

A connector lists what changed since a cursor, in batches. It reads bytes and what is known
about them (title, link, owner, who may read); turning bytes into Markdown is the pipeline's
work. The cursor is opaque to everybody but the connector that made it, and it is saved only
after the batch that carries it has been indexed: a sync that is cut short loses nothing.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from haystack.dataclasses import ByteStream

ANCHOR = "{anchor}"
"""Where a link may carry the anchor of a section; filled in once sections are known."""


def whole_link(url: str) -> str:
    """Return a document's link as it leads to the whole of it and to no section."""
    return url.replace(f"#{ANCHOR}", "").replace(ANCHOR, "")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document as its source has it.

    `id` is stable within the source and unique there. `content.mime_type` decides how it is
    converted. `title` is None when only the text itself can tell. `url` is a whole link, in
    which `{anchor}` stands for the section's anchor. `access` holds principals in lower case:
    `everyone` (all employees), `public` (guests and other organisations too), an e-mail address or
    a group; an empty one means that nobody may read it. `language` is an ISO 639-1 code when the source
    states it, else None: it is detected.
    """

    id: str
    content: ByteStream
    title: str | None
    url: str
    updated_at: date | None
    owner: str | None
    access: frozenset[str]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentIssue:
    """A document that was left out, or a file that governs documents and can't be used.

    `reason` says what is wrong, `remedy` what to do about it, both for an administrator. `access` says who
    may read the version that was readable before; None: that can't be told, so it is withdrawn.
    """

    document_id: str
    reason: str
    remedy: str
    access: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A step of a sync: what to index, what to remove, what could not be read.

    `deletions` are the ids of documents that are gone; one that is there and can't be used is a failure only.
    `cursor` is where the next sync may start once this batch is indexed. `remaining` counts the
    documents still to come after this batch, where the source knows it.
    """

    items: tuple[SourceDocument, ...]
    deletions: tuple[str, ...]
    failures: tuple[DocumentIssue, ...]
    cursor: str
    remaining: int | None = None


class Connector(Protocol):
    """A source of knowledge.

    Raises from either method: `SourceUnavailable`.
    """

    @property
    def name(self) -> str:
        """The source's name: the first part of each of its documents' ids in the index."""

    def changes(self, cursor: str | None) -> AsyncIterator[Batch]:
        """Yield what changed since `cursor` (None: everything), in a stable order."""

    async def list_ids(self) -> frozenset[str]:
        """Return the ids of all documents that the source holds now."""


@runtime_checkable
class WatchedSource(Protocol):
    """A connector whose source tells of changes by itself, so that they need not wait for the next sync."""

    def watch(self) -> AsyncIterator[None]:
        """Yield once after each burst of changes; it may end, and is then begun anew with the next sync.

        Raises `SourceUnavailable`: the source can't be watched now.
        """
