"""PDF files with known content."""

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import reportlab
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

Drawer = Callable[[Canvas], object]

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7)
BIG = ParagraphStyle("big", BODY, fontName="Helvetica-Bold", fontSize=18, leading=22, spaceBefore=12)
MIDDLE = ParagraphStyle("middle", BIG, fontSize=14, leading=17)
STRONG = ParagraphStyle("strong", BODY, fontName="Helvetica-Bold")
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]


def pdf_of_pages(*pages: Sequence[Drawer], size: tuple[float, float] = A4, password: str | None = None) -> bytes:
    """Return a file whose pages are drawn by hand, each by its drawers in order."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, encrypt=password, pageCompression=0)
    for drawers in pages:
        for draw in drawers:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def pdf_open_to_readers() -> bytes:
    """Return a file that is encrypted, and that opens without a password."""
    encryption = StandardEncryption("", ownerPassword="owner", canPrint=0)
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=encryption)
    canvas.drawString(72, 700, "Het rooster staat op intranet.")
    canvas.save()
    return target.getvalue()


def text(words: str, x: float = 72, y: float = 700, *, size: float = 11, mode: int = 0, colour: float = 0) -> Drawer:
    """Draw one line; `mode` is the text render mode, `colour` a grey from 0 (black) to 1."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        line = canvas.beginText(x, y)
        line.setFont("Helvetica", size)
        line.setTextRenderMode(mode)
        line.setFillGray(colour)
        line.textOut(words)
        canvas.drawText(line)
        canvas.restoreState()

    return draw


def pdf_in_unicode(words: str) -> bytes:
    """Return a file that shows `words` in a font with ligatures and signs."""
    return _set_in_vera(words, "Unicode", ascii_readable=1)


def pdf_without_letter_map(words: str) -> bytes:
    """Return a file that shows `words` and does not say which letters they consist of."""
    return _set_in_vera(words, "Unmapped", ascii_readable=0).replace(b"/ToUnicode", b"/NoUnicode")


def _set_in_vera(words: str, name: str, ascii_readable: int) -> bytes:
    path = Path(reportlab.__file__).with_name("fonts") / "Vera.ttf"
    registerFont(TTFont(name, path, asciiReadable=ascii_readable))
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0)
    canvas.setFont(name, 12)
    canvas.drawString(72, 700, words)
    canvas.save()
    return target.getvalue()


def lines(*texts: str, x: float = 72, y: float = 700, leading: float = 14) -> list[Drawer]:
    """Draw lines under each other."""
    return [text(words, x, y - i * leading) for i, words in enumerate(texts)]


def turned(words: str, angle: float, at: tuple[float, float] = (200, 300), size: float = 40) -> Drawer:
    """Draw a line at an angle in degrees."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(*at)
        canvas.rotate(angle)
        canvas.setFont("Helvetica", size)
        canvas.drawString(0, 0, words)
        canvas.restoreState()

    return draw


def bar(x: float, y: float, width: float, height: float, grey: float = 0) -> Drawer:
    """Draw a filled rectangle."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.restoreState()

    return draw


def image(x: float = 0, y: float = 0, width: float = A4[0], height: float = A4[1]) -> Drawer:
    """Draw a grey picture, by default over the whole page."""
    picture = io.BytesIO()
    Image.new("L", (8, 8), 200).save(picture, "PNG")
    return lambda canvas: canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), x, y, width, height)


def link(address: str, area: tuple[float, float, float, float]) -> Drawer:
    """Lay a link upon an area: left, bottom, right, top."""
    return lambda canvas: canvas.linkURL(address, area)


def note(words: str) -> Drawer:
    """Lay a sticky note upon the page."""
    return lambda canvas: canvas.textAnnotation(words, Rect=[300, 500, 320, 520])


def page_turn(degrees: int) -> Drawer:
    """Say that the page is shown turned clockwise."""
    return lambda canvas: canvas.setPageRotation(degrees)


def crop(left: float, bottom: float, right: float, top: float) -> Drawer:
    """Say which part of the page is shown."""
    return lambda canvas: canvas.setCropBox((left, bottom, right, top))


def pdf_report(
    story: Iterable[Flowable],
    *,
    columns: int = 1,
    furniture: Callable[[Canvas, int], object] | None = None,
    title: str | None = None,
) -> bytes:
    """Return a laid out file: `story` in one or more columns, `furniture` drawn on each page by its number."""
    target = io.BytesIO()
    width = (A4[0] - 144 - (columns - 1) * 20) / columns
    frames = [Frame(72 + i * (width + 20), 90, width, A4[1] - 180, 0, 0, 0, 0) for i in range(columns)]

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        if furniture:
            furniture(canvas, document.page)

    document = BaseDocTemplate(target, pagesize=A4, title=title, pageTemplates=PageTemplate("page", frames, decorate))
    document.build(list(story))
    return target.getvalue()


class Bookmarked(Flowable):  # type: ignore[misc]  # the library carries no types
    """A paragraph that the outline names; `level` counts from 0."""

    def __init__(self, words: str, level: int, style: ParagraphStyle = BODY) -> None:
        super().__init__()
        self._inner, self._words, self._level = Paragraph(words, style), words, level

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the size of the paragraph, and room below it."""
        self.width, self.height = self._inner.wrap(width, height)
        return self.width, self.height + 12

    def draw(self) -> None:
        """Draw the paragraph and enter it in the outline."""
        self.canv.bookmarkPage(self._words)
        self.canv.addOutlineEntry(self._words, self._words, self._level)
        self._inner.drawOn(self.canv, 0, 12)


def ruled(rows: Sequence[Sequence[str]], *more: tuple[object, ...], repeat: int = 0) -> Table:
    """Return a table with lines between all cells; `more` are the library's style commands."""
    return Table(rows, style=[*RULED, *more], repeatRows=repeat)
