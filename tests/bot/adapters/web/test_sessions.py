"""Who visitors are, over visits, tokens and restarts."""

import json
import time
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.adapters.web.sessions import COOKIE, RENEWED_AFTER
from bot.adapters.web.settings import WebSettings
from bot.settings import ServerSettings
from tests.fakes.web import ACCESS_TOKEN, ADMIN_TOKEN, KEY, SANNE, Browser, Plan, built

PUBLIC = ServerSettings(public_url="http://kennis.example.com")
SECURE = ServerSettings(public_url="https://kennis.example.com")


def settings(**values: object) -> WebSettings:
    return WebSettings.model_validate({"access_token": ACCESS_TOKEN, "admin_token": ADMIN_TOKEN} | values)


def cookie(browser: Browser) -> str:
    return next(cookie.value for cookie in browser.http.cookie_jar if cookie.key == COOKIE)


def carry(browser: Browser, value: str) -> None:
    browser.http.cookie_jar.clear()
    browser.http.cookie_jar.update_cookies({COOKIE: value})


async def test_visitor_on_this_machine_needs_no_token(browser: Browser) -> None:
    """They are an employee in no group, and nobody else sees their threads."""
    await browser.asked("hello")
    assert len((await browser.data("/"))["threads"]) == 1


async def test_cookie_is_for_this_server_alone(tmp_path: Path) -> None:
    """No script reads it, no other site sends it along, and no plain connection carries it."""
    async with (
        built(tmp_path, Plan(settings(), SECURE)) as house,
        Browser(house.url) as browser,
        browser.http.get("/sign-in") as response,
    ):
        said = response.headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=2592000"} <= set(said.split("; "))


async def test_plain_connection_has_a_cookie_too(browser: Browser) -> None:
    """On this machine there is no other."""
    assert cookie(browser)


async def test_cookie_tells_nothing(browser: Browser) -> None:
    """It is not made anew with each request either."""
    async with browser.http.get("/") as response:
        assert "Set-Cookie" not in response.headers


async def test_proxy_makes_everybody_a_stranger(tmp_path: Path) -> None:
    """Behind one, all requests come from this machine."""
    async with built(tmp_path, Plan(settings(), PUBLIC)) as house, Browser(house.url) as browser:
        assert (await browser.json("/api/threads", 401))["error"] == "sign_in"


async def test_who_signs_in_is_the_person_of_the_settings(tmp_path: Path) -> None:
    """On every device, with the same threads."""
    plan = Plan(settings(person=SANNE.email.upper()), PUBLIC)
    async with built(tmp_path, plan) as house, Browser(house.url) as one, Browser(house.url) as other:
        for browser in (one, other):
            await browser.http.post("/sign-in", data={"token": ACCESS_TOKEN})
        await one.asked("hello")
        data = await other.data("/")
        assert data["visitor"] == {
            "name": SANNE.name, "email": SANNE.email, "is_admin": False, "can_sign_out": True,
        }  # fmt: skip
        assert [thread["title"] for thread in data["threads"]] == ["hello"]
        assert data["documents"] == 2


async def test_who_signs_in_without_a_person_is_on_their_own(tmp_path: Path) -> None:
    """The token is the company's; threads are the browser's, and end with signing out."""
    async with built(tmp_path, Plan(settings(), PUBLIC)) as house, Browser(house.url) as one, Browser(house.url) as two:
        for browser in (one, two):
            await browser.http.post("/sign-in", data={"token": ACCESS_TOKEN})
        await one.asked("hello")
        assert (await two.data("/"))["threads"] == []
        await one.http.post("/sign-out")
        await one.http.post("/sign-in", data={"token": ACCESS_TOKEN})
        assert (await one.data("/"))["threads"] == []


@pytest.mark.parametrize(
    ("changed", "path", "status"),
    [("access_token", "/api/threads", 401), ("admin_token", "/api/knowledge/sources", 403)],
)
async def test_changed_token_ends_its_sessions(tmp_path: Path, changed: str, path: str, status: int) -> None:
    """Whoever had the old one needs the new one; a restart alone ends nothing."""
    async with built(tmp_path, Plan(settings(), PUBLIC)) as house, Browser(house.url) as browser:
        for token in (ACCESS_TOKEN, ADMIN_TOKEN):
            await browser.http.post("/sign-in", data={"token": token}, allow_redirects=False)
        kept = cookie(browser)
    for plan, expected in ((Plan(settings(), PUBLIC), 200), (Plan(settings(**{changed: "a" * 20}), PUBLIC), status)):
        async with built(tmp_path, plan) as house, Browser(house.url) as browser:
            carry(browser, kept)
            await browser.json(path, expected)


async def test_other_key_is_another_house(tmp_path: Path) -> None:
    """Everybody is new there; nothing breaks."""
    async with built(tmp_path) as house, Browser(house.url) as browser:
        await browser.asked("hello")
        kept = cookie(browser)
    async with built(tmp_path, Plan(key=Fernet.generate_key())) as house, Browser(house.url) as browser:
        carry(browser, kept)
        assert (await browser.data("/"))["threads"] == []


async def test_visitor_who_comes_back_stays_known(tmp_path: Path) -> None:
    """The cookie is made anew now and then, with the same visitor in it."""
    async with built(tmp_path) as house, Browser(house.url) as browser:
        await browser.asked("hello")
        content = json.loads(Fernet(KEY).decrypt(cookie(browser).encode()))
        content["created"] -= RENEWED_AFTER + 60
        carry(browser, Fernet(KEY).encrypt_at_time(json.dumps(content).encode(), int(time.time())).decode())
        async with browser.http.get("/") as response:
            assert "Set-Cookie" in response.headers
        assert len((await browser.data("/"))["threads"]) == 1
