"""How the page looks and for whom it is, kept between visits."""

from pathlib import Path

import pytest

from bot.adapters.web.settings import WebSettings
from tests.fakes.web import SANNE, Browser, Plan, built


async def test_preferences_last(browser: Browser) -> None:
    """The next page comes in them; one that is not given stays."""
    assert (await browser.put("/api/preferences", {"language": "nl"})).status == 204
    assert (await browser.put("/api/preferences", {"theme": "dark"})).status == 204
    page = await browser.page("/")
    assert '<html lang="nl" data-theme="dark">' in page


@pytest.mark.parametrize("body", [{"language": "fr"}, {"theme": "pink"}, {"language": 1}, {"font": "x"}])
async def test_preference_that_is_none(browser: Browser, body: dict[str, object]) -> None:
    """It is refused."""
    assert (await browser.put("/api/preferences", body)).status == 400


async def test_person_of_a_demo(tmp_path: Path) -> None:
    """The visitor is who they choose, with that person's threads, and nobody again if they like."""
    async with built(tmp_path, Plan(web=WebSettings(demo=True))) as house, Browser(house.url) as browser:
        await browser.asked("as nobody")
        assert (await browser.put("/api/person", {"email": SANNE.email})).status == 204
        data = await browser.data("/")
        assert data["visitor"]["email"] == SANNE.email
        assert (data["threads"], data["documents"]) == ([], 2)
        assert [person["groups"] for person in data["people"]] == [["hr"], []]
        await browser.asked("as Sanne")
        assert house.mind.contexts[-1].message.sender.id == SANNE.email
        assert (await browser.put("/api/person", {"email": ""})).status == 204
        assert [thread["title"] for thread in (await browser.data("/"))["threads"]] == ["as nobody"]


async def test_person_that_is_not_there(tmp_path: Path) -> None:
    """The visitor stays who they are."""
    async with built(tmp_path, Plan(web=WebSettings(demo=True))) as house, Browser(house.url) as browser:
        assert (await browser.put("/api/person", {"email": "nobody@company.example"})).status == 404
        assert (await browser.data("/"))["visitor"]["email"] == ""
