"""What becomes of a file: content, title, link, date, owner."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from connectors.sources.filesystem.errors import UnusableFile
from connectors.sources.filesystem.listing import list_files
from connectors.sources.filesystem.reader import SIZE_LIMIT, TEXT_SIZE_LIMIT, DocumentReader
from tests.connectors.sources.filesystem.folder import Folder


@pytest.mark.parametrize(
    ("name", "mime_type"),
    [
        ("a.md", "text/markdown"),
        ("a.MARKDOWN", "text/markdown"),
        ("a.html", "text/html"),
        ("a.Htm", "text/html"),
        ("a.txt", "text/plain"),
        ("a.CSV", "text/csv"),
        ("a.eml", "message/rfc822"),
        ("a.b.pdf", "application/pdf"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", "application/vnd.oasis.opendocument.text"),
        ("a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("a.Xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
async def test_ending_gives_the_kind(folder: Folder, name: str, mime_type: str) -> None:
    """The pipeline converts by this."""
    folder.write(name)
    assert (await folder.document()).content.mime_type == mime_type


async def test_content_is_utf8_without_front_matter(folder: Folder) -> None:
    """A change of front matter alone leaves the content equal, so that nothing is embedded again."""
    folder.write("a.md", "Café\n")
    plain = await folder.document()
    folder.write("a.md", "---\r\ntitle: Koffie\r\n---\r\n\r\nCafé\n".encode("cp1252"))
    titled = await folder.document()
    assert (plain.title, titled.title) == (None, "Koffie")
    assert plain.content == titled.content
    assert titled.content.data == "Café\n".encode()


async def test_front_matter_is_for_markdown_only(folder: Folder) -> None:
    """In a text file those lines are text."""
    text = "---\ntitle: a\n---\n"
    folder.write("a.txt", text)
    document = await folder.document()
    assert (document.title, document.content.to_string()) == (None, text)


async def test_empty_file_is_a_document(folder: Folder) -> None:
    """What to do with nothing is for the pipeline to say."""
    folder.write("a.md", "")
    assert (await folder.document()).content.data == b""


async def test_date_is_that_of_the_file_in_utc(folder: Folder) -> None:
    """Front matter says better when a text was revised; without it, the file's time counts."""
    moment = datetime(2025, 1, 31, 23, 59, tzinfo=UTC).timestamp()
    os.utime(folder.write("a.md"), (0, moment))
    assert (await folder.document()).updated_at == date(2025, 1, 31)
    folder.write("a.md", "---\nupdated: 2020-02-02\n---\n")
    assert (await folder.document()).updated_at == date(2020, 2, 2)


def test_impossible_time_is_no_date(folder: Folder) -> None:
    """A file from after the year 9999 stops nothing."""
    folder.write("a.md")
    (file,) = list_files(folder.settings).files
    far = replace(file, mtime_ns=10**21)
    assert DocumentReader(folder.settings).read(far).updated_at is None


async def test_owner_of_the_document_comes_first(tmp_path: Path) -> None:
    """The source's owner answers for what names none."""
    folder = Folder(tmp_path, owner="Redactie")
    folder.write("a.md")
    folder.write("b.md", "---\nowner: Sanne\n---\n")
    documents = await folder.documents()
    assert [documents[id_].owner for id_ in ("a.md", "b.md")] == ["Redactie", "Sanne"]


async def test_language_is_that_of_front_matter(folder: Folder) -> None:
    """What is not stated is detected later."""
    folder.write("a.md", "---\nlanguage: EN\n---\n")
    folder.write("b.html", '<html lang="nl">')
    documents = await folder.documents()
    assert [documents[id_].language for id_ in ("a.md", "b.html")] == ["en", None]


async def test_link_without_template_leads_to_the_file(folder: Folder) -> None:
    """A link to the file itself has no anchors."""
    file = folder.write("a b/é.md")
    assert (await folder.document()).url == file.as_uri()


async def test_template_is_filled_with_the_encoded_path(tmp_path: Path) -> None:
    """The path can't break out of the link; the anchor is left for the pipeline."""
    folder = Folder(tmp_path, url="https://wiki.example.com/{path}#{anchor}")
    folder.write("a b/é&{anchor}?#.md")
    url = (await folder.document()).url
    assert url == "https://wiki.example.com/a%20b/%C3%A9%26%7Banchor%7D%3F%23.md#{anchor}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/{path}", "https://x.example/a%23b.pdf#{anchor}"),
        ("https://x.example/{path}#{anchor}", "https://x.example/a%23b.pdf#{anchor}"),
        ("https://x.example/{path}?at={anchor}", "https://x.example/a%23b.pdf?at={anchor}"),
        ("https://x.example/{path}#top", "https://x.example/a%23b.pdf#top"),
        ("https://x.example/#/{path}", "https://x.example/#/a%23b.pdf"),
    ],
)
async def test_link_to_a_pdf_can_open_a_page(tmp_path: Path, url: str, expected: str) -> None:
    """Where the link has room for it; links to other formats stay as the administrator wrote them."""
    folder = Folder(tmp_path, url=url)
    folder.write("a#b.pdf")
    folder.write("a.docx")
    documents = await folder.documents()
    assert documents["a#b.pdf"].url == expected
    assert documents["a.docx"].url == url.replace("{path}", "a.docx")


async def test_link_to_a_pdf_file_can_open_a_page(folder: Folder) -> None:
    """Also where links lead to the files themselves."""
    file = folder.write("é {anchor}#.PDF")
    assert (await folder.document()).url == file.as_uri() + "#{anchor}"


async def test_link_in_front_matter_comes_first(tmp_path: Path) -> None:
    """It is taken as it is."""
    folder = Folder(tmp_path, url="https://wiki.example.com/{path}")
    folder.write("a.md", "---\nurl: https://x.example/{anchor}\n---\n")
    assert (await folder.document()).url == "https://x.example/{anchor}"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt", "a.pptx", "a.xlsx", "a.eml"])
@pytest.mark.parametrize("content", [b"", b"\x89\0\xff", b"---\ntitle: a\n---\n"])
async def test_other_formats_come_as_they_are(folder: Folder, name: str, content: bytes) -> None:
    """What their bytes hold, and whether that fits the name, is for the pipeline to say."""
    folder.write(name, content)
    document = await folder.document()
    assert (document.content.data, document.title) == (content, None)


@pytest.mark.parametrize(("name", "limit"), [("a.txt", TEXT_SIZE_LIMIT), ("a.pdf", SIZE_LIMIT)])
async def test_large_file_is_refused(folder: Folder, name: str, limit: int) -> None:
    """At the limit a file is read, above it is reported."""
    file = folder.write(name, b"a" * TEXT_SIZE_LIMIT)
    os.truncate(file, limit + 1)
    assert (await folder.failure()).reason == f"it is larger than {limit // 10**6} MB"
    file.write_bytes(b"a" * limit)
    assert len((await folder.document()).content.data) == limit


@pytest.mark.parametrize("name", ["a.txt", "a.pdf"])
async def test_large_file_is_not_opened(folder: Folder, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A film with the wrong ending costs nothing."""
    os.truncate(folder.write(name), 2 * 10**9)
    monkeypatch.setattr(Path, "open", None)
    assert "larger than" in (await folder.failure()).reason


def test_file_that_grows_while_it_is_read_is_refused(folder: Folder) -> None:
    """What was listed as small may not fill the memory."""
    file = folder.write("a.txt")
    (found,) = list_files(folder.settings).files
    os.truncate(file, 2 * TEXT_SIZE_LIMIT)
    with pytest.raises(UnusableFile, match="larger than 20 MB"):
        DocumentReader(folder.settings).read(found)


async def test_binary_file_is_refused(folder: Folder) -> None:
    """A picture with the wrong ending is reported with what to do."""
    folder.write("a.md", b"\x89PNG\x00")
    assert (await folder.failure()).reason == "it is not a text file"
