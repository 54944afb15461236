"""The sign-in page and the error page say what to do, also where no script runs."""

import pytest
from bs4 import BeautifulSoup, Tag

from bot.adapters.web.page_templates import PageTemplates
from bot.locales import Texts

LANGUAGES = ("nl", "en")
TEMPLATES = PageTemplates(Texts(LANGUAGES, "web"), "/static/1234")
STATUSES = (400, 401, 403, 404, 405, 413, 421, 429, 500, 502, 503)

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_status = pytest.mark.parametrize("status", STATUSES)


def page(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def sign_in(language: str = "en", *, to: str = "/", message: str = "") -> BeautifulSoup:
    return page(TEMPLATES.render("sign_in.html", language, next=to, message=message))


def error(language: str, status: int, message: str = "", reference: str = "") -> BeautifulSoup:
    return page(TEMPLATES.failure(language, status, message, reference))


def one(found: BeautifulSoup, selector: str) -> Tag:
    (tag,) = found.select(selector)
    return tag


@each_language
def test_form_works_as_it_comes(language: str) -> None:
    """A browser without scripts sends the code and where to go on to; nothing that needs one is shown."""
    found = sign_in(language, to="/knowledge")
    form = one(found, "form")
    fields = {str(field["name"]): field.get("value") for field in form.select("input")}
    assert (form["method"], form["action"], fields) == ("post", "/sign-in", {"next": "/knowledge", "token": None})
    assert one(found, "#token")["autocomplete"] == "current-password"
    assert one(found, "#show-code").has_attr("hidden")
    assert all(button.has_attr("hidden") or button.get("type") != "button" for button in form.select("button"))


def test_wrong_code_is_said_at_the_field() -> None:
    """Also to who hears the page: at once, and again when the field is reached."""
    found = sign_in(message="That code is not right.")
    field, message = one(found, "#token"), one(found, "[role=alert]")
    assert message.get_text(strip=True) == "That code is not right."
    assert (field["aria-describedby"], field["aria-invalid"]) == (message["id"], "true")


def test_first_visit_shows_no_error() -> None:
    """The field is not wrong before anything was typed."""
    found = sign_in()
    assert found.select("[role=alert]") == []
    assert not one(found, "#token").has_attr("aria-invalid")


def test_who_wants_the_knowledge_page_is_told_which_code_it_takes() -> None:
    """There are two, and the other one would not help."""
    assert "admin code" in one(sign_in(to="/knowledge"), ".lead").get_text()
    assert "admin code" not in one(sign_in(to="/"), ".lead").get_text()


def test_address_to_go_on_to_can_not_become_markup() -> None:
    """Whoever made a link to the page does not write in it."""
    found = sign_in(to='"><script>alert(1)</script>')
    assert one(found, "input[name=next]")["value"] == '"><script>alert(1)</script>'
    assert [script.get("src") for script in found.select("script")] == ["/static/1234/sign_in.js"]


@each_language
@each_status
def test_error_says_what_happened_what_to_do_and_the_way_on(language: str, status: int) -> None:
    """Nobody ends at a page that leads nowhere; it needs no script at all."""
    found = error(language, status)
    title = one(found, "h1").get_text()
    assert title
    assert one(found, "title").get_text().startswith(title)
    assert one(found, ".lead").get_text(strip=True)
    assert "/" in [link["href"] for link in found.select("main a")]
    assert found.select("script") == []


@pytest.mark.parametrize(("status", "helps"), [(401, True), (403, True), (404, False), (500, False)])
def test_signing_in_is_offered_where_it_helps(status: int, *, helps: bool) -> None:
    """A page that is not there is not there for administrators either."""
    assert bool(error("en", status).select('main a[href="/sign-in"]')) is helps


def test_server_knows_better_than_the_status() -> None:
    """What it says stands in the place of the general advice."""
    assert one(error("en", 404, "This document is gone."), ".lead").get_text() == "This document is gone."


def test_reference_can_be_handed_on() -> None:
    """It stands by itself, to be copied; there is no empty place where there is none."""
    assert one(error("en", 500, reference="7f3a9c21"), ".reference code").get_text() == "7f3a9c21"
    assert error("en", 500).select(".reference") == []


@pytest.mark.parametrize("found", [sign_in(), error("en", 404)], ids=["sign-in", "error"])
def test_nothing_needs_what_the_page_forbids_itself(found: BeautifulSoup) -> None:
    """Styles and scripts come from files only."""
    assert found.select("style, [style], script:not([src])") == []
    assert [tag for tag in found.find_all() if any(name.startswith("on") for name in tag.attrs)] == []
