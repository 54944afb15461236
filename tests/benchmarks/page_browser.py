"""The page in a real Chromium: what it weighs, when it paints, how much it moves, and when an answer is seen."""

from collections.abc import Sequence
from importlib.util import find_spec
from statistics import median
from typing import Any

from tests.benchmarks.clock import p95
from tests.benchmarks.report import Figure

# All that was laid out differently is counted, in what follows a key too, which browsers leave out of their score.
_WATCH = """() => {
  const seen = (window.seen = { moved: 0 });
  const add = (list) => list.getEntries().forEach((shift) => { seen.moved += shift.value; });
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  addEventListener("keydown", (event) => { if (event.key === "Enter") seen.pressed = event.timeStamp; }, true);
  // A task that is queued before a frame runs after it was painted.
  const note = (name, isThere) => {
    if (name in seen || !isThere) return;
    seen[name] = 0;
    requestAnimationFrame(() => setTimeout(() => { seen[name] = performance.now() - seen.pressed; }));
  };
  new MutationObserver(() => {
    const turn = document.querySelector("#log article");
    note("sign", turn?.querySelector(".status"));
    note("text", turn?.querySelector(".prose"));
    note("whole", turn?.getAttribute("aria-busy") === "false");
  }).observe(document.querySelector("#log"), { subtree: true, childList: true, attributes: true });
}"""

_LOADED = """() => new Promise((resolve) => {
  const loads = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
  const sum = (field) => loads.reduce((all, load) => all + load[field], 0);
  const facts = { requests: loads.length, decoded: sum("decodedBodySize"), transferred: sum("transferSize") };
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) resolve({ ...facts, painted: paint.startTime });
  }).observe({ type: "paint", buffered: true });
})"""

_SEEN = """() => (window.seen.sign && window.seen.text && window.seen.whole ? window.seen : null)"""

_MOVED_WHILE_LOADING = "moved_while_loading"


def in_browser(url: str, questions: Sequence[str]) -> list[Figure]:
    """Return the figures of visits that ask one question each, or the one row that says why there are none."""
    missing = _missing()
    if missing:
        return [Figure(f"in a browser: left out, {missing}", None, "")]
    from tests.browser.chromium import launched

    with launched() as chromium:
        visits = [_visit(chromium, url, question) for question in questions]
    return _figures({name: [visit[name] for visit in visits] for name in visits[0]})


def _missing() -> str:
    if find_spec("playwright") is None:
        return "as Playwright is not installed"
    from tests.browser.chromium import installed

    return "" if installed() else "as no Chromium is installed"


def _visit(chromium: Any, url: str, question: str) -> dict[str, float]:  # noqa: ANN401 - Playwright may be missing
    """Open the page as somebody new, and ask."""
    context = chromium.new_context(locale="nl-NL", viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        facts: dict[str, float] = page.evaluate(_LOADED)
        page.evaluate(_WATCH)
        page.locator("#question").fill(question)
        facts[_MOVED_WHILE_LOADING] = page.evaluate("() => window.seen.moved")
        page.locator("#question").press("Enter")
        facts |= page.wait_for_function(_SEEN).json_value()
        return facts
    finally:
        context.close()


def _figures(samples: dict[str, list[float]]) -> list[Figure]:
    def times(name: str, key: str) -> Figure:
        return Figure(name, median(samples[key]), p95=p95(samples[key]))

    moved = [all_ - loading for all_, loading in zip(samples["moved"], samples[_MOVED_WHILE_LOADING], strict=True)]
    return [
        Figure("the page with all that it loads", median(samples["decoded"]) / 1000, "KB"),
        Figure("  as transferred, with headers", median(samples["transferred"]) / 1000, "KB"),
        Figure("  requests", median(samples["requests"]), ""),
        times("first contentful paint, nothing cached", "painted"),
        Figure("layout shift while it loads", max(samples[_MOVED_WHILE_LOADING]), "at most"),
        Figure("layout shift while it answers", max(moved), "at most"),
        times("Enter to question and status painted", "sign"),
        times("Enter to first text painted", "text"),
        times("Enter to whole answer painted", "whole"),
    ]
