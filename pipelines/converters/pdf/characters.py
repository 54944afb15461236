"""Characters into words.

PDFium says of each character what it is, where, and to which text object it belongs; it puts spaces where only
a gap stands, turns right-to-left text into the order in which it is read, and drops what is printed twice for
a bold effect. What a text object looks like is asked once for each object, which makes this five times as fast
as asking of each character.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.converters.looks import LEAST_WHITE
from pipelines.converters.pdf.page import Corners, Frame, Style, Word, union
from pipelines.errors import UnreadableContent

MOST_CHARACTERS = 100_000
"""On one page: twenty times the densest page of print; more is a program's dump or an attack."""
_BOLD = re.compile(r"bold|black|heavy|semibd|demi|-bd", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LINE_END_HYPHENS = (0x2, 0xFFFE)
"""What PDFium makes of a hyphen at a line's end."""
_JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen and the joiners of Persian and emoji."""
_UNPAINTED_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_ANGLE_TOLERANCE = 3
"""Degrees by which a scanner's text layer leans at most."""
_SAME_LINE = 0.5
"""Of the size: a raised figure stands no further from the line."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character (`text` is "" for one without a meaning), its box and origin in the file's points."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    style: Style


def read_glyphs(textpage: pypdfium2.PdfTextPage) -> list[Glyph | None]:
    """Return the characters of a page in the order of reading; None stands for spaces and breaks.

    Raises `UnreadableContent` if there are more than `MOST_CHARACTERS`.
    """
    count = textpage.count_chars()
    if count > MOST_CHARACTERS:
        raise UnreadableContent(
            f"a page holds {count} characters, and {MOST_CHARACTERS} is the most", "Export it anew, or exclude it."
        )
    return list(_glyphs(textpage.raw, count))


def _glyphs(raw: ctypes.c_void_p, count: int) -> Iterator[Glyph | None]:
    styles: dict[int, Style] = {}
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        owner = pdfium.FPDFText_GetTextObject(raw, i)
        if not owner or chr(code).isspace():
            yield None
            continue
        address = ctypes.addressof(owner.contents)
        if address not in styles:
            styles[address] = _style(raw, i, owner)
        pdfium.FPDFText_GetLooseCharBox(raw, i, box)
        pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
        text = "" if pdfium.FPDFText_HasUnicodeMapError(raw, i) == 1 else _character(code)
        yield Glyph(text, (box.left, box.bottom, box.right, box.top), (x.value, y.value), styles[address])


def _character(code: int) -> str:
    if code in _LINE_END_HYPHENS:
        return "-"
    text = chr(code)
    return text if text.isprintable() or text in _JOINERS or unicodedata.category(text) in ("Co", "Cs") else ""


def _style(raw: ctypes.c_void_p, index: int, owner: ctypes.c_void_p) -> Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(owner, red, green, blue, alpha)
    return Style(
        size=round(abs(size), 1),
        bold=_is_bold(owner),
        unpainted=pdfium.FPDFTextObj_GetTextRenderMode(owner) in _UNPAINTED_MODES,
        white=bool(known) and min(red.value, green.value, blue.value) >= LEAST_WHITE,
        turns=_quarter_turns(math.degrees(math.atan2(matrix.b, matrix.a))),
    )


def _is_bold(owner: ctypes.c_void_p) -> bool:
    font = pypdfium2.PdfFont(pdfium.FPDFTextObj_GetFont(owner), owner)
    outlined = bool(pdfium.FPDFTextObj_GetTextRenderMode(owner) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
    try:
        return outlined or bool(_BOLD.search(font.get_base_name())) or int(font.get_weight()) >= _BOLD_WEIGHT
    except pypdfium2.PdfiumError:
        return outlined


def _quarter_turns(angle: float) -> int | None:
    turns = round(angle / 90)
    return turns % 4 if abs(angle - turns * 90) <= _ANGLE_TOLERANCE else None


def upright_turns(glyphs: Sequence[Glyph | None]) -> int | None:
    """Return the quarter turns of most of the text; None where there is none."""
    turns = Counter(glyph.style.turns for glyph in glyphs if glyph and glyph.style.turns is not None)
    return turns.most_common(1)[0][0] if turns else None


def words(glyphs: Sequence[Glyph | None], frame: Frame) -> list[Word]:
    """Return the words that stand upright in `frame`: text at an angle is a stamp or a watermark."""
    found: list[Word] = []
    last: tuple[Corners, float] | None = None
    for glyph in glyphs:
        if glyph is None or glyph.style.turns != frame.turns:
            last = None
            continue
        box, baseline = frame.corners(*glyph.box), frame.point(*glyph.origin)[1]
        near = last is not None and _is_next(last, (box, baseline), glyph.style.size)
        if near and found[-1].style == glyph.style:
            found[-1].text += glyph.text
            found[-1].box = union(found[-1].box, box)
        else:
            found.append(Word(glyph.text, box, baseline, glyph.style, glued=near))
        last = box, baseline
    for word in found:
        # PDFium gives an emoji as the two halves of UTF-16.
        word.text = word.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return [word for word in found if word.text]


def _is_next(last: tuple[Corners, float], glyph: tuple[Corners, float], size: float) -> bool:
    (left, _, right, _), baseline = last
    (its_left, _, its_right, _), its_baseline = glyph
    near = max(size, 1)
    return its_left - right <= near and left - its_right <= near and abs(baseline - its_baseline) <= _SAME_LINE * near
