"""Language, theme, and in the demo who one is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import TWO_QUOTES, answered, be, open_preferences, threads, turn
from tests.browser.conftest import Visit
from tests.browser.site import Site

pytestmark = pytest.mark.browser

FOR_HR = "Wat kun je maximaal verdienen in schaal 7?"


def test_language_is_that_of_the_browser(site: Site, visit: Visit) -> None:
    """Somebody new is addressed as their browser wants."""
    expect(visit(site.url, locale="en-GB").get_by_role("heading", name="What would you like to know?")).to_be_visible()
    expect(visit(site.url, locale="nl-NL").get_by_role("heading", name="Wat wil je weten?")).to_be_visible()


def test_language_is_chosen(site: Site, visit: Visit) -> None:
    """The page changes to English and stays so; an answer keeps the language of its question."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    with page.expect_navigation():
        open_preferences(page).get_by_label("English").click()
    expect(page.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(turn(page).get_by_text("€ 0,23 netto per kilometer")).to_be_visible()
    expect(turn(page).locator("[lang=nl]").filter(has_text="€ 0,23 netto")).to_be_visible()
    page.goto(site.url)
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()


@pytest.mark.parametrize(("name", "theme"), [("Licht", "light"), ("Donker", "dark")])
def test_theme_is_chosen(site: Site, visit: Visit, name: str, theme: str) -> None:
    """It changes at once, whatever the computer wants, and is in the first HTML of the next page: nothing flashes."""
    page = visit(site.url, color_scheme="light" if theme == "dark" else "dark")
    with page.expect_response("**/api/preferences"):
        open_preferences(page).get_by_label(name).check()
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    assert _is_dark(page) == (theme == "dark")
    assert f'data-theme="{theme}"' in page.request.get(site.url).text()
    page.reload()
    assert _is_dark(page) == (theme == "dark")


def test_theme_of_the_system(site: Site, visit: Visit) -> None:
    """Who chose nothing gets what their computer wants, and the page follows when that changes."""
    page = visit(site.url, color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "system")
    assert _is_dark(page)
    page.emulate_media(color_scheme="light")
    assert not _is_dark(page)


def test_person_is_chosen(site: Site, visit: Visit) -> None:
    """Who is in HR may read more: the count says so, and what only they may read answers them."""
    page = visit(site.url)
    everyones = _count(page)
    asked = answered(page, FOR_HR)
    expect(asked.get_by_text("maar is misschien geen antwoord op je vraag")).to_be_visible()
    expect(asked.get_by_role("button", name="Salarisschalen")).to_have_count(0)
    page.get_by_role("link", name="Nieuwe vraag").click()
    be(page, "Sanne de Vries (hr)")
    assert _count(page) > everyones
    asked = answered(page, FOR_HR)
    expect(asked.get_by_role("button", name="Salarisschalen en loonronde 2025").first).to_be_visible()


def test_threads_are_the_persons_own(site: Site, visit: Visit) -> None:
    """What Sanne asked is not there for Ruben, and is there again for her; the menu changes the person as well."""
    page = visit(site.url)
    be(page, "Tarik Yildirim (it)")
    question = f"{TWO_QUOTES} (Tarik)"
    answered(page, question)
    with page.expect_navigation(url=re.compile(r"/$")):
        open_preferences(page).get_by_label("Je bent").select_option(label="Ruben Slagter (sales)")
    expect(threads(page).get_by_text(question)).to_have_count(0)
    be(page, "Tarik Yildirim (it)")
    expect(threads(page).get_by_role("link", name=question).first).to_be_visible()


def test_two_visitors_do_not_see_each_other(site: Site, visit: Visit) -> None:
    """Neither in the list nor by the address."""
    one, other = visit(site.url), visit(site.url)
    answered(one, TWO_QUOTES)
    other.goto(one.url)
    expect(other.get_by_role("heading", name="Dit gesprek is er niet")).to_be_visible()
    expect(threads(other).get_by_text("Je gesprekken komen hier te staan.")).to_be_visible()


def _count(page: Page) -> int:
    words = page.get_by_text(re.compile(r"Ik zoek voor je in \d+ documenten")).inner_text()
    return int(re.findall(r"\d+", words)[0])


def _is_dark(page: Page) -> bool:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [int(channel) for channel in re.findall(r"\d+", colour)[:3]]
    return sum(channels) < 3 * 128
