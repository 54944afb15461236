"""The conversation at the terminal, key by key."""

import asyncio
import os
import signal
import sys

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.adapters.console.adapter import ConsoleAdapter
from bot.adapters.console.chat import chat
from bot.locales import Texts
from bot.models import Event, Message, Outcome, Reply, Stop, User
from tests.fakes.replies import answered
from tests.fakes.screen import Screen

TEXTS = Texts(("en", "nl"))
SOMEBODY = User("", "", frozenset())


class Talk:
    """Keeps what was asked; the answer to "wait" comes when it is stopped, and Ctrl-C is pressed for it."""

    def __init__(self) -> None:
        self.screen = Screen(200, terminal=False)
        self.adapter = ConsoleAdapter(self.screen.console, TEXTS, "")
        self.asked: list[str] = []
        self._stopped = asyncio.Event()

    async def dispatch(self, event: Event) -> None:
        if isinstance(event, Stop):
            self._stopped.set()
            return
        self.asked.append(event.text)
        reply = await self._stop() if event.text == "wait" else answered(f"re: {event.text}")
        await self._close(event, reply)

    async def _stop(self) -> Reply:
        os.kill(os.getpid(), signal.SIGINT)
        await self._stopped.wait()
        return answered("stopped", outcome=Outcome.STOPPED)

    async def _close(self, message: Message, reply: Reply) -> None:
        await self.adapter.responder(message).close(reply)

    async def type(self, keys: str) -> None:
        """Hold the whole conversation."""
        await self.adapter.start(self.dispatch)
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys)
            await chat(self.adapter, self.screen.console, TEXTS, SOMEBODY)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    return Talk()


async def test_questions_are_answered_until_ctrl_d(talk: Talk) -> None:
    """Blank lines ask nothing."""
    await talk.type("red\r  \rblue\r\x04")
    assert talk.asked == ["red", "blue"]
    assert talk.screen.text.split()[-5:] == ["re:", "red", "re:", "blue", "Goodbye!"]


async def test_ctrl_c_at_the_prompt_says_how_to_leave(talk: Talk) -> None:
    """What was half typed is gone, and the conversation goes on."""
    await talk.type("half a que\x03red\r\x04")
    assert talk.asked == ["red"]
    assert "Press Ctrl-D to leave." in talk.screen.text


async def test_ctrl_c_stops_an_answer_only(talk: Talk) -> None:
    """The next question is answered as ever."""
    await talk.type("wait\rred\r\x04")
    assert talk.asked == ["wait", "red"]
    assert talk.screen.text.split()[-4:] == ["stopped", "re:", "red", "Goodbye!"]


async def test_word_to_leave_ends_it(talk: Talk) -> None:
    """For whoever does not know Ctrl-D."""
    await talk.type("/quit\rred\r")
    assert talk.asked == []
    assert talk.screen.text.rstrip().endswith("Goodbye!")
