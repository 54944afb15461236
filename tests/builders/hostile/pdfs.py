"""PDFs whose objects lead nowhere, in circles, or to far too much."""

import random
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders.hostile.archives import cut
from tests.builders.hostile.file import HostileFile, failing, harmless

_MEGABYTE = 10**6
_TEXT = b"BT /F1 12 Tf 72 700 Td (Verlof vraag je aan in het portaal.) Tj ET"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_LIMIT = "took more than|its converter crashed"  # PDFium ends its process where memory ends
_BOX = b"/MediaBox[0 0 595 842]"


def written(pages: int = 1, password: str | None = None) -> bytes:
    """Return a sound PDF with a line of text on each page."""
    file = BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption(password) if password else None)
    for page in range(pages):
        canvas.drawString(72, 700, f"Verlof vraag je aan in het portaal, regel {page}.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of `objects`, numbered from 1; the first is its catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    start = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return body + start + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (count, trailer, len(body))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(content: bytes, *others: bytes, resources: bytes = b"", font: bytes = _FONT) -> bytes:
    """Return a PDF of one page: `content` is its stream object (number 4), `others` are numbered from 6."""
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>" % (_BOX, resources)
    catalogue, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return assembled([catalogue, pages, page, content, font, *others])


def _flate_bomb() -> bytes:
    packer, spaces, check = zlib.compressobj(wbits=-zlib.MAX_WBITS), b" " * 10 * _MEGABYTE, 1
    piece = packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH)  # after which the same may come again
    for _ in range(100):
        check = zlib.adler32(spaces, check)
    packed = b"\x78\x9c" + piece * 100 + packer.flush() + check.to_bytes(4, "big")
    return one_page(stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def _with_pages(kids: bytes, count: int) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % _BOX
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(_TEXT), _FONT])


def _circular_tables() -> bytes:
    data = written()
    at = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d " % at)


def _many_operators() -> bytes:
    operators = b"".join(b"%d %d m %d 9 l S\n" % (n % 595, n % 842, n % 97) for n in range(2 * _MEGABYTE))
    return one_page(stream(zlib.compress(operators, 1), b"/Filter/FlateDecode"))


def _many_characters() -> bytes:
    text = b"BT /F1 1 Tf " + b"".join(b"1 0 0 1 %d %d Tm (ab cd) Tj\n" % (n % 595, n % 842) for n in range(600_000))
    return one_page(stream(zlib.compress(text + b"ET", 1), b"/Filter/FlateDecode"))


def _form(body: bytes, number: int) -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>" % number
    return stream(body, entries)


def _circular_forms() -> bytes:
    return one_page(stream(_TEXT + b" /X Do"), _form(b"/X Do", 6), resources=b"/XObject<</X 6 0 R>>")


def _multiplying_forms() -> bytes:
    forms = [_form(b"/X Do " * 10, 7 + n) for n in range(12)]
    return one_page(stream(_TEXT + b" /X Do"), *forms, resources=b"/XObject<</X 6 0 R>>")


def _scan() -> bytes:
    file, picture = BytesIO(), BytesIO()
    _picture().save(picture, "PNG")
    canvas = Canvas(file)
    for _ in range(3):
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _picture() -> Image.Image:
    return Image.effect_noise((60, 80), 50)


def _without_unicode() -> bytes:
    """Return text in an embedded composite font whose glyphs have numbers and no letters."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    info = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Odd%s/FontDescriptor 7 0 R>>" % info
    descriptor = b"<</Type/FontDescriptor/FontName/ABCDEF+Odd/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>"
    line = "".join(f"{n:04x}" for n in range(3, 60)).encode()
    text = b"".join(b"1 0 0 1 72 %d Tm <%s> Tj\n" % (700 - 14 * n, line) for n in range(30))
    return one_page(stream(b"BT /F1 12 Tf\n" + text + b"ET"), descendant, descriptor, font=font)


def _noise_after_header() -> bytes:
    return b"%PDF-1.7\n" + random.Random(1).randbytes(100_000)  # noqa: S311 - no secret


def _with_outline_in_circle() -> bytes:
    first = b"<</Title(Verlof)/Parent 7 0 R/Next 6 0 R/First 6 0 R/Dest[3 0 R/Fit]>>"
    data = one_page(stream(_TEXT), first, b"<</First 6 0 R/Last 6 0 R/Count 1>>")
    return data.replace(b"/Catalog/", b"/Catalog/Outlines 7 0 R/")


def _files() -> Iterator[HostileFile]:
    cut_off, damaged = "it is cut off", "it is damaged"
    yield failing("cut.pdf", lambda: cut(written(20), 0.5), cut_off)
    yield failing("header-only.pdf", lambda: b"%PDF-1.7\n", cut_off)
    yield failing("noise.pdf", _noise_after_header, cut_off)
    yield failing("password.pdf", partial(written, 1, "geheim"), "protected by a password")
    yield failing("scan.pdf", _scan, "it is a scan")
    yield failing("flate-bomb.pdf", _flate_bomb, _LIMIT)
    yield failing("circular-pages.pdf", partial(_with_pages, b"2 0 R", 1), damaged)
    yield harmless("circular-xref.pdf", _circular_tables)
    yield failing("100,000-pages.pdf", partial(_with_pages, b"3 0 R " * 100_000, 100_000), "100,?000 pages")
    yield harmless("claims-pages.pdf", partial(_with_pages, b"3 0 R", 10**9))
    yield failing("no-unicode.pdf", _without_unicode, "font|Unicode|letters")
    yield failing("many-operators.pdf", _many_operators, _LIMIT)
    yield failing("many-characters.pdf", _many_characters, _LIMIT)
    yield harmless("circular-forms.pdf", _circular_forms)
    yield failing("multiplying-forms.pdf", _multiplying_forms, _LIMIT)
    yield harmless("circular-outline.pdf", _with_outline_in_circle)
    nested = b"[" * 100_000 + b"]" * 100_000
    yield harmless("nested-arrays.pdf", partial(one_page, stream(_TEXT), nested))
    yield harmless("huge-page.pdf", lambda: one_page(stream(_TEXT)).replace(b"595 842", b"0 9e9"))
    yield failing("no-pages.pdf", partial(_with_pages, b"", 0), "it has no pages")


FILES = tuple(_files())
