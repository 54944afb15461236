"""A source's documents become Markdown with all that is known about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from haystack.dataclasses import ByteStream

from connectors.base import DocumentIssue, SourceDocument
from pipelines.components.document_converter import Converted, DocumentConverter, content_hash
from pipelines.converters.conversion import Conversion, File, Refusal
from pipelines.markdown import split_sections
from tests.fakes.converter import InProcessConverter


def _item(text: str | bytes = "Text", mime_type: str = "text/markdown", **fields: Any) -> SourceDocument:  # noqa: ANN401
    data = text if isinstance(text, bytes) else text.encode()
    known: dict[str, Any] = {
        "id": "hr/sick-leave.md",
        "title": None,
        "url": "https://wiki.example/sick-leave#{anchor}",
        "updated_at": date(2026, 1, 31),
        "owner": "HR",
        "access": frozenset({"hr", "everyone"}),
    }
    return SourceDocument(content=ByteStream(data, mime_type=mime_type), **{**known, **fields})


def _convert(*items: SourceDocument, languages: tuple[str, ...] = ("en",)) -> Converted:
    return DocumentConverter(InProcessConverter(languages)).run("wiki", list(items))


def _meta(*items: SourceDocument, languages: tuple[str, ...] = ("en",)) -> dict[str, Any]:
    (document,) = _convert(*items, languages=languages)["documents"]
    return document.meta


def test_document_carries_what_its_source_says() -> None:
    """Who may read, who owns it, where it stands and when it was changed, ready to be stored as JSON."""
    item = _item("# Sick leave\n\nCall in.", language="en")
    (document,) = _convert(item)["documents"]
    assert (document.id, document.content) == ("wiki/hr/sick-leave.md", "# Sick leave\n\nCall in.")
    assert document.meta == {
        "document_id": "wiki/hr/sick-leave.md",
        "source": "wiki",
        "title": "Sick leave",
        "stated_title": None,
        "url": "https://wiki.example/sick-leave#{anchor}",
        "owner": "HR",
        "updated_at": "2026-01-31",
        "language": "en",
        "access": ["everyone", "hr"],
        "content_hash": content_hash(item),
        "stale_since": None,
        "left_out": {},
        "part_of": None,
    }


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (_item("# Heading", title="Stated"), "Stated"),
        (_item("Intro.\n\n# Heading\n\n## More"), "Heading"),
        (_item("## Step one\n\nText."), "Sick leave"),
        (_item("#\n\nText."), "Sick leave"),
        (_item("<title>Tab</title><h1>Heading</h1>", "text/html"), "Heading"),
        (_item("<title>Tab</title><h2>Step one</h2>", "text/html"), "Tab"),
        (_item("<title>Tab</title><h1>One</h1><h1>Two</h1>", "text/html"), "Tab"),
        (_item("<p>Text</p>", "text/html"), "Sick leave"),
        (_item("Text", id="a/old_plan-2.txt"), "Old plan 2"),
        (_item("Text", id="-.md"), "-.md"),
    ],
)
def test_title_is_the_best_there_is(item: SourceDocument, title: str) -> None:
    """What the source states, else the main heading, else what the page states, else the file's name."""
    assert _meta(item)["title"] == title


def test_stated_title_is_remembered() -> None:
    """So that a sync can tell when the source takes it back."""
    assert _meta(_item(title="Stated"))["stated_title"] == "Stated"


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("Je hebt recht op vijfentwintig vakantiedagen per jaar.", None, "nl"),
        ("You have twenty-five days of holiday each year.", None, "en"),
        ("You have twenty-five days of holiday each year.", "nl", "nl"),
    ],
)
def test_language_is_detected_unless_stated(text: str, stated: str | None, language: str) -> None:
    """It decides how words are stemmed and sentences split."""
    assert _meta(_item(text, language=stated), languages=("nl", "en"))["language"] == language


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mime_type", ["text/markdown", "text/plain"])
def test_newlines_of_any_system_are_the_same(newline: str, mime_type: str) -> None:
    """A file from Windows or an old Mac gives the same text."""
    text = "One.\n\n- a\n- b\n\nTwo.".replace("\n", newline)
    (document,) = _convert(_item(text, mime_type))["documents"]
    assert document.content == "One.\n\n- a\n- b\n\nTwo."


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (_item(b"\xff\xfe", "text/plain"), "not UTF-8"),
        (_item("Text", "application/x-lotus"), "no converter for the format application/x-lotus"),
        (_item("<div>" * 3000 + "deep", "text/html"), "nested too deeply"),
    ],
)
def test_unreadable_document_stops_no_other(item: SourceDocument, reason: str) -> None:
    """It is a failure with a remedy; the documents before and after it are converted."""
    result = _convert(_item(id="a.md"), item, _item(id="b.md"))
    assert [d.id for d in result["documents"]] == ["wiki/a.md", "wiki/b.md"]
    (failure,) = result["failures"]
    assert failure.document_id == item.id
    assert reason in failure.reason
    assert failure.remedy


@pytest.mark.parametrize(
    ("text", "mime_type"),
    [
        ("", "text/markdown"),
        (" \n", "text/plain"),
        ("<!-- only this -->", "text/markdown"),
        ("<nav>x</nav>", "text/html"),
    ],
)
def test_empty_document_is_skipped(text: str, mime_type: str) -> None:
    """Nothing to find in it is no failure, and it is said."""
    result = _convert(_item(text, mime_type))
    assert (result["documents"], result["failures"]) == ([], [])
    assert [issue.document_id for issue in result["skipped"]] == ["hr/sick-leave.md"]


def test_hash_changes_with_what_is_indexed() -> None:
    """Bytes, format and language; not with title, link or readers."""
    item = _item()
    same = [_item(title="T"), _item(url="https://x.example"), _item(access=frozenset()), _item(owner=None)]
    others = [_item("Other"), _item(mime_type="text/plain"), _item(language="nl")]
    assert {content_hash(other) for other in same} == {content_hash(item)}
    assert len({content_hash(other) for other in (item, *others)}) == 4


class _Prepared:
    """A converter that gives what it was given."""

    def __init__(self, *results: Conversion | Refusal) -> None:
        self._results = list(results)

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        assert len(files) == len(self._results)
        return self._results


def _conversion(text: str, *parts: tuple[str, Conversion | Refusal], **left_out: int) -> Conversion:
    return Conversion(text, text.strip("# "), "en", split_sections(text, "en"), left_out, parts)


def test_file_inside_a_document_is_a_document_of_its_own() -> None:
    """With its own title and text, and all that is known of the whole: readers, link, date, owner."""
    inner = _conversion("# Inner")
    mail = _conversion("# Mail", ("list.xlsx", _conversion("# List", hidden=2)), ("old.eml", replace(inner, parts=())))
    result = DocumentConverter(_Prepared(mail)).run("mail", [_item(id="a.eml", title="Stated", owner="Ann")])
    whole, sheet, old = result["documents"]
    assert [d.id for d in (whole, sheet, old)] == ["mail/a.eml", "mail/a.eml/list.xlsx", "mail/a.eml/old.eml"]
    assert [d.meta["part_of"] for d in (whole, sheet, old)] == [None, "mail/a.eml", "mail/a.eml"]
    assert [d.meta["title"] for d in (whole, sheet, old)] == ["Mail", "List", "Inner"]
    assert [d.meta["left_out"] for d in (whole, sheet, old)] == [{}, {"hidden": 2}, {}]
    same = ("access", "url", "owner", "updated_at", "source", "content_hash")
    assert [sheet.meta[key] for key in same] == [whole.meta[key] for key in same]
    assert set(result["sections"]) == {"mail/a.eml", "mail/a.eml/list.xlsx", "mail/a.eml/old.eml"}


def test_files_inside_files_are_named_by_their_way() -> None:
    """A mail in a mail with an attachment: all of them belong to the outermost."""
    mail = _conversion("# Mail", ("fwd.eml", _conversion("# Forwarded", ("b.pdf", _conversion("# Deep")))))
    result = DocumentConverter(_Prepared(mail)).run("mail", [_item(id="a.eml")])
    assert [(d.id, d.meta["part_of"]) for d in result["documents"][1:]] == [
        ("mail/a.eml/fwd.eml", "mail/a.eml"),
        ("mail/a.eml/fwd.eml/b.pdf", "mail/a.eml"),
    ]


def test_unreadable_file_inside_a_document_is_skipped_with_the_reason() -> None:
    """The mail itself is read; an empty attachment is not worth a word."""
    parts = (("photo.zip", Refusal("there is no converter", "Unpack it.")), ("empty.txt", _conversion("")))
    result = DocumentConverter(_Prepared(_conversion("# Mail", *parts))).run("mail", [_item(id="a.eml")])
    assert [d.id for d in result["documents"]] == ["mail/a.eml"]
    assert result["skipped"] == [DocumentIssue("a.eml/photo.zip", "there is no converter", "Unpack it.")]
    assert result["failures"] == []


def test_refused_document_keeps_its_readers() -> None:
    """Who may read the version of before is known, even where the new one can't be read."""
    result = DocumentConverter(_Prepared(Refusal("it is damaged", "Mend it."))).run("mail", [_item(id="a.eml")])
    assert result["failures"] == [DocumentIssue("a.eml", "it is damaged", "Mend it.", frozenset({"hr", "everyone"}))]
