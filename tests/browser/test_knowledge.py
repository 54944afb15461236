"""The administrator's page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.administering import card, news, open_knowledge, overview, sign_in
from tests.browser.company import COFFEE, HALF_BROKEN, SALARIES, SOURCE, company, put
from tests.browser.conftest import Visit
from tests.browser.site import ADMIN_TOKEN, Site, serving

pytestmark = pytest.mark.browser

_WATCH_PROGRESS = """
    () => {
      window.shown = [];
      const look = () => {
        const bar = document.querySelector("progress");
        if (bar) window.shown.push(bar.getAttribute("aria-label"));
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    }
"""


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A company of which two documents are broken and one is for few."""
    folder = company(tmp_path_factory.mktemp("troubled") / "company", {**HALF_BROKEN, "salarissen.md": SALARIES})
    with serving(folder) as site:
        yield site


def test_without_a_code_there_is_no_knowledge(site: Site, visit: Visit) -> None:
    """Whoever is no administrator comes to the page to sign in, and is told why; a wrong code is refused."""
    page = visit(f"{site.url}/knowledge")
    expect(page).to_have_url(f"{site.url}/sign-in?next=/knowledge")
    expect(page.get_by_text("De kennispagina is voor beheerders. Log in met de beheercode.")).to_be_visible()
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    sign_in(page, "a-wrong-code-altogether")
    expect(page.get_by_role("alert")).to_have_text(
        "Die code klopt niet. Controleer of je hem helemaal hebt overgenomen."
    )
    expect(page.get_by_label("Code", exact=True)).to_have_value("")
    sign_in(page, ADMIN_TOKEN)
    expect(page).to_have_url(f"{site.url}/knowledge")
    expect(page.get_by_role("heading", name="Kennis", level=1)).to_be_visible()


def test_code_can_be_looked_at(site: Site, visit: Visit) -> None:
    """Who types a long code may see what they type."""
    page = visit(f"{site.url}/sign-in")
    page.get_by_label("Code", exact=True).fill("what-i-typed")
    page.get_by_role("button", name="Toon code").click()
    expect(page.get_by_label("Code", exact=True)).to_have_attribute("type", "text")


def test_sign_out(site: Site, visit: Visit) -> None:
    """After signing out the page is closed again."""
    page = open_knowledge(visit, site)
    page.get_by_role("button", name="Voorkeuren").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Uitloggen").click()
    page.goto(f"{site.url}/knowledge")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_only_an_administrator_sees_the_way(site: Site, visit: Visit) -> None:
    """The link to the knowledge page is there for who may open it."""
    page = visit(site.url)
    expect(page.get_by_role("navigation", name=re.compile("^Pagina"))).to_have_count(0)
    page = open_knowledge(visit, site)
    page.get_by_role("link", name="Gesprek", exact=True).click()
    page.get_by_role("link", name="Kennis", exact=True).click()
    expect(page.get_by_role("heading", name="Kennis", level=1)).to_be_visible()


def test_all_is_well(site: Site, visit: Visit) -> None:
    """One sentence says so; beside it are how much there is and when it was synced."""
    page = open_knowledge(visit, site)
    expect(page.get_by_text("Alles is bijgewerkt")).to_be_visible()
    expect(overview(page)).to_contain_text(re.compile(r"Documenten\s*59"))
    expect(card(page, "lindervaart")).to_contain_text("Bijgewerkt")
    expect(card(page, "lindervaart")).to_contain_text(re.compile(r"Documenten\s*59"))
    expect(news(page)).to_contain_text("Synced, nothing new: 58 documents are up to date.")


def test_documents_are_filtered_and_searched(site: Site, visit: Visit) -> None:
    """By a word in the title, and by their state; a reload shows the same."""
    page = open_knowledge(visit, site)
    page.get_by_role("link", name="Documenten van lindervaart").click()
    rows = page.get_by_role("row")
    expect(page.get_by_role("main").get_by_text("De eerste 50 documenten")).to_be_visible()
    page.get_by_role("button", name="Meer documenten").click()
    expect(page.get_by_role("main").get_by_text("59 documenten")).to_be_visible()
    page.get_by_role("searchbox", name="Zoek op titel of id").fill("reiskosten")
    expect(page.get_by_role("main").get_by_text("2 documenten")).to_be_visible()
    expect(rows).to_have_count(3)  # with the heads
    page.reload()
    expect(page.get_by_role("main").get_by_text("2 documenten")).to_be_visible()
    page.get_by_role("searchbox", name="Zoek op titel of id").fill("olifant")
    expect(page.get_by_role("main").get_by_text("Geen document met")).to_be_visible()
    page.get_by_role("searchbox", name="Zoek op titel of id").fill("")
    page.get_by_role("radio", name="Niemand leest").check()
    expect(page.get_by_role("main").get_by_text("Elk document heeft iemand die het mag lezen")).to_be_visible()


def test_who_reads_what(site: Site, visit: Visit) -> None:
    """Each row names who may read the document."""
    page = open_knowledge(visit, site)
    page.goto(f"{site.url}/knowledge?source=lindervaart&search=salaris")
    row = page.get_by_role("row").filter(has_text="Salarisschalen en loonronde 2025")
    expect(row.get_by_role("listitem")).to_have_text(["hr"])
    page.goto(f"{site.url}/knowledge?source=lindervaart&search=pensioen")
    row = page.get_by_role("row").filter(has_text="Pensioen bij Lindervaart")
    expect(row.get_by_role("listitem")).to_have_text(["alle medewerkers"])


def test_document_with_its_chunks(site: Site, visit: Visit) -> None:
    """What is searched stands beside what readers see; back leads to the same list."""
    page = open_knowledge(visit, site)
    page.goto(f"{site.url}/knowledge?source=lindervaart&search=veiligheidshandboek")
    page.get_by_role("link", name="Veiligheidshandboek werkplaats").click()
    expect(page.get_by_role("heading", name="Veiligheidshandboek werkplaats", level=1)).to_be_focused()
    chunks = page.get_by_role("region", name=re.compile(r"\d+ fragmenten"))
    expect(chunks.get_by_text("Hijsbanden herkennen").first).to_be_visible()
    expect(chunks.get_by_text(re.compile(r"^p\. 4 · [\d.]+ tekens")).first).to_be_visible()
    whole = page.get_by_role("region", name="Zoals lezers het zien")
    expect(whole.get_by_text("Hijsbanden herkennen").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("searchbox", name="Zoek op titel of id")).to_have_value("veiligheidshandboek")
    expect(page.get_by_role("link", name="Veiligheidshandboek werkplaats")).to_be_focused()


def test_failures_have_reasons(troubled: Site, visit: Visit) -> None:
    """What can't be read is counted, named, and explained with what to do; the others are there."""
    page = open_knowledge(visit, troubled)
    expect(page.get_by_text("1 bron vraagt aandacht")).to_be_visible()
    expect(card(page, SOURCE)).to_contain_text("Vraagt aandacht")
    page.get_by_text("2 documenten kunnen niet gelezen worden").click()
    failing = card(page, SOURCE).get_by_role("listitem")
    expect(failing.filter(has_text="handleiding.pdf")).to_be_visible()
    expect(failing.filter(has_text="jaarplan.pdf")).to_be_visible()
    expect(card(page, SOURCE).get_by_text("Wat je kunt doen:")).to_be_visible()
    expect(card(page, SOURCE)).to_contain_text("It is cut off: the end of the file is missing.")


def test_sync_is_watched_to_its_end(handbook: Site, visit: Visit) -> None:
    """New documents: a press on the button, a bar that fills, a line of news, and the new count; without a reload."""
    page = open_knowledge(visit, handbook)
    expect(news(page)).to_contain_text("Synced, nothing new: 4 documents are up to date.")
    for number in range(12):
        put(handbook.folder, f"ruimte-{number}.md", _room(number))
    page.evaluate(_WATCH_PROGRESS)
    page.get_by_role("button", name=f"Synchroniseer nu: {SOURCE}").click()
    expect(news(page)).to_contain_text(re.compile(r"Synced in .*; documents: 12 added\."))
    expect(card(page, SOURCE)).to_contain_text(re.compile(r"Documenten\s*16"))
    assert f"Voortgang van {SOURCE}" in page.evaluate("window.shown")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name=f"Synchroniseer nu: {SOURCE}")).to_be_enabled()


def test_sync_that_fails_says_why(handbook: Site, visit: Visit) -> None:
    """The folder is gone: the page names what is wrong and what to do, and what is indexed can still be seen."""
    page = open_knowledge(visit, handbook)
    documents = handbook.folder / "documents"
    documents.rename(Path(f"{documents}-away"))
    page.get_by_role("button", name=f"Synchroniseer nu: {SOURCE}").click()
    expect(page.get_by_text("De laatste synchronisatie is mislukt")).to_be_visible()
    expect(card(page, SOURCE).get_by_text("Wat je kunt doen:")).to_be_visible()
    expect(card(page, SOURCE)).to_contain_text("Mislukt")
    expect(card(page, SOURCE)).to_contain_text(re.compile(r"Documenten\s*4"))


def test_document_that_is_gone(site: Site, visit: Visit) -> None:
    """An old link says that there is no such document, and leads back."""
    page = open_knowledge(visit, site)
    page.goto(f"{site.url}/knowledge?document=no/such/document")
    main = page.get_by_role("main")
    expect(main.get_by_text("Dit document staat niet (meer) in de index.")).to_be_visible()
    main.get_by_role("link", name="Kennis").last.click()
    expect(page).to_have_url(f"{site.url}/knowledge")


def _room(number: int) -> str:
    return f"{COFFEE.replace('Koffie', f'Ruimte {number}')}\nIn ruimte {number} passen {number + 2} mensen.\n"
