"""Which files are found, whatever names and links a folder holds."""

import os
import unicodedata
from pathlib import Path

import pytest

from connectors.errors import SourceUnavailable
from connectors.sources.filesystem.listing import list_files
from tests.connectors.sources.filesystem.folder import Folder
from tests.contracts.connector import items


def _ids(folder: Folder) -> list[str]:
    return [file.id for file in list_files(folder.settings).files]


def test_ids_are_sorted_paths(folder: Folder) -> None:
    """An id is the path from the folder, with `/`; hidden files and other endings are no documents."""
    for path in ("b.md", "a/c.HTML", "a/b/d.txt", "Z.markdown", ".git/e.md", "a/.f.md", "a/g.zip"):
        folder.write(path)
    folder.write("a/access.toml", "access = []")
    assert _ids(folder) == ["Z.markdown", "a/b/d.txt", "a/c.HTML", "b.md"]


def test_excluded_folder_is_left_out(tmp_path: Path) -> None:
    """An exclusion that names a folder leaves out all that is in it."""
    folder = Folder(tmp_path, exclude=["drafts", "**/old-*.md"])
    for path in ("drafts/a/b.md", "a/old-b.md", "a/drafts/c.md"):
        folder.write(path)
    assert _ids(folder) == ["a/drafts/c.md"]


def test_access_file_is_never_a_document(tmp_path: Path) -> None:
    """Not even where the settings include everything."""
    folder = Folder(tmp_path, include=["**"])
    folder.write("access.toml", "access = []")
    folder.write("a.csv")
    assert _ids(folder) == ["a.csv"]


def test_locks_are_never_documents(tmp_path: Path) -> None:
    """What Office keeps beside an open document holds the name of who has it open."""
    folder = Folder(tmp_path, include=["**"])
    for path in ("a/~$plan.docx", "~$a.xlsx", ".~lock.plan.odt#", "a/plan~$.docx", "a/~plan.docx"):
        folder.write(path)
    assert _ids(folder) == ["a/plan~$.docx", "a/~plan.docx"]


@pytest.mark.parametrize(
    "ending", ["md", "markdown", "html", "htm", "txt", "csv", "eml", "pdf", "docx", "odt", "pptx", "xlsx", "DOCX"]
)
def test_readable_formats_are_found(folder: Folder, ending: str) -> None:
    """Unless the settings say otherwise, all that has a converter is read."""
    folder.write(f"a/b.{ending}")
    assert _ids(folder) == [f"a/b.{ending}"]


def test_links_out_of_the_folder_are_skipped(folder: Folder, tmp_path: Path) -> None:
    """A link must not bring in what lies outside, nor a folder twice, nor what is hidden or excluded."""
    (tmp_path / "outside.md").write_text("Secret")
    for path in ("a.md", "sub/b.md", ".hidden/c.md"):
        folder.write(path)
    for name, target in {
        "out.md": "../outside.md",
        "folder": "sub",
        "circle": "..",
        "hidden.md": ".hidden/c.md",
        "rules.md": "sub/access.toml",
        "nothing.md": "missing.md",
        "inside.md": "sub/b.md",
    }.items():
        (folder.root / name).symlink_to(target)
    folder.write("sub/access.toml", "access = []")
    listing = list_files(folder.settings)
    assert [file.id for file in listing.files] == ["a.md", "inside.md", "sub/b.md"]
    assert listing.issues == ()


def test_root_may_be_a_link(folder: Folder, tmp_path: Path) -> None:
    """`current -> release-3` is a usual way to publish a folder."""
    folder.write("a.md")
    (tmp_path / "current").symlink_to(folder.root)
    assert _ids(Folder(tmp_path / "current")) == ["a.md"]


def test_link_to_itself_is_an_issue(folder: Folder) -> None:
    """A link that leads nowhere is reported and stops nothing."""
    folder.write("b.md")
    (folder.root / "a.md").symlink_to("a.md")
    listing = list_files(folder.settings)
    assert [file.id for file in listing.files] == ["b.md"]
    assert [issue.document_id for issue in listing.issues] == ["a.md"]


def test_named_pipe_is_skipped(folder: Folder) -> None:
    """A pipe would be waited for without end."""
    os.mkfifo(folder.root / "a.md")
    assert _ids(folder) == []


def test_names_are_composed(folder: Folder) -> None:
    """A name that one system writes as e + accent has the same id as on others."""
    folder.write(unicodedata.normalize("NFD", "café/één.md"))
    assert _ids(folder) == [unicodedata.normalize("NFC", "café/één.md")]


def test_equal_names_in_two_forms_are_an_issue(folder: Folder) -> None:
    """Two files can't share an id; neither is taken for the other."""
    for form in ("NFC", "NFD"):
        folder.write(unicodedata.normalize(form, "é.md"), form)
    if len(list(folder.root.iterdir())) == 1:
        pytest.skip("this file system does not tell the forms apart")
    listing = list_files(folder.settings)
    assert listing.files == ()
    assert [issue.document_id for issue in listing.issues] == ["é.md"]


def test_name_that_is_not_utf8_is_an_issue(folder: Folder) -> None:
    """A name from an old system is shown as its bytes, with what to do; the others are read."""
    folder.write("a.md")
    for name in (b"caf\xe9.md", b"caf\xe9.zip"):
        Path(os.fsdecode(os.fsencode(folder.root) + b"/" + name)).write_text("Text")
    listing = list_files(folder.settings)
    assert [file.id for file in listing.files] == ["a.md"]
    assert [(issue.document_id, issue.remedy) for issue in listing.issues] == [("caf\\xe9.md", "Rename it.")]


async def test_deep_folders_are_walked(folder: Folder) -> None:
    """Depth is limited by the file system, not by Python."""
    path = "/".join(["d"] * 1200)
    folders = [folder.root / path[: 2 * depth - 1] for depth in range(1, 1201)]
    try:
        for one in folders:
            one.mkdir()
    except OSError as error:
        pytest.skip(f"this system has no such depth: {error.strerror}")
    file = folder.write(f"{path}/a.md")
    assert [item.id for item in items(await folder.sync())] == [f"{path}/a.md"]
    # Python 3.11 can't remove so deep a tree by itself.
    file.unlink()
    for one in reversed(folders):
        one.rmdir()


def test_failing_disk_is_no_empty_folder(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share that drops out halfway stops the sync: the index must not be emptied."""
    folder.write("a/b.md")
    scandir = os.scandir

    def fail_below(path: Path) -> object:
        if path.name == "a":
            raise OSError(5, "Input/output error")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail_below)
    with pytest.raises(SourceUnavailable, match="Input/output error"):
        list_files(folder.settings)
