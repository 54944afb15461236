"""Who may read: the nearest word counts, and what is broken opens nothing."""

import os
from pathlib import Path

import pytest

from connectors.sources.filesystem.access import normalise_principals
from tests.connectors.sources.filesystem.folder import Folder
from tests.contracts.connector import items


async def _access(folder: Folder) -> dict[str, set[str]]:
    return {id_: set(document.access) for id_, document in (await folder.documents()).items()}


async def test_nearest_word_counts(tmp_path: Path) -> None:
    """Front matter, else the nearest access.toml, else the source."""
    folder = Folder(tmp_path, access=["everyone"])
    folder.write("hr/access.toml", 'access = ["HR ", "sanne@x.example"]')
    folder.write("hr/board/access.toml", "access = []")
    folder.write("a.md")
    folder.write("hr/b.txt")
    folder.write("hr/sub/c.html")
    folder.write("hr/board/d.md")
    folder.write("hr/board/e.md", "---\naccess: it\n---\n")
    folder.write("hr/f.md", "---\naccess: []\n---\n")
    assert await _access(folder) == {
        "a.md": {"everyone"},
        "hr/b.txt": {"hr", "sanne@x.example"},
        "hr/sub/c.html": {"hr", "sanne@x.example"},
        "hr/board/d.md": set(),
        "hr/board/e.md": {"it"},
        "hr/f.md": set(),
    }


async def test_nothing_said_is_nobody(folder: Folder) -> None:
    """Unknown access is no access."""
    folder.write("a.md")
    assert await _access(folder) == {"a.md": set()}


async def test_access_file_change_yields_what_it_governs(folder: Folder) -> None:
    """A change of access.toml brings its documents, and no others."""
    folder.write("a.md")
    folder.write("hr/b.md")
    cursor = (await folder.sync())[-1].cursor
    folder.write("hr/access.toml", 'access = ["hr"]')
    (batch,) = await folder.sync(cursor)
    assert [(item.id, item.access) for item in batch.items] == [("hr/b.md", frozenset({"hr"}))]
    (folder.root / "hr/access.toml").unlink()
    assert [item.access for item in items(await folder.sync(batch.cursor))] == [frozenset()]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\naccess = [hr]", "line 2"),
        (b"acces = []", "expected the one key `access`, found acces"),
        (b"", "expected the one key `access`, found none"),
        (b'access = ["hr"]\nowner = "x"', "found access, owner"),
        (b'access = "hr"', "`access` should be a list of texts"),
        (b'access = ["hr", 1]', "`access` should be a list of texts"),
        (b'access = ["hr", " "]', "a principal is empty"),
        (b"access = ['\xff']", "can't decode byte"),
        (b"access = " + b"[" * 100_000, "nested too deeply"),
    ],
)
async def test_broken_access_file_opens_nothing(tmp_path: Path, content: bytes, problem: str) -> None:
    """What it governs is withdrawn and reported; a document that says itself who may read it still comes."""
    folder = Folder(tmp_path, access=["everyone"])
    folder.write("hr/a.md")
    folder.write("hr/b.md", "---\naccess: it\n---\n")
    folder.write("c.md")
    cursor = (await folder.sync())[-1].cursor
    folder.write("hr/access.toml", content)
    (batch,) = await folder.sync(cursor)
    (issue,) = batch.failures
    assert issue.document_id == "hr/a.md"
    assert issue.reason.startswith("hr/access.toml, which says who may read it, can't be used: ")
    assert problem in issue.reason
    assert "hr/access.toml" in issue.remedy
    assert [(issue.document_id, issue.access) for issue in batch.failures] == [("hr/a.md", None)]
    assert [(item.id, item.access) for item in batch.items] == [("hr/b.md", frozenset({"it"}))]


async def test_byte_order_mark_is_read(folder: Folder) -> None:
    """Windows' editor puts one at the start."""
    folder.write("access.toml", b'\xef\xbb\xbfaccess = ["hr"]\r\n')
    folder.write("a.md")
    assert await _access(folder) == {"a.md": {"hr"}}


def _make(kind: str, path: Path) -> None:
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "dangling link":
            path.symlink_to("missing")
        case "link that leaves":
            path.symlink_to("../outside.toml")


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link", "link that leaves"])
async def test_access_file_that_is_no_file_opens_nothing(tmp_path: Path, kind: str) -> None:
    """Whatever is called access.toml governs; if it can't be read, nobody may read."""
    (tmp_path / "outside.toml").write_text('access = ["everyone"]')
    folder = Folder(tmp_path / "wiki", access=["everyone"])
    folder.write("a.md")
    _make(kind, folder.root / "access.toml")
    (batch,) = await folder.sync()
    assert (batch.items, [issue.document_id for issue in batch.failures]) == ((), ["a.md"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_unreadable_access_file_opens_nothing(tmp_path: Path) -> None:
    """A file that the service may not read may say anything: nobody may read."""
    folder = Folder(tmp_path, access=["everyone"])
    folder.write("access.toml", 'access = ["hr"]').chmod(0)
    folder.write("a.md")
    assert "Permission denied" in (await folder.failure()).reason


async def test_link_opens_no_file_to_others(folder: Folder) -> None:
    """A link into a closed folder is read by those who may read that folder."""
    folder.write("access.toml", 'access = ["everyone"]')
    folder.write("hr/access.toml", 'access = ["hr"]')
    folder.write("hr/pay.md")
    (folder.root / "pay.md").symlink_to("hr/pay.md")
    assert await _access(folder) == {"hr/pay.md": {"hr"}, "pay.md": {"hr"}}


def test_principals_are_folded() -> None:
    """Trimmed, and equal whatever the case."""
    assert normalise_principals([" HR", "hr ", "Straße@x.example"]) == {"hr", "strasse@x.example"}
