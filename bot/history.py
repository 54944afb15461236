"""`MemoryHistory`: what was said in each conversation, as long as the process lives."""

from collections import defaultdict, deque

from bot.models import ConversationReference, Exchange

_KEPT = 10


class MemoryHistory:
    """Keeps the last ten exchanges of each conversation, and of one nothing in another."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._exchanges: dict[ConversationReference, deque[Exchange]] = defaultdict(lambda: deque(maxlen=_KEPT))

    async def load(self, conversation: ConversationReference) -> tuple[Exchange, ...]:
        """Return the latest exchanges, oldest first."""
        return tuple(self._exchanges[conversation])

    async def record(self, conversation: ConversationReference, exchange: Exchange) -> None:
        """Add an exchange."""
        self._exchanges[conversation].append(exchange)
