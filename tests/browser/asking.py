"""What a person does on the page of the conversation, found as they find it: by what it is and what it is called."""

import re

from playwright.sync_api import Locator, Page, expect

TWO_QUOTES = "Wat krijg ik per kilometer voor mijn woon-werkverkeer?"


def field(page: Page) -> Locator:
    """Return where one types a question."""
    return page.get_by_role("textbox", name="Je vraag")


def turn(page: Page, number: int = -1) -> Locator:
    """Return a question with its answer; the last where no number, from 0, is given."""
    return page.get_by_role("article").nth(number)


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the turn."""
    asked = page.get_by_role("article").count()
    field(page).fill(question)
    field(page).press("Enter")
    return turn(page, asked)


def answered(page: Page, question: str) -> Locator:
    """Ask, and return the turn when its answer is complete."""
    one = ask(page, question)
    complete(one)
    return one


def complete(one: Locator) -> None:
    """Wait until a turn's answer is complete."""
    expect(one).to_have_attribute("aria-busy", "false")


def source(one: Locator, number: int = 1) -> Locator:
    """Return the card of a source."""
    return one.get_by_role("listitem").filter(has_text=f"Bron {number}:")


def opener(one: Locator, number: int = 1) -> Locator:
    """Return what opens the document of a source."""
    return source(one, number).get_by_role("button").first


def marker(one: Locator, number: int = 1) -> Locator:
    """Return the number in an answer's text that leads to a source."""
    return one.get_by_role("button", name=re.compile(rf"^(Bron|\[){number}\b|^\[{number}\]")).first


def panel(page: Page) -> Locator:
    """Return the document beside the conversation."""
    return page.get_by_role("complementary")


def open_source(page: Page, one: Locator, number: int = 1) -> Locator:
    """Open the document of a source, and return the panel when it shows it."""
    opener(one, number).click()
    expect(panel(page).locator(".passage").first).to_be_visible()
    return panel(page)


def threads(page: Page) -> Locator:
    """Return the list of conversations."""
    return page.get_by_role("navigation", name="Gesprekken")


def delete_button(page: Page, title: str) -> Locator:
    """Return what deletes a conversation."""
    return threads(page).get_by_role("button", name=re.compile(rf"^Verwijder .{re.escape(title)}"))


def open_preferences(page: Page) -> Locator:
    page.get_by_role("button", name="Voorkeuren").click()
    return page.get_by_role("dialog", name="Voorkeuren")


def be(page: Page, name: str) -> None:
    """Choose who one is, in the demo, on the page for a new question."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_label("Je bent").select_option(label=name)
