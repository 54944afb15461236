"""What is kept between syncs."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.base import DocumentIssue
from connectors.cursor_store import CursorStore, Standing
from connectors.errors import CursorStoreUnavailable, SourceUnavailable


@pytest.fixture
def store(tmp_path: Path) -> CursorStore:
    return CursorStore(tmp_path / "state" / "cursors.sqlite")


def _issue(document_id: str, reason: str = "broken") -> DocumentIssue:
    return DocumentIssue(document_id, reason, "Mend it.")


async def test_new_store_knows_nothing(store: CursorStore) -> None:
    """The file and its folder are made when they are first needed."""
    assert await store.load("wiki") is None
    assert await store.last_run("wiki") is None
    assert await store.failures("wiki") == ()


async def test_cursor_is_kept_by_source(store: CursorStore, tmp_path: Path) -> None:
    """The last one counts, also after a restart."""
    for source, cursor in (("wiki", "1"), ("wiki", "2é"), ("web", "3")):
        await store.save(source, cursor)
    reopened = CursorStore(tmp_path / "state" / "cursors.sqlite")
    assert (await reopened.load("wiki"), await reopened.load("web")) == ("2é", "3")


async def test_cursor_holds_in_its_context(tmp_path: Path) -> None:
    """Where the limits of conversion have changed, everything is read again, and what failed has another chance."""
    small, large = (CursorStore(tmp_path / "cursors.sqlite", context) for context in ("1 second", "9 seconds"))
    await small.save("wiki", "1")
    assert (await small.load("wiki"), await large.load("wiki")) == ("1", None)
    await large.save("wiki", "2")
    assert (await small.load("wiki"), await large.load("wiki")) == (None, "2")


async def test_forgotten_cursor_leaves_the_rest(store: CursorStore) -> None:
    """What failed and how the last sync ended are still known when everything is to be read again."""
    await store.save("wiki", "1")
    await store.record_failures("wiki", [_issue("a")], ())
    await store.record_run("wiki", None, 3)
    await store.forget_cursor("wiki")
    assert await store.load("wiki") is None
    assert len(await store.failures("wiki")) == 1
    assert await store.last_run("wiki") is not None


async def test_run_is_kept_with_how_it_ended(store: CursorStore) -> None:
    """Failures in a row are counted, until one succeeds; what was listed is that of the last success."""
    before = datetime.now(UTC)
    gone = SourceUnavailable("wiki", "the folder is gone", "Mount it.")
    seen = []
    for error, listed in ((None, 7), (gone, None), (gone, None), (None, 9)):
        await store.record_run("wiki", error, listed)
        run = await store.last_run("wiki")
        assert run is not None
        assert before <= run.finished_at <= datetime.now(UTC)
        seen.append((run.failures, run.reason, run.remedy, run.listed))
    failed = "the folder is gone", "Mount it."
    assert seen == [(0, None, None, 7), (1, *failed, 7), (2, *failed, 7), (0, None, None, 9)]


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


async def test_all_sources_are_told_of_at_once(store: CursorStore) -> None:
    """How each one's last sync ended and how many of its documents fail; nothing of those never heard of."""
    assert await store.standings() == {}
    await store.record_run("wiki", None, 3)
    await store.record_failures("wiki", [_issue("a"), _issue("b")], ())
    await store.record_run("web", SourceUnavailable("web", "it is down", "Start it."))
    await store.record_failures("new", [_issue("a")], ())
    assert await store.standings() == {
        "wiki": Standing(await store.last_run("wiki"), 2),
        "web": Standing(await store.last_run("web"), 0),
        "new": Standing(None, 1),
    }


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
