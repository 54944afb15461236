"""Which paths are documents."""

import pytest

from connectors.sources.filesystem.selection import Selection


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("**/*.md", "a.md", True),
        ("**/*.md", "a/b/c.md", True),
        ("**/*.md", "a/b/c.MD", True),
        ("**/*.MD", "c.md", True),
        ("**/*.md", "c.mdx", False),
        ("*.md", "a/b.md", False),
        ("hr/**", "hr/a/b.md", True),
        ("hr/**/b.md", "hr/b.md", True),
        ("HR/**", "hr/b.md", False),
        ("a[bc]?.md", "acd.md", True),
        ("hr/*.md", "hr/a/b.md", False),
        (".", "a.md", False),
    ],
)
def test_glob_matches_whole_path(glob: str, path: str, expected: bool) -> None:
    """`*` stays within a folder, `**` does not, and only an ending is read in either case."""
    assert Selection((glob,), ()).includes(path) is expected


@pytest.mark.parametrize(
    ("exclude", "path", "expected"),
    [
        ("drafts", "drafts/a/b.md", True),
        ("drafts/", "drafts", True),
        ("drafts/**", "drafts", True),
        ("**/drafts", "a/drafts/b.md", True),
        ("drafts", "a/drafts/b.md", False),
        ("**/*.tmp.md", "a/b.tmp.MD", True),
        ("drafts", "a/.git/b.md", True),
        ("drafts", ".a.md", True),
        ("drafts", "hr/access.toml", True),
        ("drafts", "hr/~$a.md", True),
        ("drafts", "hr/a.md", False),
    ],
)
def test_left_out(exclude: str, path: str, expected: bool) -> None:
    """What is hidden, what governs, and what is excluded or lies in an excluded folder is no document."""
    assert Selection(("**",), (exclude,)).leaves_out(path) is expected
