"""The page without a mouse: every way can be gone with Tab, Enter, Space, Escape and the arrows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.administering import open_knowledge
from tests.browser.asking import (
    TWO_QUOTES,
    answered,
    complete,
    field,
    marker,
    open_source,
    opener,
    panel,
    threads,
    turn,
)
from tests.browser.conftest import Visit
from tests.browser.focus import has_focus, is_lost, tab_back_to, tab_stops, tab_to
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def test_skip_link(site: Site, visit: Visit) -> None:
    """The first Tab offers to skip what is the same on every page; Enter goes to the content."""
    page = visit(site.url)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Naar de inhoud")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_question_to_source_and_back(site: Site, visit: Visit) -> None:
    """Ask, open a source by its number, read it, close it, go on with a question that is offered."""
    page = visit(site.url)
    tab_to(page, field(page))
    page.keyboard.type(TWO_QUOTES)
    page.keyboard.press("Enter")
    complete(turn(page))
    expect(field(page)).to_be_focused()
    number = marker(turn(page), 1)
    tab_back_to(page, number)
    page.keyboard.press("Enter")
    expect(panel(page).locator("#passage")).to_be_visible()
    expect(panel(page).get_by_role("heading", name="Reiskostenregeling 2025").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(number).to_be_focused()
    tab_to(page, opener(turn(page), 2))
    page.keyboard.press("Enter")
    close = panel(page).get_by_role("button", name="Sluit document")
    tab_back_to(page, close)
    page.keyboard.press("Enter")
    expect(opener(turn(page), 2)).to_be_focused()
    tab_to(page, turn(page).get_by_role("button", name=re.compile("^Wat staat er over")).first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)
    complete(turn(page))
    assert not is_lost(page)


def test_document_is_scrolled(site: Site, visit: Visit) -> None:
    """A long document can be read to its end by the arrows."""
    page = visit(site.url)
    shown = open_source(page, answered(page, TWO_QUOTES), 1)
    text = shown.get_by_role("region", name="Reiskostenregeling 2025")
    before = text.evaluate("node => node.scrollTop")
    tab_to(page, text)
    page.keyboard.press("Control+End")
    page.keyboard.press("End")
    expect(shown.get_by_text("Oude RK-1-formulieren")).to_be_in_viewport()
    assert text.evaluate("node => node.scrollTop") > before


def test_feedback(site: Site, visit: Visit) -> None:
    """A thumb down, a reason by the arrows, a comment, sent by Enter on its button."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    down = asked.get_by_role("button", name="Dit hielp niet")
    tab_back_to(page, down)
    page.keyboard.press("Space")
    expect(asked.get_by_label("Het antwoord is onjuist")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(asked.get_by_label("Er ontbreekt iets")).to_be_checked()
    tab_to(page, asked.get_by_label("Toelichting (hoeft niet)"))
    page.keyboard.type("De trein.")
    tab_to(page, asked.get_by_role("button", name="Verstuur"))
    page.keyboard.press("Enter")
    expect(asked.get_by_text("Bedankt!")).to_be_visible()
    expect(down).to_be_focused()


def test_search_and_delete(site: Site, visit: Visit) -> None:
    """Ctrl+/ leads to the search; the dialog keeps the focus, and gives it back when nothing is deleted."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    page.keyboard.press("Control+/")
    expect(page.get_by_role("searchbox", name="Zoek in je gesprekken")).to_be_focused()
    page.keyboard.type("kilometer")
    delete = threads(page).get_by_role("button", name=re.compile("^Verwijder"))
    tab_to(page, delete)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Dit gesprek verwijderen?")
    expect(dialog).to_be_visible()
    assert has_focus(dialog)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(delete).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, dialog.get_by_role("button", name="Verwijder"))
    page.keyboard.press("Enter")
    expect(delete).to_have_count(0)
    assert not is_lost(page)


def test_theme_and_person(site: Site, visit: Visit) -> None:
    """The menu opens by Enter, its choices by the arrows, and Escape gives the focus back."""
    page = visit(site.url)
    button = page.get_by_role("button", name="Voorkeuren")
    tab_back_to(page, button)
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="Voorkeuren")
    tab_to(page, menu.get_by_label("Systeem"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, menu.get_by_label("Je bent"))
    with page.expect_navigation():
        page.keyboard.type("Esm")
        page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_label("Je bent")).to_have_value("esmee.post@lindervaart.example")


def test_help(site: Site, visit: Visit) -> None:
    """Help opens and closes by keys as well; Ctrl+K begins a new question from anywhere."""
    page = visit(site.url)
    button = page.get_by_role("button", name="Hulp")
    tab_back_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Hulp")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.keyboard.press("Control+k")
    expect(field(page)).to_be_focused()


@pytest.mark.parametrize("shown", ["empty", "answered", "document"])
def test_focus_is_always_seen(site: Site, visit: Visit, shown: str) -> None:
    """Tab goes through everything and comes out at the end; wherever it is, one sees it, and it is never nowhere."""
    page = visit(site.url)
    if shown != "empty":
        asked = answered(page, TWO_QUOTES)
        if shown == "document":
            open_source(page, asked)
    stops = tab_stops(page)
    assert len(stops) > 8
    assert [name for name, is_seen in stops if not is_seen] == []


def test_focus_is_always_seen_by_an_administrator(site: Site, visit: Visit) -> None:
    """So it is on the knowledge page, its table and a document."""
    page = open_knowledge(visit, site)
    for place in ("", "?source=lindervaart&search=verlof", "?document=lindervaart/verlof/vakantiedagen-2025.md"):
        page.goto(f"{site.url}/knowledge{place}")
        expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("main").locator("[aria-busy=true]")).to_have_count(0)
        stops = tab_stops(page)
        assert len(stops) > 5
        assert [name for name, is_seen in stops if not is_seen] == []


def test_order_is_that_of_the_page(site: Site, visit: Visit) -> None:
    """No element pushes itself before the others."""
    page = visit(site.url)
    open_source(page, answered(page, TWO_QUOTES))
    assert page.evaluate("[...document.querySelectorAll('[tabindex]')].filter((one) => one.tabIndex > 0).length") == 0
