"""What a screen reader says of the page: what is announced by itself, and what each control is called."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import (
    TWO_QUOTES,
    answered,
    ask,
    complete,
    delete_button,
    open_preferences,
    open_source,
    panel,
    turn,
)
from tests.browser.conftest import Visit
from tests.browser.site import Site

pytestmark = pytest.mark.browser

_LISTEN = """
    () => {
      window.heard = [];
      const regions = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]";
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest(regions);
          const words = region?.textContent.trim();
          if (words && words !== window.heard.at(-1)) window.heard.push(words);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }
"""

_NAMELESS = """
    () => [...document.querySelectorAll("button, a, input, select, textarea, [role=button]")]
      .filter((node) => node.checkVisibility() && node.type !== "hidden")
      .filter((node) => {
        const label = node.labels?.[0]?.textContent ?? "";
        const by = document.getElementById(node.getAttribute("aria-labelledby"))?.textContent ?? "";
        return ![node.getAttribute("aria-label"), by, label, node.textContent].some((name) => name?.trim());
      })
      .map((node) => node.outerHTML.slice(0, 160))
"""


def test_growing_answer_is_not_read_word_by_word(site: Site, visit: Visit) -> None:
    """Heard are that it was taken in hand, and that it is ready with its first words: nothing in between."""
    page, pace = visit(site.url), site.pace()
    page.evaluate(_LISTEN)
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text("€ 0,23 netto per kilometer")).to_be_visible()
    pace.open(2)
    complete(asked)
    page.wait_for_function("() => window.heard.length > 1")
    begun, ready = _heard(page)
    assert begun == "Ik lees je vraag…"
    assert ready.startswith("Antwoord klaar: Reiskostenregeling 2025")
    assert ready.endswith("2 bronnen")
    assert len(ready) < 240


def test_growing_answer_is_marked_busy(site: Site, visit: Visit) -> None:
    """Who reads on their own sees that it is not complete yet."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text("€ 0,23 netto per kilometer")).to_be_visible()
    expect(asked).to_have_attribute("aria-busy", "true")
    pace.open_all()
    complete(asked)


def test_what_happened_is_announced(site: Site, visit: Visit) -> None:
    """A found conversation, feedback and a deletion are heard without the focus going there."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    page.evaluate(_LISTEN)
    asked.get_by_role("button", name="Dit hielp", exact=True).click()
    _expect_heard(page, "Bedankt!")
    page.get_by_role("searchbox").fill("kilometer")
    _expect_heard(page, "1 gesprek gevonden")
    page.get_by_role("searchbox").fill("olifant")
    _expect_heard(page, "0 gesprekken gevonden")
    page.get_by_role("searchbox").fill("")
    delete_button(page, TWO_QUOTES).click()
    page.get_by_role("dialog").get_by_role("button", name="Verwijder").click()
    _expect_heard(page, "Gesprek verwijderd")


def test_failed_question_is_announced(handbook: Site, visit: Visit) -> None:
    """That a question was not sent is heard, not only seen."""
    page = visit(handbook.url)
    handbook.kill()
    page.evaluate(_LISTEN)
    ask(page, "Hoeveel vakantiedagen heb ik?")
    _expect_heard(page, "Ik kan de server niet bereiken. Controleer je verbinding en probeer het opnieuw.")


def test_every_control_has_a_name(site: Site, visit: Visit) -> None:
    """Also those that show a drawing only."""
    page = visit(site.url)
    assert page.evaluate(_NAMELESS) == []
    asked = answered(page, TWO_QUOTES)
    open_source(page, asked)
    asked.get_by_role("button", name="Dit hielp niet").click()
    assert page.evaluate(_NAMELESS) == []
    open_preferences(page)
    assert page.evaluate(_NAMELESS) == []


def test_other_language_is_marked(site: Site, visit: Visit) -> None:
    """An English answer on a Dutch page is read with an English voice, and so is its document."""
    page = visit(site.url)
    asked = answered(page, "What is the maximum hotel price per night in London?")
    expect(asked.get_by_text("€210").locator("xpath=ancestor-or-self::*[@lang][1]")).to_have_attribute("lang", "en")
    open_source(page, asked)
    passage = panel(page).locator(".passage").first
    expect(passage.locator("xpath=ancestor-or-self::*[@lang][1]")).to_have_attribute("lang", "en")


def test_page_has_an_outline(site: Site, visit: Visit) -> None:
    """Going from heading to heading one meets the conversation, each question, its answer and its sources."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    answered(page, "Wat is de hoofdstad van Australië?")
    expect(page.get_by_role("heading", level=1)).to_have_text(TWO_QUOTES)
    for part in ("Jouw vraag", "Antwoord"):
        expect(page.get_by_role("main").get_by_role("heading", name=part, exact=True)).to_have_count(2)
    expect(turn(page, 0).get_by_role("heading", name="Bronnen")).to_have_count(1)
    for landmark in ("banner", "navigation", "main"):
        expect(page.get_by_role(landmark)).to_have_count(1)


def _heard(page: Page) -> list[str]:
    heard: list[str] = page.evaluate("window.heard")
    return heard


def _expect_heard(page: Page, words: str) -> None:
    page.wait_for_function("(words) => window.heard.includes(words)", arg=words)
