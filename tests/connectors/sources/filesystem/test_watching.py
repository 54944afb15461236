"""Changes in a folder are noticed as they happen, and only those that matter."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from watchfiles import Change

from connectors.base import WatchedSource
from connectors.errors import SourceUnavailable
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.watching import Relevance
from tests.connectors.sources.filesystem.folder import Folder


@pytest.fixture(autouse=True)
def _short_bursts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FilesystemConnector, "quiet", timedelta(milliseconds=20))


async def _begun(changes: AsyncIterator[None]) -> "asyncio.Task[None]":
    """Return the wait for the next change, once the system has been asked to tell of them."""
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)
    return waiting


async def test_saved_document_is_noticed(folder: Folder) -> None:
    """As soon as it is saved, also in a folder that is new."""
    changes = folder.connector().watch()
    for path in ("leave.md", "hr/new/bonus.md"):
        waiting = await _begun(changes)
        folder.write(path)
        await waiting


async def test_folder_that_is_replaced_ends_the_watching(folder: Folder) -> None:
    """After telling of it: nothing more would come, since the system goes on watching the one of before."""
    changes = folder.connector().watch()
    waiting = await _begun(changes)
    folder.root.rename(folder.root.with_name("elsewhere"))
    folder.root.mkdir()
    await waiting
    assert [change async for change in changes] == []


async def test_missing_folder_ends_the_watching(folder: Folder) -> None:
    """That it is missing is for the sync to say."""
    folder.root.rmdir()
    assert [change async for change in folder.connector().watch()] == []


async def test_watching_can_be_turned_off(tmp_path: Path) -> None:
    """By the setting `sync_on_change`."""
    folder = Folder(tmp_path, sync_on_change=False)
    assert [change async for change in folder.connector().watch()] == []


@pytest.mark.parametrize("error", [OSError("OS file watch limit reached"), RuntimeError("Too many open files")])
async def test_reached_limit_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """With the system's settings to raise: by its own words one would look at the disk."""

    def fail(*_: object, **__: object) -> Iterator[Any]:
        raise error

    monkeypatch.setattr("connectors.sources.filesystem.watching.awatch", fail)
    with pytest.raises(SourceUnavailable, match=r"fs\.inotify\.max_user_watches"):
        await anext(folder.connector().watch())


def test_connector_is_one_that_can_be_watched(folder: Folder) -> None:
    """This is how whoever schedules syncs finds out."""
    assert isinstance(folder.connector(), WatchedSource)


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("leave.md", True),
        ("hr/LEAVE.MD", True),
        ("hr/access.toml", True),
        ("photo.jpeg", False),
        (".leave.md.swp", False),
        (".git/leave.md", False),
        ("~$leave.docx", False),
        ("old/leave.md", False),
        ("old/access.toml", False),
    ],
)
def test_only_what_may_change_a_document_matters(tmp_path: Path, path: str, matters: bool) -> None:
    """What the source would not read starts no sync."""
    folder = Folder(tmp_path, exclude=["old"])
    folder.write(path)
    assert Relevance(folder.settings)(Change.modified, str(tmp_path / path)) is matters


@pytest.mark.parametrize("path", ["hr", "gone", ""])
def test_folders_matter(tmp_path: Path, path: str) -> None:
    """One that is moved in or away takes its documents along, and is all that is told of."""
    folder = Folder(tmp_path)
    folder.write("hr/leave.md")
    assert Relevance(folder.settings)(Change.deleted, str(tmp_path / path))
