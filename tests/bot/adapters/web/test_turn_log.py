"""What a running turn shows, to any number of pages."""

import asyncio

from bot.adapters.web.turn_log import Piece, TurnLog
from bot.models import ConversationReference, Outcome, Reply

CONVERSATION = ConversationReference("web", "local", "visitor:1", "t", is_direct=True)
REPLY = Reply("yes", Outcome.ANSWERED, "en")


def log() -> TurnLog:
    return TurnLog("visitor:1", CONVERSATION)


async def followed(log: TurnLog, after: int = 0) -> list[Piece]:
    return [piece async for piece in log.follow(after)]


async def test_page_that_keeps_up_gets_every_piece() -> None:
    """As they come, and the reply last."""
    turn = log()
    pieces = turn.follow()
    turn.status("searching")
    assert await anext(pieces) == Piece(1, "status", "searching")
    coming = asyncio.ensure_future(anext(pieces))
    await asyncio.sleep(0)
    turn.text("yes")
    assert await coming == Piece(2, "text", "yes")
    turn.close(REPLY)
    assert await followed(turn, 2) == [Piece(3, "reply", "", REPLY)]


async def test_late_page_gets_the_newest() -> None:
    """However much there was before, it is one piece; numbers go on counting."""
    turn = log()
    turn.status("searching")
    for number in range(1_000):
        turn.text(f"text {number}")
    assert await anext(turn.follow()) == Piece(1_001, "text", "text 999")
    turn.close(REPLY)
    assert [piece.kind for piece in await followed(turn)] == ["reply"]


async def test_page_that_has_it_all_gets_nothing() -> None:
    """And does not wait for more."""
    turn = log()
    turn.close(REPLY)
    assert await followed(turn, 1) == []


async def test_number_of_another_process_counts_as_none() -> None:
    """A page that was open over a restart is not left waiting."""
    turn = log()
    turn.close(REPLY)
    assert [piece.kind for piece in await followed(turn, 4_711)] == ["reply"]


async def test_nothing_comes_after_the_reply() -> None:
    """Whatever is written then; the first reply stays."""
    turn = log()
    turn.close(REPLY)
    turn.text("late")
    turn.close(Reply("another", Outcome.FAILED, "en"))
    assert turn.reply == REPLY
