"""What a turn knows of those before it."""

from bot.history import MemoryHistory
from bot.middleware.load_history import LoadHistory
from bot.models import Exchange, Reply, TurnContext, User
from tests.fakes.channel import MemoryAdapter, message
from tests.fakes.replies import answered

NOBODY = User("", "", frozenset())


async def test_turn_sees_what_was_said_before_in_its_conversation() -> None:
    """And nothing of other conversations."""
    history, seen = MemoryHistory(), list[tuple[Exchange, ...]]()

    async def proceed(turn: TurnContext) -> Reply:
        seen.append(turn.history)
        return answered()

    await history.record(message("one"), answered())
    for where in ("first", "second"):
        question = message("and then?", where=where)
        await LoadHistory(history)(TurnContext(question, MemoryAdapter().responder(question), NOBODY), proceed)
    assert seen == [(Exchange("one", answered()),), ()]
