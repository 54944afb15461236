"""Connections that are lost, and servers that end, in the middle of an answer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import TWO_QUOTES, ask, complete, field, turn
from tests.browser.conftest import Visit
from tests.browser.line import Line, line_to
from tests.browser.site import Site

pytestmark = pytest.mark.browser

FIRST, SECOND = "€ 0,23 netto per kilometer", "€ 0,19 per kilometer"
OFFLINE = "Geen verbinding. Ik probeer het opnieuw…"


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    with line_to(site.url) as line:
        yield line


def test_answer_survives_a_lost_connection(site: Site, line: Line, visit: Visit) -> None:
    """A bar says that there is no connection; once there is one again the answer goes on by itself."""
    page, pace = visit(line.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text(FIRST)).to_be_visible()
    line.cut()
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    expect(asked.get_by_text(FIRST)).to_be_visible()
    pace.open_all()  # the server goes on while nobody can see it
    line.mend()
    expect(asked.get_by_text(SECOND)).to_be_visible()
    complete(asked)
    expect(page.get_by_text(OFFLINE)).to_be_hidden()
    expect(page.get_by_role("article")).to_have_count(1)


def test_short_loss_is_not_shown(site: Site, line: Line, visit: Visit) -> None:
    """A connection that breaks and is there again is nothing that anybody has to know of."""
    page, pace = visit(line.url), site.pace()
    asked = ask(page, pace.of(TWO_QUOTES))
    pace.open(1)
    expect(asked.get_by_text(FIRST)).to_be_visible()
    line.cut()
    line.mend()
    pace.open_all()
    expect(asked.get_by_text(SECOND)).to_be_visible()
    complete(asked)
    expect(page.get_by_text(OFFLINE)).to_be_hidden()


def test_question_without_a_connection(line: Line, visit: Visit) -> None:
    """It is back in the field with a word of why, and Enter sends it once there is a connection: once only."""
    page = visit(line.url)
    line.cut()
    ask(page, TWO_QUOTES)
    expect(page.get_by_role("alert").filter(has_text="Ik kan de server niet bereiken.")).to_be_visible()
    expect(field(page)).to_have_value(TWO_QUOTES)
    line.mend()
    field(page).press("Enter")
    complete(turn(page))
    expect(turn(page).get_by_text(FIRST)).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)


def test_network_of_the_browser_is_gone(site: Site, visit: Visit) -> None:
    """A browser that knows it is offline shows the bar, and takes it away when it is back."""
    page = visit(site.url)
    page.context.set_offline(True)
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(OFFLINE)).to_be_hidden()


def test_server_that_was_killed(handbook: Site, visit: Visit) -> None:
    """Killed in the middle and started again: the page says that the answer broke off, and offers to ask again."""
    page, pace = visit(handbook.url), handbook.pace()
    asked = ask(page, pace.of("Hoeveel vakantiedagen heb ik?"))
    expect(asked.get_by_text("Ik zoek in")).to_be_visible()
    handbook.kill()
    handbook.start()
    expect(asked.get_by_text("Afgebroken")).to_be_visible()
    expect(asked.get_by_text("De server stopte voordat dit antwoord klaar was.")).to_be_visible()
    pace.open_all()
    asked.get_by_role("button", name="Vraag opnieuw").click()
    _expect_answer(page, 2)


def test_server_that_was_killed_and_a_page_opened_later(handbook: Site, visit: Visit) -> None:
    """The conversation of before is there, with what came of it."""
    page, pace = visit(handbook.url), handbook.pace()
    asked = ask(page, pace.of("Hoeveel vakantiedagen heb ik?"))
    expect(asked.get_by_text("Ik zoek in")).to_be_visible()
    handbook.kill()
    handbook.start()
    page.reload()
    expect(turn(page).get_by_text("Afgebroken")).to_be_visible()


def test_server_that_is_stopped(handbook: Site, visit: Visit) -> None:
    """An administrator's stop lets the answer end first."""
    page, pace = visit(handbook.url), handbook.pace()
    asked = ask(page, pace.of("Hoeveel vakantiedagen heb ik?"))
    expect(asked.get_by_text("Ik zoek in")).to_be_visible()
    assert handbook.stop() == 0
    complete(asked)
    expect(asked.get_by_text("27 vakantiedagen")).to_be_visible()


def _expect_answer(page: Page, turns: int) -> None:
    expect(page.get_by_role("article")).to_have_count(turns)
    complete(turn(page))
    expect(turn(page).get_by_text("27 vakantiedagen")).to_be_visible()
