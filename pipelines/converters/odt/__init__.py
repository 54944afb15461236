"""OpenDocument text: its elements are put into those of HTML, which the project's own renderer reads.

odfdo can write Markdown, but escapes no markup, knows nothing of what is hidden, and loses merged cells.
"""

from io import BytesIO

from odfdo import Document
from odfdo.security import security

from pipelines.converters import ConvertedText
from pipelines.converters.html.rendering import render
from pipelines.converters.odt.content import Content
from pipelines.converters.odt.styles import Styles
from pipelines.converters.opening import opening
from pipelines.converters.titles import sensible_title

# A picture of one colour packs better than the library allows; the container has been checked before.
security.max_compression_ratio = 2000


def convert_odt(data: bytes) -> ConvertedText:
    """Return the document's text; its indexes, headers and footers repeat it, and are left out.

    Its title is what stands in the style Title, else the one in its properties. Notes follow what they are to.
    """
    with opening():
        document = Document(BytesIO(data))
        content, body = Content(Styles(document)), document.body
    page = content.page(body)
    left_out = {what: count for what, count in content.left_out.items() if count}
    return ConvertedText(render(page), content.title or sensible_title(document.meta.title), left_out)
