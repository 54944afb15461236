"""What a reader of the printed page can't see.

Whether a word shows is settled by drawing the page: where the pixels of a word are all alike, nothing can be
read. That finds text in the colour of what lies beneath it, text under a bar or a picture, text that is
clipped away and text on a layer that is switched off; at 72 dots to the inch it costs 5 ms a page.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from pipelines.converters.looks import HIDDEN, OFF_PAGE, TINY, WHITE
from pipelines.converters.pdf.page import Corners, Frame, Page, Word, holds, middle

_SMALLEST = 1.0
"""Points: below it print is dust."""
_CONTRAST = 6
"""Levels of grey out of 255 between ink and ground; the palest grey of print (#E0E0E0), set thin, gives 10."""
_LONGEST_SIDE = 4000
"""Pixels, of 16 MB in all: A0 is drawn whole, and only larger plans smaller."""
_SCAN_SHARE = 0.3
"""Of the page, covered by an image: more than any picture that text is merely laid upon by mistake."""

_Pixels: TypeAlias = NDArray[np.uint8]


def leave_out_unseen(page: Page, source: pypdfium2.PdfPage, left_out: Counter[str]) -> None:
    """Keep the words of `page` that can be seen, or lie over or under a scan; count the passages of others."""
    showing = _showing(page, source)
    kept, before = [], ""
    for word in page.words:
        reason = _reason(word, page, showing)
        if not reason:
            kept.append(word)
        elif reason != before:
            left_out[reason] += 1
        before = reason
    page.words = kept


def _reason(word: Word, page: Page, shows: Callable[[Word], bool]) -> str:
    if word.style.size < _SMALLEST:
        return TINY
    if not _on_page(word.box, page.frame):
        return OFF_PAGE
    if shows(word) or any(holds(image, middle(word.box)) for image in _scans(page, word)):
        return ""
    return WHITE if word.style.white else HIDDEN


def _on_page(box: Corners, frame: Frame) -> bool:
    return holds((0, 0, *frame.size), middle(box))


def _scans(page: Page, word: Word) -> list[Corners]:
    """Return the images that a word can be the text of; white text is no text layer."""
    if word.style.white and not word.style.unpainted:
        return []
    width, height = page.frame.size
    least = 0 if word.style.unpainted else _SCAN_SHARE * width * height
    return [image for image in page.drawing.images if _area(image) >= least]


def _area(box: Corners) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _showing(page: Page, source: pypdfium2.PdfPage) -> Callable[[Word], bool]:
    """Return the test whether a word shows; a page whose text is all unpainted need not be drawn."""
    if all(word.style.unpainted for word in page.words):
        return lambda word: False
    scale = min(1.0, _LONGEST_SIDE / max(*page.frame.size, 1))
    turn = (page.frame.turns * 90 - source.get_rotation()) % 360
    bitmap = source.render(scale=scale, rotation=turn, grayscale=True, draw_annots=False, may_draw_forms=False)
    pixels = bitmap.to_numpy()
    return lambda word: not word.style.unpainted and _has_contrast(word, pixels, scale)


def _has_contrast(word: Word, pixels: _Pixels, scale: float) -> bool:
    left, top, right, bottom = word.box
    if any(map(str.isalnum, word.text)):
        # From the baseline to the height of an x: what is above and below may be a rule or another line.
        top, bottom = word.baseline - word.style.size / 2, word.baseline
    rows = slice(max(0, int(top * scale)), max(1, round(bottom * scale)))
    columns = slice(max(0, int(left * scale)), max(1, round(right * scale)))
    patch = pixels[rows, columns]
    return bool(patch.size and int(patch.max()) - int(patch.min()) >= _CONTRAST)
