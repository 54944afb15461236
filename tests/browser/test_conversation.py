"""A conversation on the page."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.asking import (
    TWO_QUOTES,
    answered,
    ask,
    complete,
    delete_button,
    field,
    marker,
    open_source,
    opener,
    panel,
    source,
    threads,
    turn,
)
from tests.browser.conftest import Visit
from tests.browser.focus import has_focus
from tests.browser.site import Site

pytestmark = pytest.mark.browser

FIRST, SECOND = "€ 0,23 netto per kilometer", "€ 0,19 per kilometer"
IN_PDF = "Hoeveel kilo mag er aan een gele hijsband hangen?"
CLOSE = "Gaat het morgen regenen in Deventer?"
NOWHERE = "Wat is de hoofdstad van Australië?"


def test_vague_question_is_completed_by_a_click(site: Site, visit: Visit) -> None:
    """The page asks back and offers what it may be about; what is clicked is answered for what was asked first."""
    page = visit(site.url)
    first = answered(page, "en op zondag?")
    expect(first.get_by_text("Waar gaat je vraag over?")).to_be_visible()
    expect(first.get_by_role("heading", name="Gaat het hierover?")).to_be_visible()
    expect(first.get_by_role("button", name="Kopieer")).to_have_count(0)
    first.get_by_role("button", name="Vergoeding").click()
    complete(turn(page, 1))
    expect(source(turn(page, 1))).to_be_visible()


@pytest.mark.parametrize("by", ["button", "Enter"])
def test_question_is_sent(site: Site, visit: Visit, by: str) -> None:
    """By the button or by Enter, what was typed is asked, and the field is empty for the next question."""
    page, pace = visit(site.url), site.pace()
    question = pace.of(TWO_QUOTES)
    field(page).fill(question)
    if by == "Enter":
        field(page).press("Enter")
    else:
        page.get_by_role("button", name="Verstuur").click()
    expect(turn(page).get_by_text(question)).to_be_visible()
    expect(turn(page).get_by_text(re.compile(r"Ik (lees|zoek).*…"))).to_be_visible()
    expect(field(page)).to_have_value("")
    pace.open_all()
    expect(turn(page).get_by_text(FIRST)).to_be_visible()
    complete(turn(page))


def test_question_and_status_are_there_before_the_server_answers(site: Site, visit: Visit) -> None:
    """Somebody on a slow line sees at once that the question was taken, and that there is work on it."""
    page = visit(site.url)
    page.route("**/api/threads/*/turns/*", lambda _: None)  # the question stays on its way
    asked = ask(page, TWO_QUOTES)
    expect(asked.get_by_text(TWO_QUOTES)).to_be_visible()
    expect(asked.get_by_text("Ik lees je vraag…")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")


def test_shift_and_enter_begin_a_line(site: Site, visit: Visit) -> None:
    """A question of two lines can be written before it is sent."""
    page = visit(site.url)
    field(page).fill("Een")
    field(page).press("Shift+Enter")
    field(page).press_sequentially("twee")
    expect(field(page)).to_have_value("Een\ntwee")
    expect(page.get_by_role("article")).to_have_count(0)


def test_nothing_is_sent_without_a_question(site: Site, visit: Visit) -> None:
    """Enter in an empty field does nothing."""
    page = visit(site.url)
    field(page).fill("   ")
    field(page).press("Enter")
    expect(page.get_by_role("article")).to_have_count(0)
    expect(field(page)).to_be_focused()


def test_answer_grows(site: Site, visit: Visit) -> None:
    """The first quote can be read while the second is still being looked for."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    expect(asked.get_by_text("Ik zoek in")).to_be_visible()
    expect(asked.get_by_text(FIRST)).to_have_count(0)
    pace.open(1)
    expect(asked.get_by_text(FIRST)).to_be_visible()
    expect(asked.get_by_text(SECOND)).to_have_count(0)
    expect(asked).to_have_attribute("aria-busy", "true")
    pace.open(2)
    expect(asked.get_by_text(SECOND)).to_be_visible()
    complete(asked)
    expect(asked.get_by_role("heading", name="Bronnen")).to_be_visible()


def test_running_answer_is_stopped(site: Site, visit: Visit) -> None:
    """Stop ends it and says so; what was read stays, and the same question can be asked again with one click."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text(FIRST)).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    complete(asked)
    expect(asked.get_by_text("Gestopt. Stel je vraag gerust opnieuw.")).to_be_visible()
    expect(asked.get_by_text(FIRST)).to_be_visible()
    expect(asked.get_by_text(SECOND)).to_have_count(0)
    expect(page.get_by_role("button", name="Verstuur")).to_be_visible()
    pace.open_all()
    asked.get_by_role("button", name="Vraag opnieuw").click()
    expect(page.get_by_role("article")).to_have_count(2)
    expect(turn(page).get_by_text(SECOND)).to_be_visible()


def test_escape_stops_too(site: Site, visit: Visit) -> None:
    """Whoever types on can stop the answer without a mouse."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    field(page).press("Escape")
    expect(asked.get_by_text("Gestopt. Stel je vraag gerust opnieuw.")).to_be_visible()


def test_next_question_waits_for_the_answer(site: Site, visit: Visit) -> None:
    """What is typed while an answer runs stays in the field; Enter does not throw it away."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    field(page).fill("En met de trein?")
    field(page).press("Enter")
    expect(field(page)).to_have_value("En met de trein?")
    pace.open_all()
    complete(asked)
    field(page).press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)


def test_sources_are_cards(site: Site, visit: Visit) -> None:
    """Each source shows its title, its section, whose it is and how old; what is old stands out."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    expect(opener(asked, 1)).to_have_text("Reiskostenregeling 2025")
    expect(source(asked, 1)).to_contain_text("Woon-werkverkeer › Eigen auto, motor of scooter")
    expect(source(asked, 1)).to_contain_text("Petra Noordhof")
    expect(opener(asked, 2)).to_have_text("Reiskostenregeling 2023")
    age = source(asked, 2).get_by_text(re.compile(r"jaar geleden gewijzigd"))
    expect(age).to_be_visible()
    expect(age).to_have_css("border-radius", re.compile(r"[1-9]"))  # a badge, not only words


@pytest.mark.parametrize("way", [marker, opener])
def test_source_opens_at_the_passage(site: Site, visit: Visit, way: object) -> None:
    """The number in the text and the card open the document where the quoted words stand, highlighted."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    assert callable(way)
    opening: Locator = way(asked, 2)
    opening.click()
    expect(panel(page).get_by_role("heading", name="Reiskostenregeling 2023").first).to_be_visible()
    passage = panel(page).locator("#passage")
    expect(passage).to_contain_text("Voor reizen met de auto, motor of fiets krijg je € 0,19 per kilometer")
    expect(passage).to_be_in_viewport()
    assert _background(passage) != _background(panel(page).get_by_text("Openbaar vervoer").first)
    assert has_focus(panel(page))
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(opening).to_be_focused()


def test_document_is_closed_by_its_button(site: Site, visit: Visit) -> None:
    """With a mouse as well, and the focus goes back to the card."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    open_source(page, asked, 1).get_by_role("button", name="Sluit document").click()
    expect(panel(page)).to_be_hidden()
    expect(opener(asked, 1)).to_be_focused()


def test_passage_of_a_pdf_has_its_page(site: Site, visit: Visit) -> None:
    """On paper one finds it by the page: it stands on the card, in the panel and where the page begins."""
    page = visit(site.url)
    asked = answered(page, IN_PDF)
    expect(source(asked, 1)).to_contain_text("p. 4")
    shown = open_source(page, asked, 1)
    expect(shown.get_by_text("p. 4", exact=True)).to_have_count(2)
    expect(shown.locator(".passage").first).to_be_in_viewport()


def test_nearest_is_no_answer(site: Site, visit: Visit) -> None:
    """What may not answer the question is labelled as such, above what was found."""
    page = visit(site.url)
    asked = answered(page, CLOSE)
    expect(asked.get_by_text("Misschien dit")).to_be_visible()
    expect(asked.get_by_text("maar is misschien geen antwoord op je vraag")).to_be_visible()
    expect(asked.get_by_role("heading", name="Bronnen")).to_be_visible()


def test_nothing_found_names_the_nearest_documents(site: Site, visit: Visit) -> None:
    """Not found is said; the nearest documents can be opened, and what can be asked is offered."""
    page = visit(site.url)
    asked = answered(page, NOWHERE)
    expect(asked.get_by_text("Niet gevonden")).to_be_visible()
    expect(asked.get_by_text("geen antwoord gevonden in de documenten die je mag lezen")).to_be_visible()
    expect(asked.get_by_role("heading", name="Deze documenten komen het dichtst in de buurt")).to_be_visible()
    nearest = asked.get_by_role("button", name="Company profile Lindervaart")
    nearest.click()
    expect(panel(page).get_by_role("heading", name="Company profile Lindervaart").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(nearest).to_be_focused()
    expect(asked.get_by_role("heading", name="Vraag bijvoorbeeld")).to_be_visible()


def test_second_question_is_understood_by_the_first(site: Site, visit: Visit) -> None:
    """By itself nobody knows what is asked of part-timers; after a question about days off it is clear."""
    page = visit(site.url)
    answered(page, "Hoeveel vakantiedagen kan ik bijkopen?")
    follow_up = answered(page, "en als ik parttime werk?")
    expect(follow_up.get_by_text("Werk je parttime").first).to_be_visible()
    page.get_by_role("link", name="Nieuwe vraag").click()
    alone = answered(page, "en voor parttimers?")
    expect(alone.get_by_text("Waar gaat je vraag over?")).to_be_visible()


def test_offered_question_is_asked(site: Site, visit: Visit) -> None:
    """Under an answer stands what else could be asked; one click asks it."""
    page = visit(site.url)
    first = answered(page, TWO_QUOTES)
    expect(first.get_by_role("heading", name="Vraag verder")).to_be_visible()
    offered = first.get_by_role("button", name=re.compile(r"^Wat staat er over"))
    question = offered.first.inner_text()
    offered.first.click()
    expect(page.get_by_role("article")).to_have_count(2)
    expect(turn(page).get_by_text(question)).to_be_visible()
    complete(turn(page))
    expect(turn(page).get_by_role("heading", name="Bronnen")).to_be_visible()


def test_empty_page_suggests_questions(site: Site, visit: Visit) -> None:
    """Somebody new sees what can be asked and from how many documents; a click asks."""
    page = visit(site.url)
    expect(page.get_by_role("heading", name="Wat wil je weten?")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Ik zoek voor je in \d+ documenten"))).to_be_visible()
    page.get_by_role("button", name="Hoe meld ik me ziek?").click()
    expect(turn(page).get_by_text("Hoe meld ik me ziek?")).to_be_visible()
    complete(turn(page))
    expect(turn(page).get_by_role("heading", name="Bronnen")).to_be_visible()


def test_nobody_waits_for_an_answer_of_somebody_else(site: Site, visit: Visit) -> None:
    """However many answers are being made, and however slowly they are read, the next question is answered."""
    for _ in range(5):
        expect(ask(visit(site.url), site.pace().of(TWO_QUOTES)).get_by_text("Ik zoek in")).to_be_visible()
    asked = answered(visit(site.url), TWO_QUOTES)
    expect(asked.get_by_text(SECOND)).to_be_visible()


def test_reload_in_the_middle(site: Site, visit: Visit) -> None:
    """The answer goes on, and is complete on the page that was loaded anew."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text(FIRST)).to_be_visible()
    page.reload()
    expect(turn(page).get_by_text(FIRST)).to_be_visible()
    expect(turn(page)).to_have_attribute("aria-busy", "true")
    pace.open(2)
    expect(turn(page).get_by_text(SECOND)).to_be_visible()
    complete(turn(page))
    expect(opener(turn(page), 2)).to_be_visible()


def test_two_tabs(site: Site, visit: Visit) -> None:
    """The same conversation in two tabs: both see the answer grow and end."""
    page, pace = visit(site.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    page.wait_for_url("**/threads/*")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_text("Ik zoek in")).to_be_visible()
    pace.open_all()
    for tab in (asked, turn(other)):
        expect(tab.get_by_text(SECOND)).to_be_visible()
        complete(tab)


def test_thread_has_an_address(site: Site, visit: Visit) -> None:
    """Back and forward go through the conversations, and an address kept for later opens its own."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    first = page.url
    assert re.search(r"/threads/\w+$", first)
    page.get_by_role("link", name="Nieuwe vraag").click()
    answered(page, NOWHERE)
    second = page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Wat wil je weten?")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(first)
    expect(turn(page).get_by_text(FIRST)).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(second)
    expect(turn(page).get_by_text("Niet gevonden")).to_be_visible()
    page.goto(first)
    expect(turn(page).get_by_text(FIRST)).to_be_visible()
    expect(page).to_have_title(re.compile(f"^{re.escape(TWO_QUOTES)} . Kennisbot$"))


def test_thread_that_is_not_there(site: Site, visit: Visit) -> None:
    """An address of nobody's conversation says so, and leads to a new one."""
    page = visit(f"{site.url}/threads/{'0' * 32}")
    expect(page.get_by_role("heading", name="Dit gesprek is er niet")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Nieuwe vraag").click()
    expect(page.get_by_role("heading", name="Wat wil je weten?")).to_be_visible()


def test_answer_is_copied_with_its_sources(site: Site, visit: Visit) -> None:
    """What is pasted into a mail has the text, the numbers and where each comes from."""
    page = visit(site.url, permissions=["clipboard-read", "clipboard-write"])
    asked = answered(page, TWO_QUOTES)
    asked.get_by_role("button", name="Kopieer met bronnen").click()
    expect(asked.get_by_text("Gekopieerd")).to_be_visible()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert FIRST in copied
    assert "**Bronnen**" in copied
    assert "1. Reiskostenregeling 2025 › Woon-werkverkeer › Eigen auto, motor of scooter" in copied
    assert "onkosten/reiskosten-2025.md" in copied


def test_own_threads_are_searched(site: Site, visit: Visit) -> None:
    """A word finds the conversations that have it; where there are none, that is said."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    page.get_by_role("link", name="Nieuwe vraag").click()
    answered(page, NOWHERE)
    search = page.get_by_role("searchbox", name="Zoek in je gesprekken")
    links = threads(page).get_by_role("listitem").get_by_role("link")
    expect(links).to_have_text([NOWHERE, TWO_QUOTES])
    search.fill("kilometer")
    expect(links).to_have_text([TWO_QUOTES])
    search.fill("olifant")
    expect(threads(page).get_by_text("Geen gesprek gevonden. Probeer een ander woord.")).to_be_visible()
    search.fill("")
    expect(links).to_have_count(2)
    links.last.click()
    expect(turn(page).get_by_text(FIRST)).to_be_visible()


def test_thread_is_deleted(site: Site, visit: Visit) -> None:
    """After a question whether one is sure it is gone, also from its address; without a yes it stays."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    address = page.url
    links = threads(page).get_by_role("listitem").get_by_role("link")
    delete = delete_button(page, TWO_QUOTES)
    dialog = page.get_by_role("dialog", name="Dit gesprek verwijderen?")
    delete.click()
    dialog.get_by_role("button", name="Annuleer").click()
    expect(links).to_have_count(1)
    delete.click()
    dialog.get_by_role("button", name="Verwijder").click()
    expect(dialog).to_be_hidden()
    expect(links).to_have_count(0)
    expect(page.get_by_role("heading", name="Wat wil je weten?")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="Dit gesprek is er niet")).to_be_visible()


def test_feedback_is_kept(site: Site, visit: Visit) -> None:
    """A thumb up is still there after a reload, and pressing it again takes it back for good."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    up = page.get_by_role("button", name="Dit hielp", exact=True)
    up.click()
    expect(turn(page).get_by_text("Bedankt!")).to_be_visible()
    expect(up).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(up).to_have_attribute("aria-pressed", "true")
    up.click()
    expect(turn(page).get_by_text("Je oordeel is ingetrokken")).to_be_visible()
    page.reload()
    expect(up).to_have_attribute("aria-pressed", "false")


def test_feedback_has_a_reason(site: Site, visit: Visit) -> None:
    """A thumb down counts at once, asks what was wrong, and takes a reason and a comment."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    down = asked.get_by_role("button", name="Dit hielp niet")
    down.click()
    expect(asked.get_by_text("Genoteerd")).to_be_visible()
    form = asked.get_by_role("group", name="Wat klopt er niet?")
    form.get_by_label("De bron is verouderd").check()
    asked.get_by_label("Toelichting (hoeft niet)").fill("De regeling van 2026 ontbreekt.")
    asked.get_by_role("button", name="Verstuur").click()
    expect(asked.get_by_text("Bedankt!")).to_be_visible()
    expect(form).to_be_hidden()
    expect(down).to_be_focused()
    kept = page.request.get(page.url.replace("/threads/", "/api/threads/")).json()
    said = {"helpful": False, "reason": "outdated", "comment": "De regeling van 2026 ontbreekt."}
    assert kept["thread"]["turns"][0]["feedback"] == said
    page.reload()
    expect(turn(page).get_by_role("button", name="Dit hielp niet")).to_have_attribute("aria-pressed", "true")


def test_feedback_can_stay_without_a_reason(site: Site, visit: Visit) -> None:
    """Whoever does not want to explain presses Escape; the thumb stays down, and up turns it round."""
    page = visit(site.url)
    asked = answered(page, TWO_QUOTES)
    down = asked.get_by_role("button", name="Dit hielp niet")
    down.click()
    expect(asked.get_by_label("Het antwoord is onjuist")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked.get_by_role("group", name="Wat klopt er niet?")).to_be_hidden()
    expect(down).to_have_attribute("aria-pressed", "true")
    asked.get_by_role("button", name="Dit hielp", exact=True).click()
    expect(down).to_have_attribute("aria-pressed", "false")


def test_question_that_can_not_be_sent(handbook: Site, visit: Visit) -> None:
    """With no server there is no answer, and no lost question: it is back in the field, with why."""
    page = visit(handbook.url)
    handbook.kill()
    ask(page, "Hoeveel vakantiedagen heb ik?")
    expect(page.get_by_role("alert").filter(has_text="Ik kan de server niet bereiken.")).to_be_visible()
    expect(field(page)).to_have_value("Hoeveel vakantiedagen heb ik?")
    expect(page.get_by_role("article")).to_have_count(0)
    handbook.start()
    field(page).press("Enter")
    complete(turn(page))
    expect(turn(page).get_by_text("27 vakantiedagen")).to_be_visible()


def test_draft_is_kept(site: Site, visit: Visit) -> None:
    """Half a question survives a reload and a look at another conversation, each its own."""
    page = visit(site.url)
    answered(page, TWO_QUOTES)
    field(page).fill("En als ik carpool")
    page.get_by_role("link", name="Nieuwe vraag").click()
    expect(field(page)).to_have_value("")
    field(page).fill("Iets heel anders")
    page.reload()
    expect(field(page)).to_have_value("Iets heel anders")
    threads(page).get_by_role("listitem").get_by_role("link").click()
    expect(field(page)).to_have_value("En als ik carpool")


def test_question_that_is_too_long(site: Site, visit: Visit) -> None:
    """It is not sent and not cut: the page says how long it may be and how long it is."""
    page = visit(site.url)
    long = "waarom " * 600
    field(page).fill(long)
    expect(page.get_by_text(re.compile(r"4\.200 van 4\.000 tekens"))).to_be_visible()
    field(page).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Je vraag is te lang: er passen 4.000 tekens in.")).to_be_visible()
    expect(field(page)).to_have_value(long)
    expect(page.get_by_role("article")).to_have_count(0)


def test_long_question_that_fits(site: Site, visit: Visit) -> None:
    """It is shown folded, so that its answer is in sight, and can be read whole."""
    page = visit(site.url)
    asked = answered(page, f"{TWO_QUOTES} {'Ik vraag het voor een collega. ' * 40}")
    asked.get_by_role("button", name="Toon de hele vraag").click()
    expect(asked.get_by_role("button", name="Toon minder")).to_have_attribute("aria-expanded", "true")


def _background(place: Locator) -> str:
    background: str = place.evaluate("node => getComputedStyle(node).backgroundColor")
    return background
