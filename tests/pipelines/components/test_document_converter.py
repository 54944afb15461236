"""A source's documents become Markdown with all that is known about them."""

from datetime import date
from typing import Any

import pytest
from haystack.dataclasses import ByteStream

from connectors.base import SourceDocument
from pipelines.components.document_converter import Converted, DocumentConverter, content_hash
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
