"""What is kept of conversations."""

from bot.history import MemoryHistory
from bot.models import Exchange
from tests.fakes.channel import conversation
from tests.fakes.replies import answered


async def test_latest_exchanges_come_oldest_first() -> None:
    """Of a long conversation the last ten are kept."""
    history = MemoryHistory()
    for number in range(12):
        await history.record(conversation(), Exchange(f"question {number}", answered()))
    kept = await history.load(conversation())
    assert [exchange.question for exchange in kept] == [f"question {number}" for number in range(2, 12)]


async def test_conversations_are_apart() -> None:
    """Nothing said in one is seen in another."""
    history = MemoryHistory()
    await history.record(conversation("first"), Exchange("question", answered()))
    assert await history.load(conversation("second")) == ()
