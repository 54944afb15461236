"""`ConsoleAdapter`: one person at a terminal, in one conversation."""

import asyncio
import itertools
from datetime import UTC, datetime

from rich.console import Console
from rich.live import Live

from bot.adapters.console.markdown import TerminalMarkdown
from bot.adapters.console.rendering import render
from bot.locales import Texts
from bot.models import ConversationReference, Dispatch, Message, Reply, Responder, Stop, UserReference

PLATFORM = "console"

_CONVERSATION = ConversationReference(PLATFORM, "local", "terminal", "", is_direct=True)


class ConsoleAdapter:
    """Takes questions in by `ask`, which returns once the reply has been shown."""

    name = PLATFORM

    def __init__(self, console: Console | None, texts: Texts, user: str) -> None:
        """`console`: where replies are shown, None for nowhere; `user`: the asker's e-mail, "" for no one."""
        self._console = console
        self._texts = texts
        self._sender = UserReference(PLATFORM, "local", user)
        self._numbers = itertools.count(1)
        self._closed: asyncio.Queue[Reply] = asyncio.Queue()
        self._dispatch: Dispatch | None = None

    async def start(self, dispatch: Dispatch) -> None:
        """Begin to take questions in."""
        self._dispatch = dispatch

    async def stop(self) -> None:
        """Take nothing more in."""
        self._dispatch = None

    def responder(self, message: Message) -> Responder:
        """Return what shows one reply."""
        return ConsoleResponder(self._console, self._texts, self._closed)

    async def ask(self, text: str) -> Reply:
        """Take a question in and return its reply.

        Raises `RuntimeError` before `start` and after `stop`.
        """
        if self._dispatch is None:
            raise RuntimeError("the terminal takes nothing in before it is started")
        message_id = str(next(self._numbers))
        await self._dispatch(Message(message_id, 0, _CONVERSATION, self._sender, text, datetime.now(UTC)))
        return await self._closed.get()

    async def stop_answering(self) -> None:
        """Stop the answer that is being made."""
        if self._dispatch is not None:
            await self._dispatch(Stop(_CONVERSATION))


class ConsoleResponder:
    """Grows the text in place on a terminal; elsewhere it prints the reply once it is whole."""

    def __init__(self, console: Console | None, texts: Texts, closed: "asyncio.Queue[Reply]") -> None:
        """`closed` is given the reply at the end."""
        self._console = console
        self._texts = texts
        self._closed = closed
        self._is_closed = False
        live = console is not None and console.is_terminal
        self._live = Live(console=console, transient=True, auto_refresh=False) if live else None

    async def open(self, status: str) -> str:
        """Show that work has begun."""
        if self._live:
            self._live.start()
        await self.update(status)
        return PLATFORM

    async def status(self, status: str) -> None:
        """Show what is being done."""
        await self.update(status)

    async def update(self, text: str) -> None:
        """Show the text so far."""
        if self._live:
            self._live.update(TerminalMarkdown(text), refresh=True)

    async def close(self, reply: Reply) -> None:
        """Show the reply in the place of all before."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            self._show(reply)
        finally:  # whoever asked waits for it, even where the terminal is gone
            self._closed.put_nowait(reply)

    def _show(self, reply: Reply) -> None:
        if self._live:
            self._live.stop()
        if self._console:
            # Uncropped, since a link may be longer than the terminal is wide.
            self._console.print(render(reply, self._texts), crop=False)
