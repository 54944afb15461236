"""Where the focus is, where Tab takes it, and whether one sees it."""

from playwright.sync_api import Locator, Page, expect

_MOST_STOPS = 80
"""More presses of Tab than any of the pages here has places to stop at."""

_SHOWS_FOCUS = """
    node => {
      const seen = () => {
        const around = (part) => [part, part.parentElement, ...part.children];
        const parts = [node, ...(node.labels ?? [])].flatMap(around).filter(Boolean);
        const looks = (part) => [getComputedStyle(part), getComputedStyle(part, "::after")];
        return parts.flatMap(looks).map(({ outlineStyle, outline, outlineOffset, boxShadow, borderColor }) =>
          [outlineStyle === "none" ? "" : outline + outlineOffset, boxShadow, borderColor].join()).join(";");
      };
      const focused = seen();
      const { activeElement } = document;
      activeElement.blur();
      const plain = seen();
      activeElement.focus({ preventScroll: true, focusVisible: true });
      return focused !== plain;
    }
"""


def tab_to(page: Page, target: Locator) -> None:
    _press_until_focused(page, "Tab", target)


def tab_back_to(page: Page, target: Locator) -> None:
    _press_until_focused(page, "Shift+Tab", target)


def _press_until_focused(page: Page, key: str, target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(_MOST_STOPS):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never comes to {target}")


def tab_stops(page: Page) -> list[tuple[str, bool]]:
    """Return where Tab stops from the top of the page until it leaves it, and whether one sees that."""
    page.get_by_role("link", name="Naar de inhoud").focus()
    stops: list[tuple[str, bool]] = []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if is_lost(page):
            return stops
        focused = page.locator(":focus")
        stops.append((focused.evaluate("node => node.outerHTML.slice(0, 160)"), focused.evaluate(_SHOWS_FOCUS)))
    raise AssertionError("Tab never leaves the page")


def is_lost(page: Page) -> bool:
    lost: bool = page.evaluate("document.activeElement === document.body || document.activeElement === null")
    return lost


def has_focus(place: Locator) -> bool:
    inside: bool = place.evaluate("node => node.contains(document.activeElement)")
    return inside
