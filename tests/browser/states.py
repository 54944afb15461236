"""What each page can look like: the states that are checked for accessibility, and that pictures are made of."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.administering import card, sign_in
from tests.browser.asking import (
    TWO_QUOTES,
    answered,
    ask,
    delete_button,
    field,
    open_preferences,
    open_source,
    panel,
    threads,
)
from tests.browser.company import FOR_NOBODY, HALF_BROKEN, NO_SOURCES, SOURCE, WELL, company, without_embedder
from tests.browser.site import ADMIN_TOKEN, Site, indexed_sample, serving

Arrange = Callable[[Page, Site], None]
"""Brings a page that a new visitor opened into a state."""


@dataclass(frozen=True)
class State:
    """`company`: on whose pages it is; `only`: "phone" where it is on narrow screens alone."""

    name: str
    arrange: Arrange
    company: str = "sample"
    only: str = ""


class Sites:
    """Serves the companies whose pages are looked at, each from when it is first asked for."""

    def __init__(self, folder: Path, ends: ExitStack) -> None:
        self._folder = folder
        self._ends = ends
        self._sites: dict[str, Site] = {}

    def put(self, name: str, site: Site) -> None:
        """Use a site that is served already."""
        self._sites[name] = site

    def get(self, name: str) -> Site:
        """Return the site of a company of `_COMPANIES`."""
        if name not in self._sites:
            found, environment = _COMPANIES[name]
            folder = found(self._folder / name)
            self._sites[name] = self._ends.enter_context(serving(folder, environment(self._folder / f"{name}-python")))
        return self._sites[name]


@contextmanager
def sites(folder: Path) -> Iterator[Sites]:
    """Have sites, until the end of the block."""
    with ExitStack() as ends:
        yield Sites(folder, ends)


def _as_it_is(_: Path) -> dict[str, str]:
    return {}


_COMPANIES: dict[str, tuple[Callable[[Path], Path], Callable[[Path], dict[str, str]]]] = {
    "sample": (indexed_sample, _as_it_is),
    "handbook": (partial(company, documents=WELL), _as_it_is),
    "troubled": (partial(company, documents=HALF_BROKEN, settings=FOR_NOBODY), _as_it_is),
    "nothing": (partial(company, documents={}, settings=NO_SOURCES), _as_it_is),
    "failing": (partial(company, documents=HALF_BROKEN), without_embedder),
}


def _empty(page: Page, _: Site) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _running(page: Page, site: Site) -> None:
    asked = ask(page, site.pace().of(TWO_QUOTES))
    expect(asked.get_by_text("Ik zoek in")).to_be_visible()


def _growing(page: Page, site: Site) -> None:
    pace = site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text("€ 0,23 netto per kilometer")).to_be_visible()


def _asked(question: str) -> Arrange:
    def arrange(page: Page, _: Site) -> None:
        answered(page, question)

    return arrange


def _conversation(page: Page, _: Site) -> None:
    answered(page, TWO_QUOTES)
    answered(page, "en in 2023?")


def _document(page: Page, _: Site) -> None:
    open_source(page, answered(page, TWO_QUOTES))


def _pdf(page: Page, _: Site) -> None:
    open_source(page, answered(page, "Hoeveel kilo mag er aan een gele hijsband hangen?"))


def _document_failed(page: Page, _: Site) -> None:
    asked = answered(page, TWO_QUOTES)
    page.route("**/citations/*", lambda route: route.abort())
    asked.get_by_role("listitem").filter(has_text="Bron 1:").get_by_role("button").click()
    expect(panel(page).get_by_role("heading", name="Het document laadt niet")).to_be_visible()


def _stopped(page: Page, site: Site) -> None:
    _running(page, site)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Gestopt. Stel je vraag gerust opnieuw.")).to_be_visible()


def _interrupted(page: Page, site: Site) -> None:
    asked = ask(page, site.pace().of("Hoeveel vakantiedagen heb ik?"))
    expect(asked.get_by_text("Ik zoek in")).to_be_visible()
    site.kill()
    site.start()
    expect(asked.get_by_text("Afgebroken")).to_be_visible()


def _feedback(page: Page, _: Site) -> None:
    asked = answered(page, TWO_QUOTES)
    asked.get_by_role("button", name="Dit hielp niet").click()
    expect(asked.get_by_label("Het antwoord is onjuist")).to_be_focused()


def _no_thread_found(page: Page, _: Site) -> None:
    answered(page, TWO_QUOTES)
    if not threads(page).is_visible():
        page.get_by_role("button", name="Gesprekken").click()
    page.get_by_role("searchbox").fill("olifant")
    expect(threads(page).get_by_text("Geen gesprek gevonden. Probeer een ander woord.")).to_be_visible()


def _threads(page: Page, _: Site) -> None:
    answered(page, TWO_QUOTES)
    page.get_by_role("button", name="Gesprekken").click()
    expect(threads(page).get_by_role("link", name=TWO_QUOTES)).to_be_visible()


def _delete(page: Page, site: Site) -> None:
    answered(page, TWO_QUOTES)
    if not threads(page).is_visible():
        _show_threads(page, site)
    delete_button(page, TWO_QUOTES).click()
    expect(page.get_by_role("dialog", name="Dit gesprek verwijderen?")).to_be_visible()


def _show_threads(page: Page, _: Site) -> None:
    page.get_by_role("button", name="Gesprekken").click()
    expect(threads(page)).to_be_visible()


def _help(page: Page, _: Site) -> None:
    page.get_by_role("button", name="Hulp").click()
    expect(page.get_by_role("dialog", name="Hulp")).to_be_visible()


def _preferences(page: Page, _: Site) -> None:
    expect(open_preferences(page)).to_be_visible()


def _offline(page: Page, _: Site) -> None:
    answered(page, TWO_QUOTES)
    page.context.set_offline(True)
    expect(page.get_by_text("Geen verbinding. Ik probeer het opnieuw…")).to_be_visible()


def _unsent(page: Page, _: Site) -> None:
    page.route("**/turns/*", lambda route: route.abort())
    ask(page, TWO_QUOTES)
    expect(page.get_by_role("alert").filter(has_text="Ik kan de server niet bereiken.")).to_be_visible()


def _too_long(page: Page, _: Site) -> None:
    field(page).fill("waarom " * 600)
    field(page).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Je vraag is te lang")).to_be_visible()


def _at(path: str, heading: str) -> Arrange:
    def arrange(page: Page, site: Site) -> None:
        page.goto(f"{site.url}{path}")
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()

    return arrange


def _sign_in_wrong(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-in?next=/knowledge")
    sign_in(page, "a-wrong-code-altogether")
    expect(page.get_by_role("alert")).to_be_visible()


def _knowledge(path: str, shown: str) -> Arrange:
    def arrange(page: Page, site: Site) -> None:
        page.goto(f"{site.url}/knowledge")
        sign_in(page, ADMIN_TOKEN)
        page.goto(f"{site.url}/knowledge{path}")
        expect(page.get_by_role("main").get_by_text(shown).first).to_be_visible()

    return arrange


def _failing(page: Page, site: Site) -> None:
    _knowledge("", "1 bron vraagt aandacht")(page, site)
    page.get_by_text("2 documenten kunnen niet gelezen worden").click()
    expect(card(page, SOURCE).get_by_text("jaarplan.pdf").first).to_be_visible()


def _knowledge_failed(page: Page, site: Site) -> None:
    page.route("**/api/knowledge/sources/*/documents*", lambda route: route.abort())
    _knowledge("?source=lindervaart", "Ik kan de server niet bereiken.")(page, site)


STATES = (
    State("empty", _empty),
    State("empty-nothing", _empty, "nothing"),
    State("running", _running),
    State("growing", _growing),
    State("answered", _asked(TWO_QUOTES)),
    State("answered-table", _asked("Wat kost een Plus-contract voor een PX-machine in België?")),
    State("answered-english", _asked("What is the maximum hotel price per night in London?")),
    State("conversation", _conversation),
    State("document", _document),
    State("document-pdf", _pdf),
    State("document-failed", _document_failed),
    State("closest", _asked("Gaat het morgen regenen in Deventer?")),
    State("not-found", _asked("Wat is de hoofdstad van Australië?")),
    State("failed", _asked("Hoeveel vakantiedagen heb ik?"), "failing"),
    State("stopped", _stopped),
    State("interrupted", _interrupted, "handbook"),
    State("feedback", _feedback),
    State("search-nothing", _no_thread_found),
    State("threads", _threads, only="phone"),
    State("delete", _delete),
    State("help", _help),
    State("preferences", _preferences),
    State("offline", _offline),
    State("unsent", _unsent),
    State("too-long", _too_long),
    State("thread-missing", _at(f"/threads/{'0' * 32}", "Dit gesprek is er niet")),
    State("sign-in", _at("/sign-in", "Inloggen")),
    State("sign-in-wrong", _sign_in_wrong),
    State("error-404", _at("/nowhere", "Deze pagina is er niet")),
    State("knowledge", _knowledge("", "Alles is bijgewerkt")),
    State("knowledge-failing", _failing, "troubled"),
    State("knowledge-empty", _knowledge("", "Er zijn nog geen bronnen"), "nothing"),
    State("knowledge-documents", _knowledge("?source=lindervaart", "De eerste 50 documenten")),
    State("knowledge-documents-nothing", _knowledge("?source=lindervaart&search=olifant", "Geen document met")),
    State(
        "knowledge-document", _knowledge("?document=lindervaart/verlof/vakantiedagen-2025.md", "Deze pagina vervangt")
    ),
    State("knowledge-failed", _knowledge_failed),
)
