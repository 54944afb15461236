"""`QuoteAnswerBuilder`: quotes to an answer with [n] markers, its citations and the nearest documents."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as quote_url

from haystack import Document, GeneratedAnswer, component
from haystack.dataclasses import StreamingCallbackT, StreamingChunk

from connectors.base import ANCHOR, whole_link
from pipelines.components.quote_selector import Quote
from pipelines.components.structure_splitter import SECTION_SEPARATOR
from pipelines.related_sections import possible_subjects, related_sections
from pipelines.versions import is_older

_SNIPPET = 160
_PLACES = 5
"""Further documents that are named with one; a form's fixed text may stand in hundreds."""
_MARKUP = re.compile(r"([*_`\[\]<\\])")


@dataclass(frozen=True, slots=True)
class Source:
    """A quote with what is to be said of its document: chunks of others with the same text, and its newest version."""

    quote: Quote
    also_at: tuple[Document, ...]
    superseded_by: Document | None


@component
class QuoteAnswerBuilder:
    """Writes each quote under the section it comes from; the words around it are its caller's.

    The answer's meta: outcome; language; citations and nearest as plain mappings, with links from the index
    only (see `citation` and `source_link`); related, what else could be asked about (see `related_sections`).
    """

    def __init__(self, documents: int = 3) -> None:
        """`documents`: how many documents an answer names, quoted ones included."""
        self.documents = documents

    @component.output_types(answer=GeneratedAnswer)
    def run(  # noqa: PLR0913, PLR0917 - an input socket each
        self,
        query: str,
        outcome: str,
        language: str,
        quotes: list[Quote],
        documents: list[Document],
        twins: dict[str, list[Document]],
        newer: dict[str, Document],
        streaming_callback: StreamingCallbackT | None = None,
    ) -> dict[str, GeneratedAnswer]:
        """Return the answer; with a synchronous `streaming_callback`, show it quote by quote on the way.

        `twins`: other documents with a chunk's text, by the chunk's id; `newer`: the newest version of a document,
        by the id of the older one.
        """
        meta = {"outcome": outcome, "language": language}
        if streaming_callback:
            for chunk in _stream(quotes, meta):
                streaming_callback(chunk)
        return {"answer": self._answer(query, _sources(quotes, _found(twins, documents), newer), documents, meta)}

    @component.output_types(answer=GeneratedAnswer)
    async def run_async(  # noqa: PLR0913, PLR0917 - an input socket each
        self,
        query: str,
        outcome: str,
        language: str,
        quotes: list[Quote],
        documents: list[Document],
        twins: dict[str, list[Document]],
        newer: dict[str, Document],
        streaming_callback: StreamingCallbackT | None = None,
    ) -> dict[str, GeneratedAnswer]:
        """Return the answer; with an asynchronous `streaming_callback`, show it quote by quote on the way."""
        meta = {"outcome": outcome, "language": language}
        if streaming_callback:
            for chunk in _stream(quotes, meta):
                await streaming_callback(chunk)  # type: ignore[misc]  # an asynchronous one here
        return {"answer": self._answer(query, _sources(quotes, _found(twins, documents), newer), documents, meta)}

    def _answer(
        self, query: str, cited: list[Source], documents: list[Document], meta: Mapping[str, str]
    ) -> GeneratedAnswer:
        quotes = [source.quote for source in cited]
        sources = {
            "citations": [citation(number, source) for number, source in enumerate(cited, 1)],
            "nearest": [nearest(chunk) for chunk in self._nearest(documents, cited)],
            "related": related_sections(documents, [chunk for quote in quotes for chunk in quote.chunks]),
        }
        if meta["outcome"] == "clarification":
            # Documents that came near a question that says nothing are no help; what it may be about is.
            sources |= {"nearest": [], "related": possible_subjects(query, documents)}
        text = "".join(chunk.content for chunk in _stream(quotes, meta))
        first = [quote.chunks[0] for quote in quotes]
        return GeneratedAnswer(data=text, query=query, documents=first, meta={**meta, **sources})

    def _nearest(self, documents: list[Document], cited: list[Source]) -> list[Document]:
        """Return the best chunk of each further document, so that with the cited ones there are a few."""
        named = {_document_id(source.quote.chunks[0]) for source in cited}
        room = self.documents - len(named)
        named |= {_document_id(place) for source in cited for place in source.also_at}
        others: dict[str, Document] = {}
        for chunk in documents:
            others.setdefault(_document_id(chunk), chunk)
        return [chunk for id_, chunk in others.items() if id_ not in named][: max(room, 0)]


def _found(twins: Mapping[str, list[Document]], documents: list[Document]) -> list[Document]:
    return [chunk for same in twins.values() for chunk in same] + documents


def _sources(quotes: list[Quote], found: Sequence[Document], newer: Mapping[str, Document]) -> list[Source]:
    return [Source(quote, _places(quote, found), newer.get(_document_id(quote.chunks[0]))) for quote in quotes]


def _places(quote: Quote, found: Sequence[Document]) -> tuple[Document, ...]:
    """Return the best chunk of each other document in which everything stands that is quoted."""
    cited = quote.chunks[0]
    others: dict[str, list[Document]] = {}
    for chunk in found:
        if _document_id(chunk) != _document_id(cited) and not is_older(chunk.meta, cited.meta):
            others.setdefault(_document_id(chunk), []).append(chunk)
    return tuple(chunks[0] for chunks in others.values() if _hold(chunks, quote))[:_PLACES]


def _hold(chunks: Sequence[Document], quote: Quote) -> bool:
    text = "\n".join(_packed(chunk.content or "") for chunk in chunks)
    return all(_packed(piece) in text for piece in quote.pieces)


def _packed(text: str) -> str:
    return "".join(text.split())


def citation(number: int, source: Source) -> dict[str, Any]:
    """Return what a reader needs to judge and open a source.

    `updated_at` is an ISO date or None, `stale_since` an ISO moment or None, `place` as in a chunk's meta,
    `passage` the pieces of the document that are quoted (see `Quote`), `also_at` up to five links to where the same
    text stands, `superseded_by` the link to the newest version or None.
    """
    chunk = source.quote.chunks[0]
    meta = chunk.meta
    return {
        "number": number,
        "document_id": meta["document_id"],
        "chunk_id": chunk.id,
        **source_link(chunk),
        "section": meta["section"],
        "place": meta["place"],
        "passage": source.quote.pieces,
        "snippet": textwrap.shorten(source.quote.text, _SNIPPET, placeholder="…"),
        "updated_at": meta["updated_at"],
        "stale_since": meta["stale_since"],
        "owner": meta["owner"],
        "source": meta["source"],
        "also_at": tuple(nearest(place) for place in source.also_at),
        "superseded_by": _whole_link(source.superseded_by) if source.superseded_by else None,
    }


def nearest(chunk: Document) -> dict[str, str]:
    """Return what leads to a document that may help."""
    return {"document_id": str(chunk.meta["document_id"]), **source_link(chunk)}


def source_link(chunk: Document) -> dict[str, str]:
    """Return a chunk's title and the link to its section."""
    url = str(chunk.meta["url"])
    anchor = quote_url(str(chunk.meta["anchor"]), safe="=")
    link = url.replace(ANCHOR, anchor) if anchor else whole_link(url)
    return {"title": str(chunk.meta["title"]), "url": link}


def _whole_link(document: Document) -> dict[str, str]:
    meta = document.meta
    return {"document_id": document.id, "title": str(meta["title"]), "url": whole_link(str(meta["url"]))}


def _document_id(chunk: Document) -> str:
    return str(chunk.meta["document_id"])


def _stream(quotes: list[Quote], meta: Mapping[str, str]) -> Iterator[StreamingChunk]:
    for number, quote in enumerate(quotes, 1):
        gap = "\n\n" if number > 1 else ""
        yield StreamingChunk(content=gap + _section(number, quote), meta=dict(meta))


def _section(number: int, quote: Quote) -> str:
    meta = quote.chunks[0].meta
    heading = SECTION_SEPARATOR.join(part for part in (meta["title"], meta["section"]) if part)
    quoted = "\n".join(f"> {line}".rstrip() for line in quote.text.split("\n"))
    return f"**{_escaped(heading)}** [{number}]\n\n{quoted}"


def _escaped(heading: str) -> str:
    """Return a heading so that nothing in it is taken for Markdown."""
    return _MARKUP.sub(r"\\\1", heading)
