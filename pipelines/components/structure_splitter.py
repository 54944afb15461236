"""`StructureSplitter`: documents to chunks along their headings, paragraphs and sentences."""

from collections.abc import Iterator

from haystack import Document, component

from pipelines.markdown import Block, Section, join_blocks, split_sections

SPLITTER_VERSION = "1"
"""Part of the index's fingerprint: raise it when the chunks of a document change."""

SECTION_SEPARATOR = " › "


@component
class StructureSplitter:
    """Splits Markdown by heading, then fills chunks with whole blocks up to a length.

    A sentence, list item, table row or code block is never cut, so one longer than the limit is
    a chunk of its own; a table that is split repeats its header. A chunk's meta adds to the
    document's: section (the headings above it), section_index, anchor, position (from 0).
    """

    def __init__(self, max_characters: int = 1200) -> None:
        """`max_characters`: length of a chunk's text, without the title and headings above it.

        1,200 is the length that the retrieval figures were measured with.
        """
        self.max_characters = max_characters

    @component.output_types(chunks=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        """Return the chunks of all `documents`, in order; a document of headings alone gives one."""
        return {"chunks": [chunk for document in documents for chunk in self._split(document)]}

    def _split(self, document: Document) -> Iterator[Document]:
        sections = split_sections(document.content or "", str(document.meta["language"]))
        texts = [(section, text) for section in sections for text in self._texts(section)]
        if not texts:
            headings = "\n\n".join(section.path[-1] for section in sections if section.path)
            texts = [(sections[0], headings)]
        for position, (section, text) in enumerate(texts):
            yield _chunk(document, section, text, position)

    def _texts(self, section: Section) -> Iterator[str]:
        group: list[Block] = []
        for block in section.blocks:
            if group and len(join_blocks([*group, block])) > self.max_characters:
                yield join_blocks(group)
                group = []
            group.append(block)
        if group:
            yield join_blocks(group)


def _chunk(document: Document, section: Section, text: str, position: int) -> Document:
    headings = section.path[1:] if section.path[:1] == (document.meta["title"],) else section.path
    place = {
        "section": SECTION_SEPARATOR.join(headings),
        "section_index": section.index,
        "anchor": section.anchor,
        "position": position,
    }
    return Document(id=f"{document.id}#{position}", content=text, meta={**document.meta, **place})
