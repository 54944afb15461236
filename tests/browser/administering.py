"""What an administrator does on the knowledge page."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.site import ADMIN_TOKEN, Site


def sign_in(page: Page, token: str) -> None:
    """Fill in a code and send it."""
    page.get_by_label("Code", exact=True).fill(token)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()


def open_knowledge(visit: Callable[[str], Page], site: Site) -> Page:
    """Come to the knowledge page as an administrator."""
    page = visit(f"{site.url}/knowledge")
    sign_in(page, ADMIN_TOKEN)
    return page


def overview(page: Page) -> Locator:
    """Return all that is shown of the sources."""
    return page.get_by_role("main")


def card(page: Page, source: str) -> Locator:
    """Return what is shown of a source."""
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=source, exact=True))


def news(page: Page) -> Locator:
    """Return what the syncs did."""
    return page.get_by_role("region", name="Laatste gebeurtenissen")
