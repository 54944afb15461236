"""The document rewritten, so that mammoth sees what a reader sees.

mammoth knows Word's own styles by their names, lists that a paragraph itself is in, and drawings for old
programs. Headings and lists by styles of one's own, text boxes, simple fields, formulas and text from right to
left are put into these terms here.
"""

from lxml import etree

from pipelines.converters.docx.styles import Styles, paragraph_style
from pipelines.converters.docx.xml import MC, M, V, W, child, children_named, remove, text_of, value

_DEEPEST_HEADING = 6  # of Markdown
_DEEPEST_ITEM = 4  # from 0; mammoth knows five levels
_UNWRAPPED = tuple(W + name for name in ("fldSimple", "bdo", "dir"))


class Structure:
    """Rewrites the parts of one file. `title`: what is written in the style Title, None where nothing is."""

    def __init__(self, styles: Styles, numbering: etree._Element | None) -> None:
        """Read which levels of which lists have no bullet and no number."""
        self.title: str | None = None
        self._styles = styles
        self._levels = _levels(numbering)

    def rewrite(self, root: etree._Element) -> None:
        """Put `root`, the part with the document or with notes, into mammoth's terms."""
        remove(_contents(root))
        remove(list(root.iter(W + "bookmarkStart")))
        _unwrap(root)
        _rewrite_formulas(root)
        _rewrite_text_boxes(root)
        for line_break in root.iter(W + "cr"):
            line_break.tag = W + "br"
        for paragraph in list(root.iter(W + "p")):
            self._rewrite_paragraph(paragraph)

    def _rewrite_paragraph(self, paragraph: etree._Element) -> None:
        if self._styles.is_contents(paragraph):
            remove([paragraph])
            return
        level = self._styles.heading_level(paragraph)
        if self._styles.is_title(paragraph):
            self.title = " ".join(filter(None, [self.title, text_of(paragraph)])) or None
            level = 1
        if level:
            _put(paragraph, "pStyle", f"Heading{min(level, _DEEPEST_HEADING)}")
            remove(children_named(child(paragraph, "pPr"), "numPr"))
        else:
            self._rewrite_item(paragraph)

    def _rewrite_item(self, paragraph: etree._Element) -> None:
        """State a list item's list and level in the paragraph itself."""
        number, level = self._numbering(paragraph)
        properties = child(paragraph, "pPr")
        remove(children_named(properties, "numPr"))
        if properties is None or number is None or (number, level) not in self._levels:
            return
        stated = etree.SubElement(properties, W + "numPr")
        etree.SubElement(stated, W + "ilvl").set(W + "val", str(min(level, _DEEPEST_ITEM)))
        etree.SubElement(stated, W + "numId").set(W + "val", number)

    def _numbering(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """Return the list that a paragraph is in, by itself or by its style, and how deep."""
        stated = [child(paragraph, "pPr", "numPr")]
        stated += [child(style, "pPr", "numPr") for style in self._styles.chain(paragraph_style(paragraph))]
        number = next((found for one in stated if (found := value(one, "numId")) is not None), None)
        level = next((found for one in stated if (found := value(one, "ilvl")) is not None), "0")
        return number, int(level) if level.isdecimal() else 0


def shorten_styles(root: etree._Element | None) -> None:
    """Leave of each style its name, and of lists their numbers: mammoth needs 0.3 s to parse all that Word lists."""
    remove([one for one in root if one.tag != W + "style"] if root is not None else [])
    for style in children_named(root, "style"):
        if style.get(W + "type") != "numbering":
            remove([one for one in style if one.tag != W + "name"])


def _levels(numbering: etree._Element | None) -> set[tuple[str, int]]:
    """Return the lists and levels whose items have a bullet or number."""
    abstract = {one.get(W + "abstractNumId"): one for one in children_named(numbering, "abstractNum")}
    shown = set()
    for one in children_named(numbering, "num"):
        definition = abstract.get(value(one, "abstractNumId"))
        linked = definition is not None and child(definition, "numStyleLink") is not None
        levels = {level.get(W + "ilvl", "0"): value(level, "numFmt") for level in children_named(definition, "lvl")}
        shown |= {
            (one.get(W + "numId", ""), depth)
            for depth in range(9)
            if linked or levels.get(str(depth), "none") not in ("none", None)
        }
    return shown


def _contents(root: etree._Element) -> list[etree._Element]:
    """Return the tables of contents that Word keeps up to date in a frame of their own."""
    controls = ((value(one, "sdtPr", "docPartObj", "docPartGallery"), one) for one in root.iter(W + "sdt"))
    return [control for gallery, control in controls if gallery == "Table of Contents"]


def _unwrap(root: etree._Element) -> None:
    for wrapper in list(root.iter(*_UNWRAPPED)):
        parent = wrapper.getparent()
        if parent is not None:
            place = parent.index(wrapper)
            parent[place : place + 1] = list(wrapper)


def _rewrite_formulas(root: etree._Element) -> None:
    """Put a formula's letters where it stands: "x=a+b"."""
    for formula in list(root.iter(M + "oMath")):
        parent = formula.getparent()
        if parent is not None:
            run = etree.Element(W + "r")
            etree.SubElement(run, W + "t").text = "".join(text.text or "" for text in formula.iter(M + "t"))
            parent.replace(formula, run)
    for block in list(root.iter(M + "oMathPara")):
        block.tag = W + "smartTag"  # of which mammoth reads what is inside


def _rewrite_text_boxes(root: etree._Element) -> None:
    """Leave of each drawing its text, which mammoth then puts behind the paragraph."""
    for drawing in list(root.iter(MC + "AlternateContent", W + "drawing", W + "pict")):
        boxes = list(drawing.iter(W + "txbxContent"))
        parent = drawing.getparent()
        if parent is None or _is_out(drawing, root):
            continue
        if not boxes:
            # An emoji, say, is there twice too; pictures in what is left over come up next.
            kept = [part for branch in drawing.iterchildren(MC + "Choice", MC + "Fallback") for part in branch]
            parent[parent.index(drawing) : parent.index(drawing) + 1] = kept
            continue
        picture = etree.Element(W + "pict")
        for box in boxes:
            etree.SubElement(picture, V + "textbox").append(box)
        parent.replace(drawing, picture)


def _is_out(element: etree._Element, root: etree._Element) -> bool:
    """Return whether what was around `element` has been taken out."""
    return element.getroottree().getroot() is not root


def _put(paragraph: etree._Element, name: str, stated: str) -> None:
    properties = child(paragraph, "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    found = child(properties, name)
    if found is None:
        found = etree.SubElement(properties, W + name)
    found.set(W + "val", stated)
