"""`StructureSplitter`: documents to chunks along their headings, paragraphs and sentences."""

from collections.abc import Iterator

from haystack import Document, component

from pipelines.markdown import Block, Section, join_blocks

SPLITTER_VERSION = "3"
"""Part of the index's fingerprint: raise it when the chunks of a document change."""

SECTION_SEPARATOR = " › "


@component
class StructureSplitter:
    """Fills chunks with whole blocks of one section, and of one page or slide, up to a length.

    A sentence, list item, table row or code block is never cut, so one longer than the limit is
    a chunk of its own; a table that is split repeats its header. A chunk's meta adds to the
    document's: section (the headings above it), section_index, anchor, place ("page 3", "slide 2",
    "notes 2" or ""), position (from 0).
    """

    def __init__(self, max_characters: int = 1200) -> None:
        """`max_characters`: length of a chunk's text, without the title and headings above it.

        1,200 is the length that the retrieval figures were measured with.
        """
        self.max_characters = max_characters

    @component.output_types(chunks=list[Document])
    def run(self, documents: list[Document], sections: dict[str, list[Section]]) -> dict[str, list[Document]]:
        """Return the chunks of all `documents`, in order; `sections` has those of each by its id.

        A document of headings alone gives one chunk.
        """
        return {"chunks": [chunk for document in documents for chunk in self._split(document, sections[document.id])]}

    def _split(self, document: Document, sections: list[Section]) -> Iterator[Document]:
        groups = [(section, group) for section in sections for group in self._groups(section)]
        if not groups:
            headings = "\n\n".join(section.path[-1] for section in sections if section.path)
            groups = [(sections[0], [Block(headings)])]
        for position, (section, group) in enumerate(groups):
            yield _chunk(document, section, group, position)

    def _groups(self, section: Section) -> Iterator[list[Block]]:
        group: list[Block] = []
        for block in section.blocks:
            if group and not self._belongs(block, group):
                yield group
                group = []
            group.append(block)
        if group:
            yield group

    def _belongs(self, block: Block, group: list[Block]) -> bool:
        return block.place == group[0].place and len(join_blocks([*group, block])) <= self.max_characters


def _chunk(document: Document, section: Section, group: list[Block], position: int) -> Document:
    headings = section.path[1:] if section.path[:1] == (document.meta["title"],) else section.path
    place = {
        "section": SECTION_SEPARATOR.join(headings),
        "section_index": section.index,
        "anchor": _anchor(section, group[0].place),
        "place": group[0].place,
        "position": position,
    }
    return Document(id=f"{document.id}#{position}", content=join_blocks(group), meta={**document.meta, **place})


def _anchor(section: Section, place: str) -> str:
    """Return what leads there from a link: of a PDF the page (RFC 8118), else the heading's own anchor."""
    kind, _, number = place.partition(" ")
    return f"page={number}" if kind == "page" else section.anchor
