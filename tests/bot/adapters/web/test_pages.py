"""The pages as a browser gets them: whole, and nobody else's."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup

from bot.adapters.web.settings import WebSettings
from bot.settings import ServerSettings
from tests.fakes.web import ACCESS_TOKEN, ADMIN_TOKEN, Browser, House, IndexDown, Plan, built, new_id

ADMIN = Plan(web=WebSettings.model_validate({"admin_token": ADMIN_TOKEN}))
CLOSED = Plan(
    web=WebSettings.model_validate({"access_token": ACCESS_TOKEN}),
    server=ServerSettings(public_url="https://kennis.example.com"),
)


async def test_first_visit(browser: Browser) -> None:
    """All for the first paint is in the page."""
    data = await browser.data("/")
    assert data["texts"]["page-title"] == "Kennisbot"
    assert all(isinstance(text, str | list) for text in data["texts"].values())
    del data["texts"]
    assert data == {
        "language": "en", "theme": "system", "languages": ["nl", "en"], "people": None, "documents": 1,
        "visitor": {"name": "", "email": "", "is_admin": False, "can_sign_out": False},
        "suggested_prompts": ["How do I call in sick?"], "threads": [], "thread": None, "missing": False,
    }  # fmt: skip


async def test_thread_has_an_address(browser: Browser) -> None:
    """It opens there, with its turns; everybody else finds that it is not there."""
    thread = new_id()
    await browser.asked("hello", thread)
    data = await browser.data(f"/threads/{thread}")
    assert [turn["question"] for turn in data["thread"]["turns"]] == ["hello"]
    assert [one["id"] for one in data["threads"]] == [thread]
    missing = await browser.data(f"/threads/{new_id()}", 404)
    assert (missing["thread"], missing["missing"]) == (None, True)


async def test_index_that_is_down(browser: Browser, house: House) -> None:
    """What was said before can still be read."""
    await browser.asked("hello")
    house.index.fails = IndexDown("locked")
    data = await browser.data("/")
    assert data["documents"] is None
    assert len(data["threads"]) == 1


async def test_unexpected_error_is_a_page(
    browser: Browser, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It has a reference, and nothing of the error; the API says the same in JSON."""
    house.index.fails = ZeroDivisionError("a secret of the code")
    page = await browser.page("/", 500)
    assert "<html lang=" in page
    assert "a secret" not in page

    async def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret of the code")

    monkeypatch.setattr(house.threads, "threads", fail)
    said = await browser.json("/api/threads", 500)
    assert said["error"] == "failed"
    assert "a secret" not in said["message"]


async def test_closed_house_asks_to_sign_in(tmp_path: Path) -> None:
    """And leads on to where one wanted to be."""
    async with built(tmp_path, CLOSED) as house, Browser(house.url) as browser:
        path = f"/threads/{new_id()}"
        async with browser.http.get(path, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, f"/sign-in?next={path}")


async def test_knowledge_page_is_for_administrators(tmp_path: Path) -> None:
    """Others are asked to sign in; afterwards it comes with its sources, and they can sign out."""
    async with built(tmp_path, ADMIN) as house, Browser(house.url) as browser:
        async with browser.http.get("/knowledge", allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/sign-in?next=/knowledge")
        form = {"token": ADMIN_TOKEN, "next": "/knowledge"}
        async with browser.http.post("/sign-in", data=form, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/knowledge")
        data = await browser.data("/knowledge")
        assert [source["name"] for source in data["sources"]] == ["wiki"]
        assert data["sync"]["number"] == 1
        assert data["visitor"]["can_sign_out"] is True
        async with browser.http.post("/sign-out", allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/")
        assert (await browser.data("/"))["visitor"]["is_admin"] is False
        await browser.json("/api/knowledge/sources", 403)


@pytest.mark.parametrize(
    "query", ["document=wiki%2Fa%20%26%20b%3Fc.md&x=1", "document=wiki/caf%C3%A9.md", "source=wiki&search=100%25+(a)"]
)
async def test_signing_in_leads_back_to_what_was_looked_at(tmp_path: Path, query: str) -> None:
    """A link to a document of the knowledge page leads there, whatever its name is."""
    async with built(tmp_path, ADMIN) as house, Browser(house.url) as browser:
        form = BeautifulSoup(await browser.page(f"/knowledge?{query}"), "html.parser")
        [next_field] = form.select('input[name="next"]')
        fields = {"token": ADMIN_TOKEN, "next": str(next_field["value"])}
        async with browser.http.post("/sign-in", data=fields, allow_redirects=False) as response:
            path, _, reached = response.headers["Location"].partition("?")
    assert (path, parse_qs(reached)) == ("/knowledge", parse_qs(query))


async def test_house_without_administration(tmp_path: Path) -> None:
    """There is no knowledge page, whoever asks for it."""
    plan = Plan(web=ADMIN.web, with_administration=False)
    async with built(tmp_path, plan) as house, Browser(house.url) as browser:
        await browser.http.post("/sign-in", data={"token": ADMIN_TOKEN})
        await browser.json("/api/knowledge/sources", 404)


async def test_wrong_token_is_said(tmp_path: Path) -> None:
    """In the form, which keeps where one wanted to be."""
    async with built(tmp_path, ADMIN) as house, Browser(house.url) as browser:
        form = {"token": "something else", "next": "/knowledge"}
        async with browser.http.post("/sign-in", data=form) as response:
            page = await response.text()
            assert response.status == 403
        assert "That code is not right." in page
        assert 'value="/knowledge"' in page
        assert "something else" not in page


async def test_failure_of_a_request_of_the_page(browser: Browser) -> None:
    """An address that leads nowhere is a page for people and JSON for scripts."""
    assert "<html lang=" in await browser.page("/nowhere", 404)
    assert (await browser.json("/api/nowhere", 404))["error"] == "not_found"
