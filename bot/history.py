"""`MemoryHistory`: what was said in each conversation, as long as the process lives."""

from collections import defaultdict, deque

from bot.models import REMEMBERED, ConversationReference, Exchange, Message, Reply

KEPT = 10
"""Exchanges of a conversation that a later question may refer to."""


class MemoryHistory:
    """Keeps the last ten exchanges of each conversation, and of one nothing in another."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._exchanges: dict[ConversationReference, deque[Exchange]] = defaultdict(lambda: deque(maxlen=KEPT))

    async def load(self, conversation: ConversationReference) -> tuple[Exchange, ...]:
        """Return the latest questions that a later one may refer to, with their replies, oldest first."""
        return tuple(self._exchanges[conversation])

    async def record(self, message: Message, reply: Reply) -> None:
        """Keep how a turn ended, if a later question may refer to it."""
        if reply.outcome in REMEMBERED:
            self._exchanges[message.conversation].append(Exchange(message.text, reply))
