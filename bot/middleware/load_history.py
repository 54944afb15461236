"""`Remember`: what was said before in this conversation, and afterwards what is said now."""

from dataclasses import replace

from bot.models import ConversationHistory, Exchange, Handler, Outcome, Reply, TurnContext

_ANSWERS = frozenset({Outcome.ANSWERED, Outcome.CLOSEST, Outcome.NOT_FOUND})


class Remember:
    """Loads the history before the turn, and records the turn if it was a question that was looked into."""

    def __init__(self, history: ConversationHistory) -> None:
        """`history`: where conversations are kept."""
        self._history = history

    async def __call__(self, turn: TurnContext, proceed: Handler) -> Reply:
        """Proceed with the conversation's history."""
        conversation = turn.message.conversation
        reply = await proceed(replace(turn, history=await self._history.load(conversation)))
        if reply.outcome in _ANSWERS:
            await self._history.record(conversation, Exchange(turn.message.text, reply))
        return reply
