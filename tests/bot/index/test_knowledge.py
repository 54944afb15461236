"""What people are told of the index, and what they may open."""

from pathlib import Path

import pytest
from haystack import Document

from bot.index.knowledge import StoreKnowledge, known_document
from bot.knowledge import KnowledgeDocument
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.errors import IndexMissing
from tests.pipelines.chunks import put


@pytest.fixture
def store(tmp_path: Path) -> SQLiteDocumentStore:
    return SQLiteDocumentStore(tmp_path / "index.sqlite")


async def test_document_is_given_with_all_that_a_reader_needs(store: SQLiteDocumentStore) -> None:
    """Its link leads to the whole of it, to no section."""
    put(store, "wiki/leave.md", ["# Leave", "25 days."], title="Leave", owner="HR", stale_since="2026-02-01T10:00:00Z")
    assert await StoreKnowledge(store).document("wiki/leave.md", ["everyone"]) == KnowledgeDocument(
        id="wiki/leave.md",
        title="Leave",
        url="https://wiki.example/leave.md",
        source="wiki",
        language="en",
        owner="HR",
        updated_at="2026-01-31",
        stale_since="2026-02-01T10:00:00Z",
        markdown="# Leave\n\n25 days.",
    )


async def test_document_of_others_is_not_there(store: SQLiteDocumentStore) -> None:
    """It is neither given nor counted, whichever way the principals are handed over."""
    put(store, "hr/bonus.md", ["Text."], access=["HR@example.com"])
    knowledge = StoreKnowledge(store)
    assert await knowledge.document("hr/bonus.md", iter(["everyone"])) is None
    assert await knowledge.document("hr/unknown.md", iter(["hr@example.com"])) is None
    assert await knowledge.document("hr/bonus.md", iter(["hr@example.com"])) is not None
    assert [await knowledge.count_documents(iter([one])) for one in ("everyone", "hr@example.com")] == [0, 1]


async def test_missing_index_is_told(tmp_path: Path) -> None:
    """With what to do; it is not an empty one."""
    knowledge = StoreKnowledge(SQLiteDocumentStore(tmp_path / "index.sqlite", create=False))
    with pytest.raises(IndexMissing):
        await knowledge.count_documents(["everyone"])
    with pytest.raises(IndexMissing):
        await knowledge.document("wiki/a", ["everyone"])


def test_link_leads_to_the_whole_document() -> None:
    """Sections are filled in for quotes alone."""
    url = "https://wiki.example/a#{anchor}"
    assert known_document(Document(id="a", content="Text.", meta={"url": url})).url == "https://wiki.example/a"


def test_document_that_another_program_wrote_has_a_title() -> None:
    """Its id; what else is not known of it is empty."""
    expected = KnowledgeDocument("a", "a", "", "", "", None, None, None, "Text.")
    assert known_document(Document(id="a", content="Text.")) == expected
