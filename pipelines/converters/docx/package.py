"""The parts of a Word file that hold text, read and packed again.

python-docx would do, but it refuses whole files for the sake of a picture that is missing, and for being
saved as "strict"; neither matters to the text.
"""

import posixpath
from io import BytesIO
from posixpath import basename, dirname
from zipfile import ZIP_STORED, ZipFile

from lxml import etree

from pipelines.converters.opening import check_limits
from pipelines.errors import UnreadableContent

DOCUMENT = "document"
NOTES = ("footnotes", "endnotes")
STYLES = "styles"
NUMBERING = "numbering"
COMMENTS = "comments"
CORE = "core"
HEADER = "header"

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Namespaces of the strict variant of ISO/IEC 29500, with those of the transitional one that stand for the same."""

_WITHOUT_TEXT = {"charts", "customXml", "diagrams", "embeddings", "theme"}


class Package:
    """The XML parts of a Word file, by what they are to the document."""

    def __init__(self, data: bytes) -> None:
        """Read the parts. Raises `UnreadableContent`: there is no document in it."""
        with ZipFile(BytesIO(data)) as archive:
            self._parts = {
                name: root
                for name in archive.namelist()
                if _holds_text(name) and (root := _root(archive.read(name))) is not None
            }
        self._names = {role: name for role, name in self._roles("_rels/.rels")}
        if DOCUMENT not in self._names and "word/document.xml" not in self._parts:
            raise UnreadableContent("it holds no Word document", "Open it in Word, save it again, or exclude it.")
        document = self._names.setdefault(DOCUMENT, "word/document.xml")
        self._names |= dict(self._roles(f"{dirname(document)}/_rels/{basename(document)}.rels"))

    def part(self, role: str) -> etree._Element | None:
        """Return the root of the part with that role, such as `STYLES`."""
        return self._parts.get(self._names.get(role, f"word/{role}.xml"))

    def parts(self, role: str) -> list[etree._Element]:
        """Return the roots of all parts that have a name such as `word/header2.xml`."""
        return [root for name, root in self._parts.items() if basename(name).startswith(role)]

    def packed(self) -> bytes:
        """Return the file again, with its XML parts only."""
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_STORED) as archive:
            for name, root in self._parts.items():
                archive.writestr(name, etree.tostring(root, encoding="utf-8", xml_declaration=True))
        return packed.getvalue()

    def _roles(self, relationships: str) -> list[tuple[str, str]]:
        root = self._parts.get(relationships.lstrip("/"))
        base = dirname(dirname(relationships))
        found = [] if root is None else root.findall(_RELATIONSHIP)
        targets = [(one.get("Type", "").rpartition("/")[2], one.get("Target", "")) for one in found]
        paths = [(_role(type_), posixpath.join("/", base, target).lstrip("/")) for type_, target in targets]
        return [(role, path) for role, path in paths if path in self._parts]


def _role(type_: str) -> str:
    return {"officeDocument": DOCUMENT, "core-properties": CORE}.get(type_, type_)


def _holds_text(name: str) -> bool:
    """Return whether a part is needed: pictures, themes and the data behind charts are not."""
    return name.endswith((".xml", ".rels")) and not _WITHOUT_TEXT.intersection(name.split("/")[:-1])


def _root(data: bytes) -> etree._Element | None:
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        check_limits(error)
        return None  # a damaged part is missed where it is needed, and only there
