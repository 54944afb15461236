"""`DocumentConverter`: a source's documents to Markdown; one bad file stops no other."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import TypedDict

from haystack import Document, component

from connectors.base import DocumentIssue, SourceDocument
from pipelines.converters.conversion import Conversion, File, Refusal
from pipelines.converters.processes import Converter
from pipelines.markdown import Section

_EMPTY = ("it holds no text", "Fill it or exclude it.")


class Converted(TypedDict):
    """What a run gives: whole documents, their sections by id, and what was left out with the reason."""

    documents: list[Document]
    sections: dict[str, list[Section]]
    skipped: list[DocumentIssue]
    failures: list[DocumentIssue]


@component
class DocumentConverter:
    """Gives for each source document one Haystack document that holds it whole, as Markdown.

    Its meta: document_id, source, title, url (may hold `{anchor}`), owner, updated_at (ISO date), language,
    access (sorted principals), content_hash (of the source's bytes), stale_since, left_out, part_of. A file
    inside a document (a mail's attachment) follows it as a document of its own with the same access, whose
    part_of is the id of the document; part_of is None for the others.
    """

    def __init__(self, converter: Converter) -> None:
        """`converter`: what looks into the files."""
        self._converter = converter

    @component.output_types(
        documents=list[Document],
        sections=dict[str, list[Section]],
        skipped=list[DocumentIssue],
        failures=list[DocumentIssue],
    )
    def run(self, source: str, items: list[SourceDocument]) -> Converted:
        """Convert `items` of the source named `source`; their order is kept."""
        result = Converted(documents=[], sections={}, skipped=[], failures=[])
        for item, conversion in zip(items, self._converter.convert([_file(item) for item in items]), strict=True):
            if isinstance(conversion, Refusal):
                failure = DocumentIssue(item.id, conversion.reason, conversion.remedy, access=item.access)
                result["failures"].append(failure)
            elif conversion.holds_text:
                _add(result, source, item, conversion)
            else:
                result["skipped"].append(DocumentIssue(item.id, *_EMPTY))
        return result


def _file(item: SourceDocument) -> File:
    return File(item.id, item.content.mime_type or "", item.content.data, item.title, item.language)


def _add(result: Converted, source: str, item: SourceDocument, conversion: Conversion) -> None:
    """Add the document and those inside it; one of those that can't be read is skipped with the reason."""
    root = {**source_metadata(source, item), "content_hash": content_hash(item)}
    _add_document(result, root, conversion, part_of=None)
    for path, part in _parts(conversion):
        name = f"{item.id}/{path}"
        if isinstance(part, Refusal):
            result["skipped"].append(DocumentIssue(name, part.reason, part.remedy))
        elif part.holds_text:
            meta = {**root, "document_id": document_id(source, name), "stated_title": None}
            _add_document(result, meta, part, part_of=str(root["document_id"]))


def _add_document(
    result: Converted, meta: Mapping[str, object], conversion: Conversion, *, part_of: str | None
) -> None:
    found = {
        "title": conversion.title,
        "language": conversion.language,
        "left_out": conversion.left_out,
        "part_of": part_of,
    }
    id_ = str(meta["document_id"])
    result["documents"].append(Document(id=id_, content=conversion.markdown, meta={**meta, **found}))
    result["sections"][id_] = conversion.sections


def _parts(conversion: Conversion, folder: str = "") -> Iterator[tuple[str, Conversion | Refusal]]:
    """Yield all files inside a document, those inside them too, with their paths."""
    for name, part in conversion.parts:
        yield folder + name, part
        if isinstance(part, Conversion):
            yield from _parts(part, f"{folder}{name}/")


def document_id(source: str, item_id: str) -> str:
    """Return the id that a source's document has in the index: `source/id`."""
    return f"{source}/{item_id}"


def content_hash(item: SourceDocument) -> str:
    """Return what tells whether a document must be converted and embedded again."""
    digest = hashlib.sha256(item.content.data)
    digest.update(f"{item.content.mime_type} {item.language}".encode())
    return digest.hexdigest()


def source_metadata(source: str, item: SourceDocument) -> dict[str, object]:
    """Return the metadata that a source states itself, and that it could be read now.

    `title` is there only where it states one, as `stated_title` says; else the text tells it.
    """
    metadata: dict[str, object] = {
        "document_id": document_id(source, item.id),
        "source": source,
        "url": item.url,
        "owner": item.owner,
        "updated_at": item.updated_at.isoformat() if item.updated_at else None,
        "access": sorted(item.access),
        "stated_title": item.title,
        "stale_since": None,
    }
    return metadata | ({"title": item.title} if item.title else {})
