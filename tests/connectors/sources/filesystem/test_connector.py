"""A folder keeps the promises of a connector, and its own about broken files."""

import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from connectors.errors import SourceUnavailable
from connectors.sources.filesystem.connector import FilesystemConnector
from tests.connectors.sources.filesystem.folder import Folder
from tests.contracts.connector import ConnectorContract, deletions, items


class TestFilesystemConnector(ConnectorContract):
    """A folder of files as a source."""

    @pytest.fixture
    def source(self, folder: Folder) -> Folder:
        return folder


def test_name_is_that_of_the_source(folder: Folder) -> None:
    """Citations and settings name the source as the administrator did."""
    assert folder.connector().name == "wiki"


@pytest.mark.parametrize("method", ["changes", "list_ids"])
async def test_missing_folder_is_unavailable(folder: Folder, method: str) -> None:
    """A folder that is not there stops the sync instead of emptying the index."""
    folder.root.rmdir()
    with pytest.raises(SourceUnavailable, match=r"wiki: the folder .* can't be read") as caught:
        await (folder.connector().list_ids() if method == "list_ids" else folder.sync())
    assert caught.value.retryable
    assert "mounted" in caught.value.remedy


async def test_file_instead_of_folder_is_unavailable(folder: Folder) -> None:
    """A path that leads to a file is reported, not read."""
    folder.root.rmdir()
    folder.root.write_text("Text")
    with pytest.raises(SourceUnavailable, match="Not a directory"):
        await folder.sync()


async def test_files_are_read_off_the_event_loop(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that waits for a disk runs on the thread that serves the users."""
    folder.write("a.md")
    threads: set[int] = set()

    def watched(name: str, call: Any) -> None:  # noqa: ANN401 - any function of os
        def watch(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passed on
            threads.add(threading.get_ident())
            return call(*args, **kwargs)

        monkeypatch.setattr(os, name, watch)

    watched("scandir", os.scandir)
    watched("stat", os.stat)
    await folder.sync()
    await folder.connector().list_ids()
    assert threads
    assert threading.get_ident() not in threads


async def test_batches_are_of_sixteen(folder: Folder) -> None:
    """Forty files come in three steps, each of which says what is still to come."""
    for number in range(40):
        folder.write(f"{number:02}.md")
    batches = await folder.sync()
    assert [(len(batch.items), batch.remaining) for batch in batches] == [(16, 24), (16, 8), (8, 0)]


@pytest.mark.parametrize("cursor", ["", "null", "{}", '{"version":1,"documents":{}}', '{"version":2}', "["])
async def test_foreign_cursor_begins_anew(folder: Folder, cursor: str) -> None:
    """A cursor of another version is none: everything is read again."""
    folder.write("a.md")
    assert [item.id for item in items(await folder.sync(cursor))] == ["a.md"]


async def test_file_that_goes_during_a_sync_is_gone(folder: Folder) -> None:
    """A file deleted between listing and reading is a deletion, not a failure."""
    for number in range(20):
        folder.write(f"{number:02}.md")
    cursor = (await folder.sync())[-1].cursor
    for number in range(20):
        folder.write(f"{number:02}.md", "Edited")
    batches = []
    async for batch in folder.connector().changes(cursor):
        batches.append(batch)
        (folder.root / "19.md").unlink(missing_ok=True)
    assert deletions(batches) == ["19.md"]
    assert "19.md" not in {item.id for item in items(batches)}
    assert [failure for batch in batches for failure in batch.failures] == []
    assert await folder.sync(batches[-1].cursor) == []


async def test_new_file_that_goes_during_a_sync_leaves_no_trace(folder: Folder) -> None:
    """Where nothing is left to say, no batch comes."""
    for number in range(17):
        folder.write(f"{number:02}.md")
    batches = []
    async for batch in folder.connector().changes(None):
        batches.append(batch)
        (folder.root / "16.md").unlink(missing_ok=True)
    assert len(batches) == 1


async def test_failure_stops_no_other_and_is_tried_again(folder: Folder) -> None:
    """A broken file is reported by each sync until it is mended; the others come as ever."""
    folder.write("a.md")
    folder.write("b.md", "---\ntitle: [\n---\n")
    folder.write("c.md")
    (first,) = await folder.sync()
    assert [item.id for item in first.items] == ["a.md", "c.md"]
    assert [issue.document_id for issue in first.failures] == ["b.md"]
    (second,) = await folder.sync(first.cursor)
    assert (second.items, second.failures, second.cursor) == ((), first.failures, first.cursor)
    folder.write("b.md", "Mended")
    assert [item.id for item in items(await folder.sync(second.cursor))] == ["b.md"]


async def test_broken_markdown_has_no_known_access(folder: Folder) -> None:
    """A document whose front matter broke may have been closed in that edit: nobody may read it as it was."""
    folder.put("page", "Text", access=["everyone"])
    cursor = (await folder.sync())[-1].cursor
    folder.write("page.md", "---\naccess: [hr\n---\nText")
    (batch,) = await folder.sync(cursor)
    assert (batch.items, batch.deletions) == ((), ())
    assert [(issue.document_id, issue.access) for issue in batch.failures] == [("page.md", None)]
    assert await folder.connector().list_ids() == {"page.md"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.md", "---\ntitle: [\n---\n"), ("page.txt", b"\0"), ("page.csv", "\u0416".encode("cp1251"))],
)
async def test_broken_document_that_is_removed_is_a_deletion(folder: Folder, name: str, content: str | bytes) -> None:
    """What was kept of it goes with its file, and nothing more is said of the failure."""
    broken = folder.write(name, content)
    (batch,) = await folder.sync()
    broken.unlink()
    (gone,) = await folder.sync(batch.cursor)
    assert (gone.deletions, gone.failures) == ((name,), ())
    assert await folder.sync(gone.cursor) == []


async def test_sync_from_scratch_reports_what_is_broken(folder: Folder) -> None:
    """A lost cursor does not leave a broken document readable as it once was indexed."""
    folder.write("page.md", "---\naccess: [hr\n---\nText")
    (batch,) = await folder.sync(None)
    assert [(issue.document_id, issue.access) for issue in batch.failures] == [("page.md", None)]


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html", "a.log"])
async def test_broken_text_has_the_access_of_its_folder(tmp_path: Path, name: str) -> None:
    """Its bytes say nothing of who may read it: the version before stays readable, for whom the folder is now."""
    folder = Folder(tmp_path, include=["**"], access=["everyone"])
    folder.write("open/" + name, b"\0")
    folder.write("hr/" + name, b"\0")
    folder.write("hr/access.toml", 'access = ["HR"]')
    (batch,) = await folder.sync()
    assert [(issue.document_id, issue.access) for issue in batch.failures] == [
        ("hr/" + name, frozenset({"hr"})),
        ("open/" + name, frozenset({"everyone"})),
    ]
    assert batch.deletions == ()


async def test_broken_access_file_withdraws_every_format(folder: Folder) -> None:
    """Nobody knows who may read what it governs."""
    for name in ("a.md", "a.txt", "a.pdf"):
        folder.write(name, b"\0")
    folder.write("access.toml", "access = [")
    (batch,) = await folder.sync()
    assert [(issue.document_id, issue.access) for issue in batch.failures] == [
        ("a.md", None),
        ("a.pdf", None),
        ("a.txt", None),
    ]


async def test_access_of_a_broken_file_follows_its_folder(folder: Folder) -> None:
    """Each sync says anew who may read what is kept: a folder that is closed closes that too."""
    folder.write("a.txt", b"\0")
    (first,) = await folder.sync()
    folder.write("access.toml", 'access = ["hr"]')
    (second,) = await folder.sync(first.cursor)
    assert [batch.failures[0].access for batch in (first, second)] == [frozenset(), {"hr"}]


async def test_large_files_make_small_batches(folder: Folder) -> None:
    """Memory holds one batch: 64 MB of files, or one file that is larger by itself."""
    for number, megabytes in enumerate([30, 30, 30, 70, 1]):
        file = folder.write(f"{number}.pdf")
        os.truncate(file, megabytes * 10**6)
    batches = await folder.sync()
    assert [[item.id[0] for item in batch.items] for batch in batches] == [["0", "1"], ["2"], ["3"], ["4"]]
    assert [batch.remaining for batch in batches] == [3, 2, 1, 0]


async def test_unchanged_file_is_not_opened(folder: Folder) -> None:
    """A file with the same time and size stays as it is, whatever its bytes."""
    file = folder.write("page.md", "Text")
    status = file.stat()
    cursor = (await folder.sync())[-1].cursor
    file.write_bytes(b"\0\0\0\0")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert await folder.sync(cursor) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_unreadable_file_is_a_failure(folder: Folder) -> None:
    """A file without the right to read it is reported with what to do, and withdrawn as a folder is."""
    file = folder.write("page.txt")
    file.chmod(0)
    failure = await folder.failure()
    assert (failure.reason, failure.access) == ("it can't be read: Permission denied", None)
    assert "user may read it" in failure.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_folder_that_can_not_be_entered_is_withdrawn(folder: Folder) -> None:
    """Who locks the service out of a folder takes its documents out of the answers; the rest comes."""
    folder.write("hr/pay.md")
    folder.write("page.md")
    cursor = (await folder.sync())[-1].cursor
    (folder.root / "hr").chmod(0)
    (batch,) = await folder.sync(cursor)
    (folder.root / "hr").chmod(0o700)
    assert batch.deletions == ("hr/pay.md",)
    assert [issue.document_id for issue in batch.failures] == ["hr"]
    assert [item.id for item in items(await folder.sync(batch.cursor))] == ["hr/pay.md"]


@pytest.mark.parametrize(
    "change",
    [
        {"owner": "Sanne"},
        {"access": ["everyone"]},
        {"url": "https://wiki.example.com/{path}"},
    ],
)
async def test_change_of_settings_yields_documents(folder: Folder, change: dict[str, Any]) -> None:
    """What the source says about all its documents is part of each."""
    folder.write("page.md")
    cursor = (await folder.sync())[-1].cursor
    changed = Folder(folder.root, **change)
    assert [item.id for item in items(await changed.sync(cursor))] == ["page.md"]


async def test_folder_that_moves_yields_documents(folder: Folder, tmp_path: Path) -> None:
    """Links to the files themselves follow the folder."""
    folder.write("page.md")
    cursor = (await folder.sync())[-1].cursor
    moved = Folder(Path(shutil.move(folder.root, tmp_path / "moved")))
    (document,) = items(await moved.sync(cursor))
    assert document.url == (tmp_path / "moved/page.md").as_uri()


async def test_cursor_does_not_hang_on_the_order_of_sets(folder: Folder) -> None:
    """Equal access has one stamp, in whatever order the principals are written."""
    folder.write("access.toml", 'access = ["a", "b", "c"]')
    folder.write("page.md")
    cursor = (await folder.sync())[-1].cursor
    folder.write("access.toml", 'access = ["c", "B ", "a"]  # the same')
    assert await folder.sync(cursor) == []


def test_connector_touches_no_file_when_made(folder: Folder) -> None:
    """A folder that is missing is found by the sync, not at start-up."""
    folder.root.rmdir()
    assert FilesystemConnector(folder.settings).name == "wiki"
