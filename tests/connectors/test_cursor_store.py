"""What is kept between syncs."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.base import DocumentIssue
from connectors.cursor_store import CursorStore
from connectors.errors import CursorStoreUnavailable


@pytest.fixture
def store(tmp_path: Path) -> CursorStore:
    return CursorStore(tmp_path / "state" / "cursors.sqlite")


def _issue(document_id: str, reason: str = "broken") -> DocumentIssue:
    return DocumentIssue(document_id, reason, "Mend it.")


async def test_new_store_knows_nothing(store: CursorStore) -> None:
    """The file and its folder are made when they are first needed."""
    assert await store.load("wiki") is None
    assert await store.saved_at("wiki") is None
    assert await store.failures("wiki") == ()


async def test_cursor_is_kept_by_source(store: CursorStore, tmp_path: Path) -> None:
    """The last one counts, also after a restart."""
    before = datetime.now(UTC)
    for source, cursor in (("wiki", "1"), ("wiki", "2é"), ("web", "3")):
        await store.save(source, cursor)
    reopened = CursorStore(tmp_path / "state" / "cursors.sqlite")
    assert (await reopened.load("wiki"), await reopened.load("web")) == ("2é", "3")
    saved_at = await reopened.saved_at("wiki")
    assert saved_at is not None
    assert before <= saved_at <= datetime.now(UTC)


async def test_failure_keeps_since_when(store: CursorStore) -> None:
    """A failure that comes again has its new reason and its old moment."""
    await store.record_failures("wiki", [_issue("b"), _issue("a")], ())
    first = await store.failures("wiki")
    assert [failure.document_id for failure in first] == ["a", "b"]
    await store.record_failures("wiki", [_issue("a", "still broken")], ["b", "unknown"])
    (failure,) = await store.failures("wiki")
    assert (failure.reason, failure.remedy, failure.since) == ("still broken", "Mend it.", first[0].since)


async def test_reported_failure_is_not_resolved(store: CursorStore) -> None:
    """A withdrawn document is a deletion and a failure at once: it stays a failure, since the same moment."""
    await store.record_failures("wiki", [_issue("a")], ())
    before = await store.failures("wiki")
    await store.record_failures("wiki", iter([_issue("a")]), iter(["a"]))
    assert await store.failures("wiki") == before


async def test_forget_removes_one_source(store: CursorStore) -> None:
    """All of that source, nothing of others."""
    for source in ("wiki", "web"):
        await store.save(source, "1")
        await store.record_failures(source, [_issue("a")], ())
    await store.forget("wiki")
    assert (await store.load("wiki"), await store.failures("wiki")) == (None, ())
    assert await store.load("web") == "1"
    assert len(await store.failures("web")) == 1


async def test_concurrent_saves_wait_for_each_other(store: CursorStore) -> None:
    """Syncs of several sources share the file."""
    await store.load("wiki")
    await asyncio.gather(*(store.save(f"source-{number}", str(number)) for number in range(20)))
    assert [await store.load(f"source-{number}") for number in range(20)] == [str(n) for n in range(20)]


@pytest.mark.parametrize("content", [b"not a database, but long enough to be read as one" * 50, None])
async def test_unusable_file_is_told(tmp_path: Path, content: bytes | None) -> None:
    """A damaged file, or a folder that can't be made, names itself and what to do."""
    blocked = tmp_path / "cursors"
    blocked.write_bytes(content or b"")
    store = CursorStore(blocked if content else blocked / "cursors.sqlite")
    with pytest.raises(CursorStoreUnavailable, match="wiki: the file of cursors") as caught:
        await store.load("wiki")
    assert caught.value.retryable
    assert "Check the disk" in caught.value.remedy
