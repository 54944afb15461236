"""Asking over HTTP, as the page does, in alternation with the bare answering."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from pipelines.query import QuestionAnswering
from tests.benchmarks.clock import Samples, async_milliseconds
from tests.fakes.web import Browser, new_id

EMPTY = "an empty request (/health)"
DIRECT_TEXT, DIRECT_WHOLE = "answer() called directly: first text", "answer() called directly: whole"
TAKEN, SIGN, TEXT, WHOLE = "PUT to its response", "PUT to first sign", "PUT to first text", "PUT to reply"
ADDED = "HTTP, storage and rendering add"


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds from the sending of a question until each of these was there."""

    taken: float
    sign: float
    text: float
    whole: float


async def ask(browser: Browser, question: str) -> Asked:
    """Ask in a new thread, and follow to the end; a reply that comes without text before it is its first text."""
    turn, started, first = new_id(), perf_counter(), dict[str, float]()
    status, _ = await browser.ask(question, turn=turn)
    if status >= 300:
        raise RuntimeError(f"the question was not taken in: {status}")
    first["taken"] = 1000 * (perf_counter() - started)
    async for kind, _, _ in browser.events(turn):
        for name in ("sign", kind):
            first.setdefault(name, 1000 * (perf_counter() - started))
    return Asked(first["taken"], first["sign"], first.get("text", first["reply"]), first["reply"])


async def alternating(url: str, answering: QuestionAnswering, questions: Sequence[str], rounds: int) -> Samples:
    """Return the milliseconds of questions asked directly and over HTTP, in alternation, after a first round."""
    answering.warm_up()
    names = (EMPTY, TAKEN, SIGN, DIRECT_TEXT, TEXT, DIRECT_WHOLE, WHOLE, ADDED)
    samples: Samples = {name: [] for name in names}
    async with Browser(url) as browser:
        for count in range(rounds + 1):
            for question in questions:
                took = await _both(browser, answering, question)
                for name in names if count else ():
                    samples[name].append(took[name])
    return samples


async def _both(browser: Browser, answering: QuestionAnswering, question: str) -> dict[str, float]:
    empty = await async_milliseconds(partial(browser.page, "/health"))
    text, whole = await _directly(answering, question)
    asked = await ask(browser, question)
    over_http = {TAKEN: asked.taken, SIGN: asked.sign, TEXT: asked.text, WHOLE: asked.whole}
    return {EMPTY: empty, DIRECT_TEXT: text, DIRECT_WHOLE: whole, ADDED: asked.whole - whole, **over_http}


async def _directly(answering: QuestionAnswering, question: str) -> tuple[float, float]:
    """Return the milliseconds until the first text (the end, where nothing is shown) and the end."""
    shown: list[float] = []

    async def show(*_: str) -> None:
        shown.append(1000 * (perf_counter() - started))

    started = perf_counter()
    await answering.answer(question, earlier_questions=(), principals=("everyone",), show=show)
    whole = 1000 * (perf_counter() - started)
    return (shown or [whole])[0], whole
