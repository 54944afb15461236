"""`QuoteAnswerBuilder`: quotes to an answer with [n] markers, its citations and the nearest documents."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote as quote_url

from haystack import Document, GeneratedAnswer, component
from haystack.dataclasses import StreamingCallbackT, StreamingChunk

from connectors.base import ANCHOR, whole_link
from pipelines.components.quote_selector import Quote
from pipelines.components.structure_splitter import SECTION_SEPARATOR
from pipelines.related_sections import related_sections

_SNIPPET = 160
_MARKUP = re.compile(r"([*_`\[\]<\\])")


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
        streaming_callback: StreamingCallbackT | None = None,
    ) -> dict[str, GeneratedAnswer]:
        """Return the answer; with a synchronous `streaming_callback`, show it quote by quote on the way."""
        meta = {"outcome": outcome, "language": language}
        if streaming_callback:
            for chunk in _stream(quotes, meta):
                streaming_callback(chunk)
        return {"answer": self._answer(query, quotes, documents, meta)}

    @component.output_types(answer=GeneratedAnswer)
    async def run_async(  # noqa: PLR0913, PLR0917 - an input socket each
        self,
        query: str,
        outcome: str,
        language: str,
        quotes: list[Quote],
        documents: list[Document],
        streaming_callback: StreamingCallbackT | None = None,
    ) -> dict[str, GeneratedAnswer]:
        """Return the answer; with an asynchronous `streaming_callback`, show it quote by quote on the way."""
        meta = {"outcome": outcome, "language": language}
        if streaming_callback:
            for chunk in _stream(quotes, meta):
                await streaming_callback(chunk)  # type: ignore[misc]  # an asynchronous one here
        return {"answer": self._answer(query, quotes, documents, meta)}

    def _answer(
        self, query: str, quotes: list[Quote], documents: list[Document], meta: Mapping[str, str]
    ) -> GeneratedAnswer:
        cited = [quote.chunks[0] for quote in quotes]
        sources = {
            "citations": [citation(number, quote) for number, quote in enumerate(quotes, 1)],
            "nearest": [nearest(chunk) for chunk in self._nearest(documents, cited)],
            "related": related_sections(documents, [chunk for quote in quotes for chunk in quote.chunks]),
        }
        text = "".join(chunk.content for chunk in _stream(quotes, meta))
        return GeneratedAnswer(data=text, query=query, documents=cited, meta={**meta, **sources})

    def _nearest(self, documents: list[Document], cited: list[Document]) -> list[Document]:
        """Return the best chunk of each further document, so that with the cited ones there are a few."""
        named = {str(chunk.meta["document_id"]) for chunk in cited}
        room = self.documents - len(named)
        others: dict[str, Document] = {}
        for chunk in documents:
            others.setdefault(str(chunk.meta["document_id"]), chunk)
        return [chunk for id_, chunk in others.items() if id_ not in named][: max(room, 0)]


def citation(number: int, quote: Quote) -> dict[str, Any]:
    """Return what a reader needs to judge and open a source.

    `updated_at` is an ISO date or None, `stale_since` an ISO moment or None, `place` as in a chunk's meta,
    `passage` the pieces of the document that are quoted (see `Quote`).
    """
    chunk = quote.chunks[0]
    meta = chunk.meta
    return {
        "number": number,
        "document_id": meta["document_id"],
        "chunk_id": chunk.id,
        **source_link(chunk),
        "section": meta["section"],
        "place": meta["place"],
        "passage": quote.pieces,
        "snippet": textwrap.shorten(quote.text, _SNIPPET, placeholder="…"),
        "updated_at": meta["updated_at"],
        "stale_since": meta["stale_since"],
        "owner": meta["owner"],
        "source": meta["source"],
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
