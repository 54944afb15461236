"""What the pipelines make of one document, for an administrator who asks: nothing is embedded, nothing is written.

It is converted and split by the same components as in a sync, so that what is shown is what a sync would index.
"""

from dataclasses import dataclass
from typing import Any, Literal

from haystack import Document

from connectors.base import DocumentIssue, SourceDocument
from pipelines.components.document_converter import DocumentConverter, content_hash, document_id, source_metadata
from pipelines.components.structure_splitter import StructureSplitter
from pipelines.converters.processes import Converter
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.document_store.sqlite.store import DocumentState
from pipelines.errors import PipelineError

IndexState = Literal["current", "metadata", "older", "stale", "leaving", "absent", "unusable"]


@dataclass(frozen=True, slots=True)
class InspectedChunk:
    """One chunk: `number` counts from 1, `characters` is the length of `text`, `place` such as "page 3" or ""."""

    number: int
    section: str
    place: str
    anchor: str
    characters: int
    text: str


@dataclass(frozen=True, slots=True)
class InspectedDocument:
    """A document as it would be indexed. `name` is "" for the file itself, for one inside it its path there."""

    name: str
    title: str
    language: str
    left_out: dict[str, int]
    markdown: str
    chunks: tuple[InspectedChunk, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file becomes: itself first, then the files inside it.

    `issues` tells of those that become nothing, each by its name as in `InspectedDocument`.
    """

    documents: tuple[InspectedDocument, ...]
    issues: tuple[DocumentIssue, ...]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the index has of a document, against what its source has now.

    `state`: "current" (the same), "metadata" (the same text, other access, title, link, owner or date), "older"
    (another version), "stale" (another one, kept since `stale_since` because the newer could not be read),
    "leaving" (the next sync takes it out), "absent", "unusable" (the index can't be read; `reason`).
    `access` and `updated_at` (ISO date) are those in the index.
    """

    state: IndexState
    access: tuple[str, ...] = ()
    updated_at: str | None = None
    stale_since: str | None = None
    reason: str = ""


def inspect_document(source: str, item: SourceDocument, converter: Converter, max_characters: int) -> Inspection:
    """Convert and split `item` of the source named `source`; `max_characters`: a chunk's length, as set."""
    converted = DocumentConverter(converter).run(source, [item])
    splitter = StructureSplitter(max_characters)
    chunks = splitter.run(converted["documents"], converted["sections"])["chunks"]
    root = document_id(source, item.id)
    documents = (
        _document(document, root, [chunk for chunk in chunks if chunk.meta["document_id"] == document.id])
        for document in converted["documents"]
    )
    issues = (
        DocumentIssue(_name(issue.document_id, item.id), issue.reason, issue.remedy)
        for issue in (*converted["failures"], *converted["skipped"])
    )
    return Inspection(tuple(documents), tuple(issues))


def index_status(store: SQLiteDocumentStore, source: str, item_id: str, item: SourceDocument | None) -> IndexStatus:
    """Compare what is indexed under `item_id` with `item`: what the source has now, None where that is nothing."""
    try:
        state = store.state(document_id(source, item_id))
    except PipelineError as error:
        return IndexStatus("unusable", reason=str(error))
    if state is None:
        return IndexStatus("absent")
    meta = state.meta
    access = tuple(str(principal) for principal in meta.get("access", ()))
    return IndexStatus(_state(state, source, item), access, meta.get("updated_at"), meta.get("stale_since"))


def _state(state: DocumentState, source: str, item: SourceDocument | None) -> IndexState:
    if item is None:
        return "stale" if state.meta.get("stale_since") else "leaving"
    if state.content_hash != content_hash(item):
        return "stale" if state.meta.get("stale_since") else "older"
    return "metadata" if state.differs_from(source_metadata(source, item)) else "current"


def _document(document: Document, root: str, chunks: list[Document]) -> InspectedDocument:
    return InspectedDocument(
        name=_name(document.id, root),
        title=document.meta["title"],
        language=document.meta["language"],
        left_out=dict(document.meta["left_out"]),
        markdown=document.content or "",
        chunks=tuple(_chunk(chunk) for chunk in chunks),
    )


def _chunk(chunk: Document) -> InspectedChunk:
    meta: dict[str, Any] = chunk.meta
    text = chunk.content or ""
    return InspectedChunk(meta["position"] + 1, meta["section"], meta["place"], meta["anchor"], len(text), text)


def _name(document: str, root: str) -> str:
    """Return the path of `document` inside `root`, both ids; "" for `root` itself."""
    return document.removeprefix(root).removeprefix("/")
