"""Word, PowerPoint and OpenDocument files whose XML is a trap."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.builders import container as zips
from tests.builders.hostile.archives import DOCUMENT, without_part
from tests.builders.hostile.file import HostileFile, failing, harmless

_DEFINITIONS = "definitions of its own"
_MARK = "Verlof"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" if n else "<!ENTITY l1 'ha'>" for n in range(10))
_SECRET = "<!ENTITY secret SYSTEM 'file:///etc/passwd'>"
_CONTENT, _SLIDE = "content.xml", "ppt/slides/slide1.xml"


def word_of(body: str, prolog: str = "") -> bytes:
    """Return a Word document whose main part is `prolog` and `body` in its root."""
    xml = f"{prolog}<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    return zips.with_part(zips.word(), DOCUMENT, xml.encode())


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _with_doctype(definitions: str, text: str, encoding: str = "utf-8", before: str = "") -> bytes:
    prolog = f"<?xml version='1.0' encoding='{encoding}'?>{before}<!DOCTYPE d [{definitions}]>"
    xml = f"{prolog}<w:document {_WORD}><w:body>{_paragraph(text)}</w:body></w:document>"
    return zips.with_part(zips.word(), DOCUMENT, xml.encode(encoding))


def _nested(opening: str, closing: str, depth: int, inside: str) -> str:
    return opening * depth + inside + closing * depth


def _many_runs() -> bytes:
    return word_of("<w:p>" + "".join(f"<w:r><w:t>{n * 7919 % 10**7}</w:t></w:r>" for n in range(1_500_000)) + "</w:p>")


def _wide_cells() -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{_paragraph("Wide")}</w:tc>'
    return word_of(f"<w:tbl>{f'<w:tr>{cell * 3}</w:tr>' * 50}</w:tbl>")


def _with_picture_elsewhere() -> bytes:
    relations = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        '<a:blip r:link="rId99" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return zips.with_replaced(
        word_of(_paragraph("Has a picture elsewhere.") + drawing), relations, b"</Relationships>", link.encode()
    )


def _with_circular_relations() -> bytes:
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    loop = b'<Relationship Id="rId98" Type="' + kind + b'" Target="document.xml"/></Relationships>'
    data = zips.word("Leads to itself.")
    return zips.with_replaced(data, "word/_rels/document.xml.rels", b"</Relationships>", loop)


def _slides(change: Callable[[bytes], bytes]) -> bytes:
    data = zips.presentation()
    return zips.with_part(data, _SLIDE, change(zips.parts(data)[_SLIDE]))


def _nested_groups(depth: int) -> bytes:
    inside = '<p:sp><p:nvSpPr><p:cNvPr id="9" name="t"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
    group = '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="8" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    groups = _nested(group, "</p:grpSp>", depth, inside).encode()
    return _slides(lambda xml: xml.replace(b"</p:spTree>", groups + b"</p:spTree>"))


def _same_slide_many_times() -> bytes:
    data, part = zips.presentation(), "ppt/presentation.xml"
    before, entry, after = zips.parts(data)[part].partition(b'<p:sldId id="256" ')
    relation, _, rest = after.partition(b"/>")
    entries = b"".join(b'<p:sldId id="%d" %s/>' % (256 + n, relation) for n in range(100_000))
    assert entry
    return zips.with_part(data, part, before + entries + rest)


def text_of(body: str, prolog: str = "") -> bytes:
    """Return an OpenDocument text of `body`."""
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = f"<office:document-content {namespaces}><office:body><office:text>{body}</office:text></office:body>"
    return zips.with_part(zips.open_document(), _CONTENT, f"{prolog}{content}</office:document-content>".encode())


def _repeated_cells() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="1000000000"><text:p>Cell</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return text_of(f'<text:p>Repeats a cell.</text:p><table:table table:name="T">{row}</table:table>')


def _spaces() -> bytes:
    return text_of('<text:p>Two<text:s text:c="2000000000"/>words far apart.</text:p>' * 3)


def _word_files() -> Iterator[HostileFile]:
    yield failing("laughs.docx", partial(_with_doctype, _LAUGHS, "&l10;"), _DEFINITIONS)
    quadratic = f"<!ENTITY long '{'a' * 100_000}'>"
    yield failing("quadratic.docx", partial(_with_doctype, quadratic, "&long;" * 50_000), _DEFINITIONS)
    yield failing("etc-passwd.docx", partial(_with_doctype, _SECRET, "&secret;"), _DEFINITIONS)
    yield failing("etc-passwd-utf-16.docx", partial(_with_doctype, _SECRET, "&secret;", "utf-16"), _DEFINITIONS)
    yield failing("etc-passwd-utf-7.docx", partial(_with_doctype, _SECRET, "&secret;", "utf-7"), _DEFINITIONS)
    late = partial(_with_doctype, _SECRET, "&secret;", before=f"<!--{' ' * 100_000}-->")
    yield failing("etc-passwd-late.docx", late, _DEFINITIONS)
    yield harmless("etc-passwd-picture.docx", _with_picture_elsewhere)
    tables = _nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 100_000, _paragraph(_MARK))
    yield failing("nested-100,000-deep.docx", partial(word_of, tables), "nested too deeply")
    yield failing("no-main-part.docx", lambda: without_part(zips.word(), DOCUMENT), _NO_WORD)
    yield failing("not-xml.docx", lambda: zips.with_part(zips.word(), DOCUMENT, b"Verlof"), _NO_WORD)
    yield failing("cut-xml.docx", partial(_cut_part, zips.word, DOCUMENT), _NO_WORD)
    yield failing("many-runs.docx", _many_runs, "converting it took more than")
    yield harmless("wide-cells.docx", _wide_cells)
    yield harmless("circle.docx", _with_circular_relations)


def _cut_part(make: Callable[[], bytes], name: str) -> bytes:
    data = make()
    part = zips.parts(data)[name]
    return zips.with_part(data, name, part[: len(part) // 2])


def _other_files() -> Iterator[HostileFile]:
    yield failing("nested-groups.pptx", partial(_nested_groups, 10_000), "nested too deeply")
    yield failing("same-slide.pptx", _same_slide_many_times, "slides|took more than|characters")
    presentation = "ppt/presentation.xml"
    yield failing("no-main-part.pptx", lambda: without_part(zips.presentation(), presentation), _DAMAGED)
    yield failing("no-slide.pptx", lambda: without_part(zips.presentation(), _SLIDE), "it is damaged")
    yield failing("cut-xml.pptx", partial(_cut_part, zips.presentation, presentation), _DAMAGED)
    yield harmless("repeated-cells.odt", _repeated_cells)
    yield harmless("spaces.odt", _spaces)
    yield failing("no-main-part.odt", lambda: without_part(zips.open_document(), _CONTENT), _DAMAGED)
    yield failing("cut-xml.odt", partial(_cut_part, zips.open_document, _CONTENT), _DAMAGED)
    lists = _nested("<text:list><text:list-item>", "</text:list-item></text:list>", 50_000, "<text:p>Deep</text:p>")
    yield failing("nested-lists.odt", partial(text_of, lists), "nested too deeply")
    doctype = f"<?xml version='1.0'?><!DOCTYPE d [{_SECRET}]>"
    yield failing("etc-passwd.odt", partial(text_of, "<text:p>&secret;</text:p>", doctype), _DEFINITIONS)
    manifest = b"<manifest><encryption-data/></manifest>"
    yield failing(
        "password.odt",
        lambda: zips.with_part(zips.open_document(), "META-INF/manifest.xml", manifest),
        "protected by a password",
    )


_NO_WORD = "it holds no Word document"
_DAMAGED = "it is damaged or not complete"
FILES = (*_word_files(), *_other_files())
