"""An index that can't be used is told in words that help."""

import pytest
from structlog.testing import capture_logs

from bot.locales import Texts
from bot.middleware.explain_outage import ExplainOutage
from bot.models import Outcome, Reply, TurnContext, User
from tests.fakes.channel import MemoryAdapter, message
from tests.fakes.replies import answered

TEXTS = Texts(("nl", "en"))
TURN = TurnContext(message("hello"), MemoryAdapter().responder(message("hello")), User("", "", frozenset({"everyone"})))


class Locked(Exception):
    """What is raised where the index can't be used."""


async def test_outage_is_told_and_logged_once() -> None:
    """Whoever asks reads what to do; the administrator finds the cause in the log."""

    async def proceed(_: TurnContext) -> Reply:
        raise Locked("database is locked")

    with capture_logs() as log:
        reply = await ExplainOutage(Locked, TEXTS)(TURN, proceed)
    assert reply == Reply(TEXTS.text("nl", "failed-index"), Outcome.FAILED, "nl")
    [line] = log
    assert (line["event"], str(line["exc_info"])) == ("index_unusable", "database is locked")


async def test_other_errors_go_on_their_way() -> None:
    """They are not about the index."""

    async def proceed(_: TurnContext) -> Reply:
        raise ValueError

    with pytest.raises(ValueError):
        await ExplainOutage(Locked, TEXTS)(TURN, proceed)


async def test_replies_pass_unchanged() -> None:
    """Where nothing is wrong it does nothing."""

    async def proceed(_: TurnContext) -> Reply:
        return answered()

    assert await ExplainOutage(Locked, TEXTS)(TURN, proceed) == answered()
