"""What one document would become, and what the index has of it, without a model and without a write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from haystack.dataclasses import ByteStream

from connectors.base import SourceDocument
from pipelines.components.document_converter import DocumentConverter
from pipelines.components.structure_splitter import StructureSplitter
from pipelines.converters.conversion import Conversion, File, Refusal
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.inspection import IndexStatus, index_status, inspect_document
from pipelines.markdown import split_sections
from tests.fakes.converter import InProcessConverter

ENGLISH = InProcessConverter(("en",))
LEAVE = b"# Leave\n\nYou get 25 days.\n\n## Part time\n\nIn proportion. Every week counts."


def _item(data: bytes = LEAVE, mime_type: str = "text/markdown") -> SourceDocument:
    return SourceDocument(
        id="hr/leave.md",
        content=ByteStream(data, mime_type=mime_type),
        title=None,
        url="https://wiki.example.com/leave",
        updated_at=date(2025, 3, 1),
        owner=None,
        access=frozenset({"hr"}),
    )


class MailConverter:
    """Gives a mail with a document inside it, and one that can't be read."""

    def convert(self, files: Sequence[File]) -> list[Conversion | Refusal]:
        return [self._mail(file) for file in files]

    def _mail(self, file: File) -> Conversion:
        parts = (
            ("minutes.md", self._text("# Minutes\n\nAll agreed.")),
            ("old.doc", Refusal("it is damaged", "Mend it.")),
        )
        return replace(self._text(file.data.decode()), parts=parts)

    def _text(self, markdown: str) -> Conversion:
        return Conversion(markdown, "Title", "en", split_sections(markdown, "en"), {"comments": 2})


def test_chunks_are_those_of_a_sync() -> None:
    """Numbered from 1, each with its section, its anchor and its length."""
    inspection = inspect_document("wiki", _item(), ENGLISH, 1200)
    (document,) = inspection.documents
    assert (document.name, document.title, document.language) == ("", "Leave", "en")
    assert document.markdown == LEAVE.decode()
    chunks = [(c.number, c.section, c.anchor, c.characters, c.text) for c in document.chunks]
    assert chunks == [
        (1, "", "leave", 16, "You get 25 days."),
        (2, "Part time", "part-time", 33, "In proportion. Every week counts."),
    ]
    assert inspection.issues == ()


def test_length_of_chunks_is_the_one_that_is_set() -> None:
    """So that an administrator sees what another setting does."""
    (document,) = inspect_document("wiki", _item(), ENGLISH, 15).documents
    assert [chunk.text for chunk in document.chunks] == ["You get 25 days.", "In proportion.", "Every week counts."]


def test_files_inside_come_with_their_names_and_chunks() -> None:
    """One that can't be read is an issue under its name; it takes nothing else away."""
    inspection = inspect_document("wiki", _item(b"# Invitation\n\nCome."), MailConverter(), 1200)
    assert [(one.name, [chunk.text for chunk in one.chunks]) for one in inspection.documents] == [
        ("", ["Come."]),
        ("minutes.md", ["All agreed."]),
    ]
    assert inspection.documents[0].left_out == {"comments": 2}
    assert [(issue.document_id, issue.reason) for issue in inspection.issues] == [("old.doc", "it is damaged")]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (_item(b"junk", "application/zip"), "there is no converter for the format application/zip"),
        (_item(b"  \n"), "it holds no text"),
    ],
)
def test_file_that_becomes_nothing_has_a_reason(item: SourceDocument, reason: str) -> None:
    """Its issue is the file's own: without a name inside it."""
    inspection = inspect_document("wiki", item, ENGLISH, 1200)
    assert inspection.documents == ()
    assert [(issue.document_id, issue.reason) for issue in inspection.issues] == [("", reason)]
    assert inspection.issues[0].remedy


@pytest.fixture
def indexed(document_store: SQLiteDocumentStore) -> SQLiteDocumentStore:
    """A store that has the document as it is now."""
    converted = DocumentConverter(ENGLISH).run("wiki", [_item()])
    chunks = StructureSplitter().run(converted["documents"], converted["sections"])["chunks"]
    document_store.replace(converted["documents"][0], chunks)
    return document_store


def _status(store: SQLiteDocumentStore, item: SourceDocument | None) -> IndexStatus:
    return index_status(store, "wiki", "hr/leave.md", item)


def test_index_with_the_same_is_current(indexed: SQLiteDocumentStore) -> None:
    """With who may read it there, and its date there."""
    assert _status(indexed, _item()) == IndexStatus("current", ("hr",), "2025-03-01")


def test_change_of_readers_is_told_from_a_change_of_text(indexed: SQLiteDocumentStore) -> None:
    """Neither is in force before the next sync."""
    assert _status(indexed, replace(_item(), access=frozenset())).state == "metadata"
    assert _status(indexed, replace(_item(), title="Leave 2026")).state == "metadata"
    assert _status(indexed, _item(b"# Leave\n\nYou get 26 days.")).state == "older"


def test_version_that_was_kept_has_the_moment_since_when(indexed: SQLiteDocumentStore) -> None:
    """As the sync recorded it, whether or not the newer one can be read by now."""
    since = "2025-04-01T10:00:00+00:00"
    indexed.rewrite_metadata("wiki/hr/leave.md", {"stale_since": since})
    assert _status(indexed, None) == IndexStatus("stale", ("hr",), "2025-03-01", since)
    assert _status(indexed, _item(b"# New")).state == "stale"


def test_document_that_its_source_no_longer_has_leaves(indexed: SQLiteDocumentStore) -> None:
    """It is found until the next sync."""
    assert _status(indexed, None).state == "leaving"


def test_document_that_was_never_indexed_is_absent(document_store: SQLiteDocumentStore) -> None:
    """Also in an index of other documents."""
    assert _status(document_store, _item()) == IndexStatus("absent")


def test_index_that_can_not_be_used_is_told(document_store: SQLiteDocumentStore) -> None:
    """What is known of the file itself is shown all the same."""
    document_store.path.write_bytes(b"not a database" * 100)
    status = _status(document_store, _item())
    assert status.state == "unusable"
    assert str(document_store.path) in status.reason
