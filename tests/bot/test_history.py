"""What is kept of conversations, in memory and in the database alike."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.history import KEPT, MemoryHistory
from bot.models import ConversationHistory, ConversationReference, Outcome, Reply
from bot.storage.database import Database
from bot.storage.threads import ThreadStore
from tests.fakes.channel import conversation, message
from tests.fakes.replies import answered


@pytest.fixture(params=["memory", "database"])
async def history(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ConversationHistory]:
    if request.param == "memory":
        yield MemoryHistory()
        return
    database = Database(tmp_path / "bot.sqlite")
    await database.open()
    yield ThreadStore(database)
    await database.close()


def thread(id_: str = "t1", owner: str = "sanne") -> ConversationReference:
    return replace(conversation(owner), thread_id=id_)


async def say(history: ConversationHistory, question: str, reply: Reply, where: ConversationReference) -> None:
    asked = replace(message(question, f"{where} {question}"), conversation=where)
    if isinstance(history, ThreadStore):  # it knows a question from the moment when it is asked
        await history.ask(where.channel_id, where.thread_id, asked.id, question)
    await history.record(asked, reply)


async def test_latest_exchanges_come_oldest_first(history: ConversationHistory) -> None:
    """Of a long conversation the last ten are kept."""
    for number in range(KEPT + 2):
        await say(history, f"question {number}", answered(f"answer {number}"), thread())
    kept = await history.load(thread())
    assert [exchange.question for exchange in kept] == [f"question {number}" for number in range(2, 12)]
    assert [exchange.reply for exchange in kept] == [answered(f"answer {number}") for number in range(2, 12)]


async def test_what_was_not_looked_into_is_passed_over(history: ConversationHistory) -> None:
    """Help, failures and what was stopped take no place from what a later question may refer to."""
    await say(history, "answered", answered(), thread())
    for number in range(KEPT):
        for outcome in (Outcome.HELPED, Outcome.REFUSED, Outcome.STOPPED, Outcome.FAILED):
            await say(history, f"{outcome} {number}", answered(outcome=outcome), thread())
    await say(history, "closest", answered(outcome=Outcome.CLOSEST), thread())
    await say(history, "not found", answered(outcome=Outcome.NOT_FOUND), thread())
    kept = await history.load(thread())
    assert [exchange.question for exchange in kept] == ["answered", "closest", "not found"]


async def test_question_that_was_asked_back_about_is_kept(history: ConversationHistory) -> None:
    """The next one completes it."""
    await say(history, "and part-timers?", answered("About what?", outcome=Outcome.CLARIFICATION), thread())
    assert [exchange.question for exchange in await history.load(thread())] == ["and part-timers?"]


async def test_conversations_are_apart(history: ConversationHistory) -> None:
    """Nothing said in one is seen in another, be it of somebody else or of the same person."""
    await say(history, "question", answered(), thread("t1", "sanne"))
    assert await history.load(thread("t2", "sanne")) == ()
    assert await history.load(thread("t1", "joris")) == ()
