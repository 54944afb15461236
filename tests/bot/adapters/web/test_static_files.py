"""What the page's HTML loads."""

import gzip
import re
from importlib.resources import files
from pathlib import Path

from aiohttp import ClientSession

from bot.adapters.web.static_files import StaticFiles
from tests.fakes.web import Browser, House


async def test_all_that_a_page_names_is_there(browser: Browser) -> None:
    """Kept for good by the browser, as what it is."""
    page = await browser.page("/")
    found = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert found
    for path in found:
        async with browser.http.get(path) as response:
            assert response.status == 200, path
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert response.content_type in ("text/css", "text/javascript", "image/svg+xml")


async def test_another_version_is_not_there(browser: Browser) -> None:
    """A browser never keeps new files under an old address."""
    async with browser.http.get("/static/0123456789abcdef/base.css") as response:
        assert response.status == 404
        assert response.headers["Cache-Control"] == "no-store"


async def test_files_are_compressed_for_who_can_read_that(house: House) -> None:
    """A slow line carries a third of the bytes; what is read is the same."""
    sizes = {}
    async with ClientSession(house.url, auto_decompress=False) as http:
        page = await (await http.get("/", headers={"Accept-Encoding": "identity"})).text()
        [path] = re.findall(r'href="(/static/[^"]+/base.css)"', page)
        for encoding in ("gzip, deflate, br", "identity"):
            async with http.get(path, headers={"Accept-Encoding": encoding}) as response:
                body = await response.read()
                sizes[response.headers.get("Content-Encoding")] = len(body)
                content = gzip.decompress(body) if "Content-Encoding" in response.headers else body
                assert content == files("bot.adapters.web").joinpath("static", "base.css").read_bytes()
                assert response.headers["Vary"] == "Accept-Encoding"
    assert sizes["gzip"] < sizes[None] / 2


def test_address_changes_with_the_content(tmp_path: Path) -> None:
    """Also where a name changes, or the end of one file goes over to the next."""
    addresses: set[str] = set()
    for contents in ({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "1", "c": "2"}, {"a": "12", "b": ""}):
        folder = tmp_path / str(len(addresses))
        folder.mkdir()
        for name, content in contents.items():
            (folder / name).write_text(content, "utf-8")
        assert StaticFiles(folder).address == StaticFiles(folder).address
        addresses.add(StaticFiles(folder).address)
    assert len(addresses) == 4
