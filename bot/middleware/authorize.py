"""`Authorize`: who asks, and so what may be read; whoever is not known is told so."""

from dataclasses import replace

from bot.errors import UnknownPerson
from bot.locales import Texts
from bot.models import Directory, Handler, Outcome, Reply, TurnContext


class Authorize:
    """Looks the sender up anew for every turn, so that a change of rights works at once."""

    def __init__(self, directory: Directory, texts: Texts) -> None:
        """`directory`: who people are."""
        self._directory = directory
        self._texts = texts

    async def __call__(self, turn: TurnContext, proceed: Handler) -> Reply:
        """Proceed as the person who asks, or refuse."""
        try:
            user = await self._directory.look_up(turn.message.sender)
        except UnknownPerson:
            language = self._texts.language(turn.message.language)
            return Reply(self._texts.text(language, "refused-unknown"), Outcome.REFUSED, language)
        return await proceed(replace(turn, user=user))
