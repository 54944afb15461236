"""`LoadHistory`: what was said before in this conversation."""

from dataclasses import replace

from bot.models import ConversationHistory, Handler, Reply, TurnContext


class LoadHistory:
    """Gives each turn the history of its conversation."""

    def __init__(self, history: ConversationHistory) -> None:
        """`history`: where conversations are kept."""
        self._history = history

    async def __call__(self, turn: TurnContext, proceed: Handler) -> Reply:
        """Proceed with the conversation's history."""
        return await proceed(replace(turn, history=await self._history.load(turn.message.conversation)))
