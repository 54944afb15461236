"""`ExplainOutage`: an honest word, and the administrator's next step, where the index can't be used."""

import structlog

from bot.locales import Texts
from bot.models import Handler, Outcome, Reply, TurnContext

_log = structlog.get_logger(__name__)


class ExplainOutage:
    """Turns the errors of the index into a reply; any other error goes on its way."""

    def __init__(self, outages: type[Exception], texts: Texts) -> None:
        """`outages`: what is raised where the index can't be used."""
        self._outages = outages
        self._texts = texts

    async def __call__(self, turn: TurnContext, proceed: Handler) -> Reply:
        """Proceed, or say that the documents can't be reached."""
        try:
            return await proceed(turn)
        except self._outages as error:
            _log.error("index_unusable", exc_info=error)
            language = self._texts.language(turn.message.language)
            return Reply(self._texts.text(language, "failed-index"), Outcome.FAILED, language)
