"""Word: mammoth reads the document as HTML, once what it can't read is rewritten and what nobody sees is out."""

from collections import Counter
from io import BytesIO

import mammoth
from bs4 import BeautifulSoup

from pipelines.converters import ConvertedText
from pipelines.converters.docx.notes import place_notes
from pipelines.converters.docx.package import COMMENTS, CORE, DOCUMENT, NOTES, NUMBERING, STYLES, Package
from pipelines.converters.docx.structure import Structure, shorten_styles
from pipelines.converters.docx.styles import Styles
from pipelines.converters.docx.visibility import Visibility, remove_replaced
from pipelines.converters.docx.xml import children_named
from pipelines.converters.html.rendering import render
from pipelines.converters.titles import sensible_title


def convert_docx(data: bytes) -> ConvertedText:
    """Return the document's text; its tables of contents, headers and footers repeat it, and are left out.

    Its title is what stands in the style Title, else the one in its properties. Notes follow what they are to.
    """
    package = Package(data)
    styles = Styles(package.part(STYLES))
    visibility = Visibility(styles, package)
    structure = Structure(styles, package.part(NUMBERING))
    left_out: Counter[str] = Counter(comments=len(children_named(package.part(COMMENTS), "comment")))
    for name in (DOCUMENT, *NOTES):
        if (root := package.part(name)) is not None:
            remove_replaced(root)
            left_out += visibility.remove_hidden(root)
            structure.rewrite(root)
    shorten_styles(package.part(STYLES))
    return ConvertedText(_markdown(package), structure.title or _stated_title(package), dict(+left_out))


def _markdown(package: Package) -> str:
    html = mammoth.convert_to_html(
        BytesIO(package.packed()), include_embedded_style_map=False, convert_image=lambda _: []
    )
    page = BeautifulSoup(html.value, "html.parser")
    place_notes(page)
    return render(page)


def _stated_title(package: Package) -> str | None:
    core = package.part(CORE)
    return None if core is None else sensible_title(core.findtext("{http://purl.org/dc/elements/1.1/}title"))
