"""The knowledge page brings all that it is made of, and not more than it may weigh."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup

import bot.adapters.web
from bot.adapters.web.page_templates import PageTemplates
from bot.locales import Texts

STATIC = Path(bot.adapters.web.__file__).parent / "static"
IMPORT = re.compile(r'^(?:import|export) [^;]*?from "(\.[^"]+)";', re.MULTILINE)
HEAVIEST = 150_000
"""Bytes of styles and scripts, as they stand: what the page was promised to weigh at most."""


def page() -> BeautifulSoup:
    templates = PageTemplates(Texts(("en",), "web"), "/static/1234")
    html = templates.render("knowledge.html", "en", data={"texts": {"script": "</script><b>"}, "sources": []})
    return BeautifulSoup(html, "lxml")


def files(found: BeautifulSoup, selector: str) -> list[Path]:
    addresses = [str(tag.get("href") or tag.get("src")) for tag in found.select(selector)]
    return [STATIC / address.removeprefix("/static/1234/") for address in addresses]


def imported(module: Path) -> Iterator[Path]:
    for path in IMPORT.findall(module.read_text("utf-8")):
        yield (module.parent / path).resolve()


def reached(start: Path) -> set[Path]:
    found, left = set[Path](), [start.resolve()]
    while left:
        module = left.pop()
        if module not in found:
            found.add(module)
            left += imported(module)
    return found


def test_all_modules_are_fetched_at_once() -> None:
    """None waits for the one that asks for it, and none is fetched for nothing."""
    (start,) = files(page(), "script[type=module]")
    named = {path.resolve() for path in files(page(), "link[rel=modulepreload]")}
    assert named == reached(start) - {start.resolve()}


def test_no_module_is_left_over() -> None:
    """What nothing imports is dead."""
    (start,) = files(page(), "script[type=module]")
    assert {path.resolve() for path in (STATIC / "knowledge").glob("*.js")} - reached(start) == set()


def test_page_is_as_light_as_promised() -> None:
    """Styles and scripts together, uncompressed."""
    loaded = files(page(), "link[rel=stylesheet], link[rel=modulepreload], script[type=module]")
    assert 0 < sum(path.stat().st_size for path in loaded) <= HEAVIEST


def test_data_can_not_become_markup() -> None:
    """A title that looks like the end of the data is a title."""
    found = page()
    assert found.select("b") == []
    assert "</script>" not in str(found.select("#data")[0].string)
