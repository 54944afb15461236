"""The conversation at the terminal: read a question, show its answer, until the person leaves."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.adapters.console.adapter import ConsoleAdapter
from bot.locales import Texts
from bot.models import User

_LEAVE = frozenset({"/quit", "/exit", "/stop"})


async def chat(adapter: ConsoleAdapter, console: Console, texts: Texts, person: User) -> None:
    """Talk until the person leaves with Ctrl-D or /quit; Ctrl-C stops an answer, not the program.

    What is typed can be called back with the arrow keys, and is kept nowhere else.
    """
    language = texts.default
    name = texts.text(language, "chat-as", name=person.name) if person.name else texts.text(language, "chat-as-anyone")
    console.print(f"{name} {texts.text(language, 'chat-welcome')}", style="dim")
    with _stopping(adapter):
        async for question in _questions(console, texts, language):
            await adapter.ask(question)
    console.print(texts.text(language, "chat-goodbye"), style="dim")


async def _questions(console: Console, texts: Texts, language: str) -> AsyncIterator[str]:
    read = _prompt(console, texts, language) if sys.stdin.isatty() else _lines()
    async for text in read:
        if text.strip() in _LEAVE:
            return
        if text.strip():
            yield text


async def _prompt(console: Console, texts: Texts, language: str) -> AsyncIterator[str]:
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    label = HTML("<b><ansicyan>{}</ansicyan></b> › ").format(texts.text(language, "chat-prompt"))
    while True:
        try:
            yield await session.prompt_async(label, handle_sigint=False)
        except KeyboardInterrupt:
            console.print(texts.text(language, "chat-leave-hint"), style="dim")
        except EOFError:
            return


async def _lines() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line.rstrip("\n")


@contextmanager
def _stopping(adapter: ConsoleAdapter) -> Iterator[None]:
    """Let Ctrl-C stop the answer where there is one; a second one, just too late, ends nothing else."""
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()
    loop.add_signal_handler(signal.SIGINT, lambda: tasks.add(asyncio.ensure_future(adapter.stop_answering())))
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
