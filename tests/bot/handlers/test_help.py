"""When help is given, and in which language."""

import pytest

from bot.handlers.help import HelpHandler, asks_for_help
from bot.locales import Texts
from bot.models import Outcome, Reply, TurnContext, User
from tests.fakes.channel import MemoryAdapter, message

PROMPTS = {"nl": ["Hoeveel verlof heb ik?"], "en": ["How much leave do I get?", "Who pays for travel?"]}
NOBODY = User("", "", frozenset())


async def help_for(text: str, texts: Texts) -> Reply:
    turn = TurnContext(message(text), MemoryAdapter().responder(message("hello")), NOBODY)
    return await HelpHandler(texts, PROMPTS)(turn)


@pytest.mark.parametrize("text", ["help", "Help!", " /help ", "HULP", "hulp?", "/hulp"])
def test_bare_call_for_help_is_one(text: str) -> None:
    """However it is typed."""
    assert asks_for_help(message(text))


@pytest.mark.parametrize("text", ["", "help me with my leave", "Who gives hulp?", "helpdesk", "/helper"])
def test_question_with_help_in_it_is_a_question(text: str) -> None:
    """It is looked into like any other."""
    assert not asks_for_help(message(text))


@pytest.mark.parametrize(("text", "language"), [("help", "en"), ("hulp", "nl"), ("/help", "nl"), ("/hulp", "nl")])
async def test_help_is_in_the_language_of_the_word(text: str, language: str) -> None:
    """A command says nothing of a language, and gets the default one."""
    texts = Texts(("nl", "en"))
    assert await help_for(text, texts) == Reply(
        texts.text(language, "help"),
        Outcome.HELPED,
        language,
        suggested_prompts=tuple(PROMPTS[language]),
    )


async def test_help_is_in_a_language_in_use() -> None:
    """Where only Dutch is set, an English word gets Dutch help with Dutch examples."""
    texts = Texts(("nl",))
    reply = await help_for("help", texts)
    assert (reply.text, reply.language) == (texts.text("nl", "help"), "nl")
    assert reply.suggested_prompts == tuple(PROMPTS["nl"])


async def test_help_without_examples() -> None:
    """A company need not have thought of any."""
    turn = TurnContext(message("help"), MemoryAdapter().responder(message("hello")), NOBODY)
    assert (await HelpHandler(Texts(("nl", "en")), {})(turn)).suggested_prompts == ()
