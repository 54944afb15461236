"""`DocumentConverter`: a source's documents to Markdown, each by its format; one bad file stops no other."""

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TypedDict

from haystack import Document, component

from connectors.base import DocumentIssue, SourceDocument
from pipelines.converters import ConvertedText
from pipelines.converters.html import convert_html
from pipelines.converters.markdown import convert_markdown
from pipelines.converters.text import convert_text
from pipelines.errors import UnreadableContent
from pipelines.language import LanguageDetector
from pipelines.markdown import split_sections

CONVERTERS: Mapping[str, Callable[[str], ConvertedText]] = {
    "text/markdown": convert_markdown,
    "text/html": convert_html,
    "text/plain": convert_text,
}
"""Which converter reads which format, by MIME type."""

_NEWLINE = re.compile(r"\r\n?")


class Converted(TypedDict):
    """What a run gives: whole documents, and what was left out with the reason."""

    documents: list[Document]
    skipped: list[DocumentIssue]
    failures: list[DocumentIssue]


@component
class DocumentConverter:
    """Gives for each source document one Haystack document that holds it whole, as Markdown.

    Its meta: document_id, source, title, url (may hold `{anchor}`), owner, updated_at (ISO date),
    language, access (sorted principals), content_hash (of the source's bytes).
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        """`languages`: ISO 639-1 codes, the default language first."""
        self._detector = LanguageDetector(languages)

    @component.output_types(documents=list[Document], skipped=list[DocumentIssue], failures=list[DocumentIssue])
    def run(self, source: str, items: list[SourceDocument]) -> Converted:
        """Convert `items` of the source named `source`; their order is kept."""
        result = Converted(documents=[], skipped=[], failures=[])
        for item in items:
            try:
                document = self._convert(source, item)
            except UnreadableContent as error:
                result["failures"].append(DocumentIssue(item.id, error.reason, error.remedy))
                continue
            if _holds_text(document):
                result["documents"].append(document)
            else:
                result["skipped"].append(DocumentIssue(item.id, "it holds no text", "Fill it or exclude it."))
        return result

    def _convert(self, source: str, item: SourceDocument) -> Document:
        text = convert(item)
        markdown = text.markdown.strip()
        title = item.title or _title(markdown, text.title) or _title_of_path(item.id)
        meta = {
            **source_metadata(source, item),
            "title": title,
            "language": item.language or self._detector.detect(markdown),
            "content_hash": content_hash(item),
        }
        return Document(id=str(meta["document_id"]), content=markdown, meta=meta)


def convert(item: SourceDocument) -> ConvertedText:
    """Return the Markdown of one document.

    Raises `UnreadableContent` where its format has no converter or its bytes are not UTF-8 text.
    """
    converter = CONVERTERS.get(item.content.mime_type or "")
    if converter is None:
        formats = ", ".join(CONVERTERS)
        raise UnreadableContent(
            f"there is no converter for the format {item.content.mime_type}", f"Readable are: {formats}."
        )
    try:
        return converter(_NEWLINE.sub("\n", item.content.data.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise UnreadableContent("it is not UTF-8 text", "Save it as UTF-8.") from error
    except RecursionError as error:
        raise UnreadableContent("its elements are nested too deeply", "Simplify the file or exclude it.") from error


def document_id(source: str, item_id: str) -> str:
    """Return the id that a source's document has in the index: `source/id`."""
    return f"{source}/{item_id}"


def content_hash(item: SourceDocument) -> str:
    """Return what tells whether a document must be converted and embedded again."""
    digest = hashlib.sha256(item.content.data)
    digest.update(f"{item.content.mime_type} {item.language}".encode())
    return digest.hexdigest()


def source_metadata(source: str, item: SourceDocument) -> dict[str, object]:
    """Return the metadata that a source states itself.

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
    }
    return metadata | ({"title": item.title} if item.title else {})


def _holds_text(document: Document) -> bool:
    sections = split_sections(document.content or "", "en")
    return any(section.blocks or "".join(section.path) for section in sections)


def _title(markdown: str, stated: str | None) -> str | None:
    """Return the one heading of level one; where there are several, what the format states, else the first."""
    tops = [section.path[0] for section in split_sections(markdown, "en")[1:] if section.level == 1]
    return stated if stated and len(tops) != 1 else next(iter(tops), None)


def _title_of_path(path: str) -> str:
    words = PurePosixPath(path).stem.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else path
