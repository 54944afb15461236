"""PPTX: each visible slide with its title, what stands on it in reading order, and its speaker's notes.

`shapes` says what is on a slide and in which order, `texts` writes text with its lists and links (`bullets` knows
which paragraphs are items), `graphics` writes tables, charts and diagrams, `ground` tells whether white text shows.
"""

from collections import Counter
from io import BytesIO
from typing import Any, cast

from lxml import etree
from pptx import Presentation

from pipelines.converters import ConvertedText
from pipelines.converters.opening import opening
from pipelines.converters.pptx.graphics import graphic_blocks
from pipelines.converters.pptx.ground import Ground
from pipelines.converters.pptx.shapes import PlacedShape, Size, placed_shapes, slide_title, unwrap_alternatives
from pipelines.converters.pptx.texts import TextReader
from pipelines.markdown import PlaceKind, place_marker


def convert_pptx(data: bytes) -> ConvertedText:
    """Return each visible slide after a marker of its position in the deck, hidden slides counted.

    The title of a title slide at the start becomes the only heading of level one, each other title one of level
    two. A slide without a title gets the short line alone at its top, if there is one; else it stays under the
    heading before it, which it mostly goes on from.
    """
    with opening():
        deck = Presentation(BytesIO(data))
    reader = _DeckReader((deck.slide_width or 0, deck.slide_height or 0))
    for number, slide in enumerate(deck.slides, 1):
        reader.read(slide, number)
    left_out = {what: count for what, count in reader.left_out.items() if count}
    return ConvertedText("\n\n".join(reader.blocks), left_out=left_out)


class _DeckReader:
    def __init__(self, size: Size) -> None:
        self.left_out: Counter[str] = Counter()
        self.blocks: list[str] = []
        self._size = size

    def read(self, slide: Any, number: int) -> None:  # noqa: ANN401 - the library types little of it
        if slide._element.get("show") in ("0", "false"):
            self.left_out["hidden slides"] += 1
            return
        self.left_out["comments"] += _comments(slide)
        for kind, blocks in (("slide", self._slide(slide)), ("notes", self._notes(slide))):
            self.blocks += [place_marker(cast("PlaceKind", kind), number), *blocks] if blocks else []

    def _slide(self, slide: Any) -> list[str]:  # noqa: ANN401 - the library types little of it
        unwrap_alternatives(slide._element)
        ground = Ground(slide)
        reader = TextReader(self.left_out, ground)
        shapes = placed_shapes(slide, ground, self._size, self.left_out)
        title = slide_title(shapes, self._size[1])
        heading = reader.line(title.shape.text_frame.paragraphs, title.on_white) if title else ""
        level = "#" if title and title.is_deck_title and not self.blocks else "##"
        blocks = [block for shape in shapes if shape is not title for block in _blocks(shape, reader)]
        return [f"{level} {heading}", *blocks] if heading else blocks

    def _notes(self, slide: Any) -> list[str]:  # noqa: ANN401 - the library types little of it
        placeholder = slide.notes_slide.notes_placeholder if slide.has_notes_slide else None
        return [] if placeholder is None else TextReader(self.left_out).blocks(placeholder)


def _blocks(placed: PlacedShape, reader: TextReader) -> list[str]:
    if placed.shape.has_text_frame:
        return reader.blocks(placed.shape, placed.on_white)
    return graphic_blocks(placed.shape, reader)


def _comments(slide: Any) -> int:  # noqa: ANN401 - the library types little of it
    """Return the number of comments and replies, of the kind before 2018 (`cm`) and since (also `reply`)."""
    parts = [rel.target_part for rel in slide.part.rels.values() if rel.reltype.endswith("/comments")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    roots = [etree.fromstring(part.blob, parser) for part in parts]
    return sum(1 for root in roots for _ in root.iter("{*}cm", "{*}reply"))
