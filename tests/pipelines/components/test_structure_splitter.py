"""Chunks follow the structure of their document."""

from typing import Any

from haystack import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.components.structure_splitter import SECTION_SEPARATOR, StructureSplitter
from pipelines.markdown import split_blocks, split_sections
from tests.pipelines.chunks import metadata
from tests.pipelines.markdown_texts import Piece, documents


def _split(markdown: str, max_characters: int = 1200, **meta: Any) -> list[Document]:  # noqa: ANN401 - any meta
    document = Document(id="wiki/a", content=markdown, meta=metadata("wiki/a", **meta))
    sections = {document.id: split_sections(markdown, "en")}
    return StructureSplitter(max_characters).run([document], sections)["chunks"]


def test_chunks_know_their_place() -> None:
    """A citation names the section and links to it; what stands before the first heading is section 0."""
    chunks = _split("Intro.\n\n# Rules\n\n## Leave\n\nText.\n\n## Leave\n\nMore.", title="Handbook")
    places = [[c.meta[key] for key in ("section", "section_index", "anchor", "position")] for c in chunks]
    assert places == [
        ["", 0, "", 0],
        [f"Rules{SECTION_SEPARATOR}Leave", 2, "leave", 1],
        [f"Rules{SECTION_SEPARATOR}Leave", 3, "leave-1", 2],
    ]
    assert [c.content for c in chunks] == ["Intro.", "Text.", "More."]


def test_title_is_not_repeated_as_section() -> None:
    """A page whose first heading is its title does not show it twice."""
    chunks = _split("# Leave\n\nText.\n\n## Days\n\nMore.", title="Leave")
    assert [c.meta["section"] for c in chunks] == ["", "Days"]


def test_chunks_have_their_document_s_metadata() -> None:
    """Who may read and where it stands is known of every chunk; ids are the document's with the position."""
    chunks = _split("One.\n\n# A\n\nTwo.", access=["hr"], owner="HR")
    assert [c.id for c in chunks] == ["wiki/a#0", "wiki/a#1"]
    assert all(c.meta.items() >= metadata("wiki/a", access=["hr"], owner="HR").items() for c in chunks)


def test_sections_are_never_in_one_chunk() -> None:
    """However short they are: a quote belongs to one heading."""
    assert len(_split("# A\n\nx.\n\n# B\n\ny.")) == 2


def test_document_of_headings_can_be_found() -> None:
    """Its headings are its text."""
    (chunk,) = _split("# Contacts\n\n## Sanne\n\n## Daan")
    assert (chunk.content, chunk.meta["section_index"]) == ("Contacts\n\nSanne\n\nDaan", 0)


def test_documents_are_split_apart() -> None:
    """Each document's chunks are its own, counted from 0, in the order of the documents."""
    both = [Document(id=id_, content=f"Text of {id_}.", meta=metadata(id_)) for id_ in ("wiki/b", "wiki/a")]
    sections = {document.id: split_sections(document.content or "", "en") for document in both}
    chunks = StructureSplitter().run(both, sections)["chunks"]
    assert [(c.id, c.content) for c in chunks] == [
        ("wiki/b#0", "Text of wiki/b."),
        ("wiki/a#0", "Text of wiki/a."),
    ]


def test_long_table_repeats_its_header() -> None:
    """Every part of it can be read alone."""
    header = "| Day | Hours |\n| --- | --- |"
    rows = [f"| {n} | {n * 8} |" for n in range(30)]
    chunks = _split("\n".join([header, *rows]), max_characters=200)
    assert len(chunks) > 2
    assert all((c.content or "").startswith(f"{header}\n| ") for c in chunks)
    assert [row for c in chunks for row in (c.content or "").split("\n")[2:]] == rows


@given(documents(), st.integers(min_value=20, max_value=400))
@settings(max_examples=80, deadline=None)
def test_chunks_are_filled_with_whole_blocks(document: tuple[str, list[Piece]], limit: int) -> None:
    """Each block is in exactly one chunk, in order and whole; only a block alone may be over the limit."""
    markdown, pieces = document
    expected = [(piece.text, piece.header) for piece in pieces if not piece.is_heading]
    chunks = _split(markdown, limit)
    blocks = [split_blocks(c.content or "", "en") for c in chunks]
    if expected:
        assert [(block.text, block.header) for group in blocks for block in group] == expected
        assert all(len(c.content or "") <= limit or len(b) == 1 for c, b in zip(chunks, blocks, strict=True))
    else:
        assert len(chunks) == 1


@given(documents(), st.integers(min_value=20, max_value=400))
@settings(max_examples=40, deadline=None)
def test_chunks_stay_in_their_sections(document: tuple[str, list[Piece]], limit: int) -> None:
    """Section and anchor of every chunk are those of the heading that its text stands under."""
    markdown, _ = document
    sections = {section.index: section for section in split_sections(markdown, "en")}
    only_headings = not any(section.blocks for section in sections.values())
    for chunk in _split(markdown, limit):
        section = sections[chunk.meta["section_index"]]
        assert chunk.meta["anchor"] == section.anchor
        assert chunk.meta["section"] == SECTION_SEPARATOR.join(section.path)
        texts = {block.text for block in split_blocks(chunk.content or "", "en")}
        assert only_headings or texts <= {block.text for block in section.blocks}


def test_a_chunk_stands_on_one_page() -> None:
    """So that its link opens where its text is; a section that runs over a page end is two chunks."""
    markdown = "<!-- page 1 -->\n\n# Rules\n\nOne.\n\nTwo.\n\n<!-- page 2 -->\n\nThree.\n\n## More\n\nFour."
    found = [[c.content, c.meta["section"], c.meta["place"], c.meta["anchor"]] for c in _split(markdown, title="T")]
    assert found == [
        ["One.\n\nTwo.", "Rules", "page 1", "page=1"],
        ["Three.", "Rules", "page 2", "page=2"],
        ["Four.", f"Rules{SECTION_SEPARATOR}More", "page 2", "page=2"],
    ]


def test_slides_and_notes_are_places_without_an_address() -> None:
    """No program opens a link at a slide, so the link is that of the heading."""
    markdown = "<!-- slide 4 -->\n\n## Sales\n\nUp.\n\n<!-- notes 4 -->\n\nSay thanks."
    found = [[c.content, c.meta["place"], c.meta["anchor"]] for c in _split(markdown, title="T")]
    assert found == [["Up.", "slide 4", "sales"], ["Say thanks.", "notes 4", "sales"]]
