"""`WebResponder`: writes one turn into its log."""

from bot.adapters.web.turn_log import TurnLog, TurnLogs
from bot.models import Reply


class WebResponder:
    """What a turn shows; pages that follow its log show it."""

    def __init__(self, turn_id: str, log: TurnLog, logs: TurnLogs) -> None:
        """`log`: of the turn; `logs`: where it is kept."""
        self._turn_id = turn_id
        self._log = log
        self._logs = logs

    async def open(self, status: str) -> str:
        """Show that work has begun."""
        self._log.status(status)
        return self._turn_id

    async def status(self, status: str) -> None:
        """Show what is being done."""
        self._log.status(status)

    async def update(self, text: str) -> None:
        """Show the text so far."""
        self._log.text(text)

    async def close(self, reply: Reply) -> None:
        """Show the reply in the place of all before."""
        self._logs.close(self._turn_id, reply)
