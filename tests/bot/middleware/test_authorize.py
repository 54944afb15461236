"""Whoever asks is looked up; whoever is not known is told so."""

from bot.errors import UnknownPerson
from bot.locales import Texts
from bot.middleware.authorize import Authorize
from bot.models import Outcome, Reply, TurnContext, User, UserReference
from tests.fakes.channel import SANNE, MemoryAdapter, message
from tests.fakes.replies import answered

TEXTS = Texts(("nl", "en"))
NOBODY = User("", "", frozenset())


class Directory:
    def __init__(self, *answers: User | None) -> None:
        self._answers = list(answers)
        self.asked: list[UserReference] = []

    async def look_up(self, reference: UserReference) -> User:
        self.asked.append(reference)
        if user := self._answers.pop(0):
            return user
        raise UnknownPerson(reference.id, None)


def turn() -> TurnContext:
    return TurnContext(message("hello"), MemoryAdapter().responder(message("hello")), NOBODY)


async def test_proceeds_as_the_person_who_asks() -> None:
    """What follows sees the user, and with that what may be read."""
    sanne = User("sanne@company.example", "Sanne", frozenset({"hr"}))
    seen: list[User] = []

    async def proceed(turn: TurnContext) -> Reply:
        seen.append(turn.user)
        return answered()

    directory = Directory(sanne)
    assert await Authorize(directory, TEXTS)(turn(), proceed) == answered()
    assert (directory.asked, seen) == ([SANNE], [sanne])


async def test_refuses_whom_the_directory_does_not_know() -> None:
    """With what to do about it; nothing is looked up in the documents."""

    async def proceed(_: TurnContext) -> Reply:
        raise AssertionError("nobody may get here")

    reply = await Authorize(Directory(None), TEXTS)(turn(), proceed)
    assert reply == Reply(TEXTS.text("nl", "refused-unknown"), Outcome.REFUSED, "nl")


async def test_looks_everybody_up_anew_for_each_turn() -> None:
    """A right that is taken away is gone with the next question."""
    groups: list[frozenset[str]] = []

    async def proceed(turn: TurnContext) -> Reply:
        groups.append(turn.user.principals)
        return answered()

    before, after = User("s", "", frozenset({"hr"})), User("s", "", frozenset())
    authorize = Authorize(Directory(before, after), TEXTS)
    await authorize(turn(), proceed)
    await authorize(turn(), proceed)
    assert groups == [frozenset({"hr"}), frozenset()]
