"""Reading what is there: a long thread, the list of threads, a large document at its passage, the page itself."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from statistics import median
from typing import Any

from markdown_it import MarkdownIt

from bot import bootstrap
from bot.adapters.web.document_view import LONGEST
from bot.storage.database import Database
from bot.storage.threads import ThreadStore
from tests.benchmarks.clock import Samples, async_alternate, p95
from tests.benchmarks.page_company import OWNER, PERSON, THREADS, TURNS, Company
from tests.benchmarks.report import Figure
from tests.fakes.web import Browser

_READ_TURNS, _READ_THREADS = f"{TURNS} turns, bare from the database", f"{THREADS} threads, bare from the database"
_RENDERED = "300 KB, bare markdown-it"
_COMPARED = {
    f"a thread of {TURNS} turns": _READ_TURNS,
    f"the list of {THREADS} threads": _READ_THREADS,
    "a document of 1 MB at its passage": _RENDERED,
    f"the page, of somebody with {THREADS} threads": _READ_THREADS,
}


async def reading(url: str, company: Company, rounds: int) -> list[Figure]:
    """Return what each takes over HTTP, beside its bare counterpart in this process."""
    database = Database(bootstrap.database_path(company.settings))
    await database.open()
    async with Browser(url) as browser:
        await browser.put("/api/person", {"email": PERSON})
        samples = await async_alternate(_works(browser, ThreadStore(database), company), rounds)
    await database.close()
    return [_figure(samples, name) for name in samples]


def _works(browser: Browser, threads: ThreadStore, company: Company) -> Mapping[str, Callable[[], Awaitable[Any]]]:
    bare = MarkdownIt("commonmark").enable(["strikethrough", "table"])

    async def render() -> None:
        bare.render(company.large[:LONGEST])

    over_http = (
        partial(browser.json, f"/api/threads/{company.long_thread}"),
        partial(browser.json, "/api/threads"),
        partial(browser.json, f"/api/turns/{company.quoting_turn}/citations/1"),
        partial(browser.page, "/"),
    )
    return {
        _READ_TURNS: partial(threads.turns, OWNER, company.long_thread),
        _READ_THREADS: partial(threads.threads, OWNER),
        _RENDERED: render,
        **dict(zip(_COMPARED, over_http, strict=True)),
    }


def _figure(samples: Samples, name: str) -> Figure:
    values, against = samples[name], _COMPARED.get(name, "")
    ratio = median(values) / median(samples[against]) if against else None
    return Figure(name, median(values), p95=p95(values), ratio=ratio, against=against)
