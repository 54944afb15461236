"""What is remembered of a conversation, and what is not."""

import pytest

from bot.history import MemoryHistory
from bot.middleware.remember import Remember
from bot.models import Exchange, Handler, Outcome, Reply, TurnContext, User
from tests.fakes.channel import MemoryAdapter, conversation, message
from tests.fakes.replies import answered

NOBODY = User("", "", frozenset())
LOOKED_INTO = {Outcome.ANSWERED, Outcome.CLOSEST, Outcome.NOT_FOUND}


def replying(outcome: Outcome, seen: list[tuple[Exchange, ...]]) -> Handler:
    async def proceed(turn: TurnContext) -> Reply:
        seen.append(turn.history)
        return answered(outcome=outcome)

    return proceed


def turn(text: str, where: str = "first") -> TurnContext:
    return TurnContext(message(text, where=where), MemoryAdapter().responder(conversation(where)), NOBODY)


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_only_questions_that_were_looked_into_are_recorded(outcome: Outcome) -> None:
    """Help, a stop or a failure is nothing that a follow-up could be about."""
    history = MemoryHistory()
    await Remember(history)(turn("how much leave?"), replying(outcome, []))
    expected = (Exchange("how much leave?", answered(outcome=outcome)),) if outcome in LOOKED_INTO else ()
    assert await history.load(conversation()) == expected


async def test_next_turn_sees_what_was_said_before_in_its_conversation() -> None:
    """And nothing of other conversations."""
    seen: list[tuple[Exchange, ...]] = []
    remember = Remember(MemoryHistory())
    for text, where in (("one", "first"), ("two", "second"), ("three", "first")):
        await remember(turn(text, where), replying(Outcome.ANSWERED, seen))
    assert [[exchange.question for exchange in history] for history in seen] == [[], [], ["one"]]
