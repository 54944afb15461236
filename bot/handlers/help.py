"""`HelpHandler`: what the bot can do, in the asker's language."""

from collections.abc import Mapping, Sequence

from bot.locales import Texts
from bot.models import Message, Outcome, Reply, TurnContext

_WORDS = {"help": "en", "hulp": "nl"}


def asks_for_help(message: Message) -> bool:
    """Tell whether a message is a bare call for help: `help`, `/help`, `hulp`."""
    return _word(message) in _WORDS


class HelpHandler:
    """Explains, and suggests questions to begin with."""

    def __init__(self, texts: Texts, suggested_prompts: Mapping[str, Sequence[str]]) -> None:
        """`suggested_prompts`: by language."""
        self._texts = texts
        self._suggested_prompts = suggested_prompts

    async def __call__(self, turn: TurnContext) -> Reply:
        """Return the help text; `/help`, which says nothing of a language, gets the platform's."""
        typed = turn.message.text.strip().startswith("/")
        language = self._texts.language(turn.message.language if typed else _WORDS[_word(turn.message)])
        text = self._texts.text(language, "help")
        return Reply(text, Outcome.HELPED, language, suggested_prompts=tuple(self._suggested_prompts.get(language, ())))


def _word(message: Message) -> str:
    return message.text.strip().lstrip("/").rstrip("?!").casefold()
