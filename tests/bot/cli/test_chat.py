"""`kennisbot chat`: a conversation, from a pipe and at a real terminal."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.company import Company
from tests.fakes.screen import plain

REPOSITORY = Path(__file__).parents[3]
QUESTION = "How many days of leave do I get with a full contract?"
PROMPT = "You ›"
_CONTROL = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[=>])")
_PATIENCE = 60
"""Seconds until a test gives a program up that says nothing."""


class TestPipe:
    def test_questions_are_answered_line_by_line(self, synced: Company) -> None:
        """The conversation ends with the input; the exit code is 0."""
        result = synced.run("chat", typed=f"{QUESTION}\n\nhelp\n")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith("You are asking as an employee in no group.")
        answer, explained, bye = (
            result.stdout.find(text) for text in ("you get 25 days of leave", "A follow-up is fine", "Goodbye!")
        )
        assert 0 < answer < explained < bye

    def test_follow_up_is_understood(self, synced: Company) -> None:
        """What it leans on is in the question before."""
        synced.write("wiki/travel.md", "# Travel\n\nTrains are paid in full by the company.")
        synced.run("sync")
        result = synced.run("chat", typed="Who pays for trains?\nand how much of that?\n")
        assert result.stdout.count("Trains are paid in full") == 2

    @pytest.mark.parametrize("word", ["/quit", "/exit", "/stop"])
    def test_word_to_leave_ends_it(self, synced: Company, word: str) -> None:
        """What comes after is not read."""
        result = synced.run("chat", typed=f" {word} \n{QUESTION}\n")
        assert result.exit_code == 0
        assert "Goodbye!" in result.stdout
        assert "25 days" not in result.stdout

    def test_person_is_greeted_by_name(self, synced: Company) -> None:
        """So that it is plain as whom one asks."""
        result = synced.run("chat", "--user", "sanne@company.example", typed="")
        assert result.stdout.startswith("You are Sanne de Vries.")

    def test_unknown_person_is_told_first(self, synced: Company) -> None:
        """Before any question is typed."""
        result = synced.run("chat", "--user", "sane@company.example", typed=QUESTION)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Did you mean sanne@company.example?" in result.stderr

    def test_missing_index_is_told_first(self, company: Company) -> None:
        """With the command that makes one."""
        result = company.run("chat", typed=QUESTION)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "Run `kennisbot sync` first." in result.stderr


@dataclass
class Terminal:
    """A program at a terminal of its own."""

    process: subprocess.Popen[bytes]
    descriptor: int
    unread: bytes = b""

    def type(self, keys: str) -> None:
        os.write(self.descriptor, keys.encode())

    def interrupt(self) -> None:
        """Send what Ctrl-C sends while nothing is being read."""
        os.killpg(self.process.pid, signal.SIGINT)

    def wait_for(self, text: str) -> None:
        """Read until `text` has been shown; what was shown up to there counts as read."""
        while text not in (shown := _CONTROL.sub("", plain(self.unread.decode("utf-8", "replace")))):
            more = self._read()
            assert more, f"the program ended without {text!r}: {shown!r}"
            self.unread += more
        self.unread = shown.split(text, 1)[1].encode()

    def _read(self) -> bytes:
        ready, _, _ = select.select([self.descriptor], [], [], _PATIENCE)
        assert ready, f"the program says nothing after {self.unread!r}"
        with contextlib.suppress(OSError):  # as Linux says that the other end is gone
            return os.read(self.descriptor, 65536)
        return b""


@pytest.fixture
def terminal(synced: Company) -> Iterator[Terminal]:
    """A chat that waits without end for the answer to "wait"."""
    controller, end = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200", "PROMPT_TOOLKIT_NO_CPR": "1"}
    process = subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-m", "tests.fakes.patient_chat", "--config", str(synced.folder / "kennisbot.toml")],
        stdin=end,
        stdout=end,
        stderr=end,
        cwd=REPOSITORY,
        env=environment,
        start_new_session=True,
    )
    os.close(end)
    yield Terminal(process, controller)
    process.kill()
    process.wait()
    os.close(controller)


class TestTerminal:
    def test_conversation(self, terminal: Terminal) -> None:
        """A question is typed and answered; Ctrl-C stops an answer, not the program; Ctrl-D leaves."""
        terminal.wait_for("Ask a question and press Enter.")
        terminal.wait_for(PROMPT)
        terminal.type(f"{QUESTION}\r")
        terminal.wait_for("you get 25 days of leave")
        terminal.wait_for(PROMPT)
        terminal.type("wait\r")
        terminal.wait_for("Waiting.")
        terminal.interrupt()
        terminal.wait_for("Stopped. Ask again whenever you like.")
        terminal.interrupt()
        terminal.wait_for(PROMPT)
        terminal.type("help\r")
        terminal.wait_for("A follow-up is fine")
        terminal.wait_for(PROMPT)
        terminal.type("\x03")
        terminal.wait_for("Press Ctrl-D to leave.")
        terminal.wait_for(PROMPT)
        terminal.type("\x04")
        terminal.wait_for("Goodbye!")
        assert terminal.process.wait(_PATIENCE) == 0
