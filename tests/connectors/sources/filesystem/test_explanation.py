"""What an administrator is told of one file: whether a source reads it, why not, and what says who may read it."""

import os
from pathlib import Path

import pytest

from connectors.sources.filesystem.access import AccessOrigin
from connectors.sources.filesystem.explanation import Explanation, explain, read_alone
from connectors.sources.filesystem.listing import list_files
from tests.connectors.sources.filesystem.folder import Folder


def _explained(folder: Folder, path: str) -> Explanation:
    explanation = explain(folder.settings, folder.root / path)
    assert explanation is not None
    return explanation


def _reason(folder: Folder, path: str) -> str:
    """Return why the file at `path` is no document of the source."""
    explanation = _explained(folder, path)
    assert explanation.document is None
    assert not explanation.is_listed
    assert explanation.issue is not None
    assert explanation.issue.remedy
    return explanation.issue.reason


def test_document_is_what_a_sync_reads(folder: Folder) -> None:
    """The same id, text and metadata as the connector gives."""
    folder.write("hr/leave.md", "---\ntitle: Leave\nowner: Sanne\n---\nText")
    explanation = _explained(folder, "hr/leave.md")
    assert (explanation.source, explanation.document_id, explanation.is_listed) == ("wiki", "hr/leave.md", True)
    assert explanation.document is not None
    assert (explanation.document.title, explanation.document.owner) == ("Leave", "Sanne")
    assert explanation.document.content.data == b"Text"


def test_front_matter_comes_before_a_folder_and_that_before_the_source(tmp_path: Path) -> None:
    """The nearest `access.toml` upward is named by its path from the source's folder."""
    folder = Folder(tmp_path, access=["everyone"])
    folder.write("hr/access.toml", 'access = ["hr"]')
    folder.write("hr/pay/2026/own.md", "---\naccess: [board]\n---\nText")
    for path in ("open.md", "hr/leave.md", "hr/pay/2026/raise.md"):
        folder.write(path)
    found = {path: _explained(folder, path) for path in ("open.md", "hr/pay/2026/raise.md", "hr/pay/2026/own.md")}
    origins = [explanation.access_from for explanation in found.values()]
    readers = [sorted(explanation.document.access) for explanation in found.values() if explanation.document]
    assert origins == [
        AccessOrigin("setting"),
        AccessOrigin("access.toml", "hr/access.toml"),
        AccessOrigin("front matter"),
    ]
    assert readers == [["everyone"], ["hr"], ["board"]]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("hr/access.toml", "it says who may read the files of its folder, so it is no document"),
        (".git/notes.md", "it is hidden: .git begins with a dot"),
        ("hr/.notes.md", "it is hidden: .notes.md begins with a dot"),
        ("~$plan.md", "it is a lock file of Microsoft Office"),
        ("drafts/2026/plan.md", 'it matches `exclude` = "drafts" of source wiki'),
        ("access.toml/plan.md", "it lies in a folder with the name of a lock file or an access.toml"),
        ("film.mp4", "it matches no glob of `include` of source wiki"),
    ],
)
def test_name_that_leaves_a_file_out_is_told(tmp_path: Path, path: str, reason: str) -> None:
    """With the part of the name, or the setting, that does it."""
    folder = Folder(tmp_path, exclude=["*.old", "drafts"])
    folder.write(path)
    assert _reason(folder, path) == reason


def test_ending_that_could_be_read_is_proposed(folder: Folder) -> None:
    """As a glob to copy into the settings."""
    folder.write("server.log")
    issue = _explained(folder, "server.log").issue
    assert issue is not None
    assert issue.remedy == 'Add one, such as "**/*.log".'


def test_links_that_are_not_followed_are_told(folder: Folder, tmp_path: Path) -> None:
    """To a folder, to a file outside, to a file that is left out."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/plan.md").write_text("Text")
    folder.write(".hidden.md")
    for name, target in (("folder", "elsewhere"), ("outside.md", "elsewhere/plan.md"), ("left.md", "wiki/.hidden.md")):
        (folder.root / name).symlink_to(tmp_path / target)
    assert _reason(folder, "folder/plan.md") == "folder is a link to a folder, and those are not followed"
    assert _reason(folder, "outside.md") == "it is a link that leaves the source's folder"
    assert _reason(folder, "left.md") == "it is a link to a file that is left out"


def test_pipe_is_not_waited_for(folder: Folder) -> None:
    """Somebody may have left one in a folder."""
    os.mkfifo(folder.root / "pipe.md")
    assert _reason(folder, "pipe.md") == "it is not a regular file"
    assert read_alone(folder.root / "pipe.md").document is None


def test_file_elsewhere_is_of_no_concern(folder: Folder, tmp_path: Path) -> None:
    """Nor is one in a folder whose name only begins alike."""
    for place in ("notes.md", "wiki2/notes.md"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("Text")
        assert explain(folder.settings, tmp_path / place) is None
    assert explain(folder.settings, folder.root / "../notes.md") is None


def test_any_way_to_a_file_leads_to_its_document(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the working folder, over `..`, over a link to the source's folder or to the file."""
    folder.write("hr/leave.md")
    (folder.root.parent / "link").symlink_to(folder.root)
    (folder.root.parent / "leave").symlink_to(folder.root / "hr/leave.md")
    monkeypatch.chdir(folder.root)
    for path in ("hr/leave.md", "../wiki/hr/../hr/leave.md", "../link/hr/leave.md", "../leave"):
        explanation = explain(folder.settings, Path(path))
        assert explanation is not None
        assert (explanation.document_id, explanation.is_listed) == ("hr/leave.md", True)


def test_unusable_document_has_its_reason_and_who_may_read_the_version_before(tmp_path: Path) -> None:
    """In Markdown that can't be told; of another format its folder says it."""
    folder = Folder(tmp_path, access=["everyone"])
    folder.write("bad.md", "---\naccess: 5\n---\nText")
    folder.write("bad.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    markdown, text = _explained(folder, "bad.md"), _explained(folder, "bad.txt")
    assert (markdown.is_listed, markdown.document, markdown.access_from) == (True, None, None)
    assert markdown.issue is not None
    assert text.issue is not None
    assert markdown.issue.reason == "`access` in its front matter is not of the right kind"
    assert (markdown.issue.access, text.issue.access) == (None, frozenset({"everyone"}))


def test_broken_access_file_is_told(folder: Folder) -> None:
    """Nobody may read what it governs, and the reason names it."""
    folder.write("hr/access.toml", "acces = []")
    folder.write("hr/leave.md")
    issue = _explained(folder, "hr/leave.md").issue
    assert issue is not None
    assert issue.reason.startswith("hr/access.toml, which says who may read it, can't be used")
    assert issue.access is None


def test_file_that_no_source_reads_is_for_nobody(folder: Folder) -> None:
    """Whatever it says itself; its text is shown all the same."""
    folder.write("access.toml", 'access = ["hr"]')
    explanation = read_alone(folder.write("notes.md", "---\naccess: [everyone]\ntitle: Notes\n---\nText"))
    assert (explanation.source, explanation.is_listed, explanation.access_from) == ("", False, None)
    assert explanation.document is not None
    assert (explanation.document.title, explanation.document.access) == ("Notes", frozenset())


def test_explanation_agrees_with_the_listing(tmp_path: Path) -> None:
    """What a walk through the folder finds is what is explained as a document, and nothing else."""
    folder = Folder(tmp_path / "wiki", exclude=["drafts", "**/*.bak.md"])
    names = ("a.md", "B.MD", "hr/c.html", "hr/access.toml", "hr/d.bak.md", "drafts/e.md", ".f.md", "~$g.docx", "h.zip")
    for name in (*names, "hr/x/access.toml/i.md", "cafe\u0301.txt", os.fsdecode(b"caf\xe9.md"), "x{anchor}.md"):
        folder.write(name)
    (folder.root / "j.md").symlink_to("hr/c.html")
    (folder.root / "k.md").symlink_to("drafts/e.md")
    (folder.root / "l").symlink_to("hr")
    paths = [path for path in folder.root.rglob("*") if path.is_file()]
    explained = {found.document_id for path in paths if (found := explain(folder.settings, path)) and found.is_listed}
    assert explained == {file.id for file in list_files(folder.settings).files}
    assert len(explained) == 6
