"""`WebAdapter`: the page as a chat platform. Each thread of a visitor is a conversation of their own."""

from bot.adapters.web.refusals import BUSY, NOT_FOUND, STOPPING, TOO_MANY, Refusal
from bot.adapters.web.responder import WebResponder
from bot.adapters.web.sessions import Visitor
from bot.adapters.web.turn_log import MOST_RUNNING, TurnLog, TurnLogs
from bot.models import ConversationReference, Dispatch, Message, Responder, Stop, UserReference
from bot.storage.threads import ThreadStore, Turn

PLATFORM = "web"


class WebAdapter:
    """Takes questions in by `ask`; what their turns show is read from their logs."""

    name = PLATFORM

    def __init__(self, threads: ThreadStore, logs: TurnLogs | None = None) -> None:
        """`threads`: where questions are kept before they are answered."""
        self._threads = threads
        self._logs = logs or TurnLogs()
        self._dispatch: Dispatch | None = None
        self._takes_in = False

    async def start(self, dispatch: Dispatch) -> None:
        """Begin to take questions in."""
        self._dispatch = dispatch
        self._takes_in = True

    async def stop(self) -> None:
        """Take nothing more in; what runs goes on, and can be followed and stopped."""
        self._takes_in = False

    def responder(self, message: Message) -> Responder:
        """Return what writes the turn of a message into its log."""
        log = self._logs.get(message.id)
        if log is None:  # the message came in another way than by `ask`
            log = TurnLog(message.conversation.channel_id, message.conversation)
            self._logs.begin(message.id, log)
        return WebResponder(message.id, log, self._logs)

    def log(self, turn_id: str) -> TurnLog | None:
        """Return what a turn shows, None where it neither runs nor ended lately."""
        return self._logs.get(turn_id)

    async def ask(self, visitor: Visitor, thread_id: str, turn_id: str, text: str) -> Turn:
        """Take a question in: kept first, then answered. The same turn again is returned as it is.

        Raises `Refusal` where it can't be taken in now or the thread is somebody else's, `StorageUnavailable` where
        it can't be kept.
        """
        if not self._takes_in:
            raise Refusal(STOPPING)
        if known := await self._threads.turn(visitor.owner, turn_id):
            return _in_thread(known, thread_id)
        conversation = ConversationReference(PLATFORM, "local", visitor.owner, thread_id, is_direct=True)
        if self._logs.get(turn_id) is None:
            return await self._begin(visitor, conversation, turn_id, text)
        # The same question is on its way in already.
        return _in_thread(await self._threads.ask(visitor.owner, thread_id, turn_id, text), thread_id)

    async def stop_turn(self, turn_id: str) -> None:
        """Stop a turn, if it runs."""
        log = self._logs.get(turn_id)
        if log and log.reply is None:
            await self._stop(log)

    async def _begin(self, visitor: Visitor, conversation: ConversationReference, turn_id: str, text: str) -> Turn:
        self._check_room(conversation)
        # From here on the turn counts: there is nothing to wait for between the check and this.
        self._logs.begin(turn_id, TurnLog(visitor.owner, conversation))
        try:
            turn = _in_thread(
                await self._threads.ask(visitor.owner, conversation.thread_id, turn_id, text), conversation.thread_id
            )
            await self._hand_on(visitor, conversation, turn)
        except BaseException:
            self._logs.forget(turn_id)
            raise
        return turn

    async def _hand_on(self, visitor: Visitor, conversation: ConversationReference, turn: Turn) -> None:
        if self._dispatch is None or not self._takes_in:  # it was stopped while the question was being kept
            raise Refusal(STOPPING)
        sender = UserReference(PLATFORM, "local", visitor.email)
        message = Message(turn.id, 0, conversation, sender, turn.question, turn.asked_at, visitor.language)
        await self._dispatch(message)

    def _check_room(self, conversation: ConversationReference) -> None:
        running = [log.conversation for log in self._logs.running() if log.owner == conversation.channel_id]
        if conversation in running:
            raise Refusal(BUSY)
        if len(running) >= MOST_RUNNING:
            raise Refusal(TOO_MANY)

    async def _stop(self, log: TurnLog) -> None:
        if self._dispatch is not None:
            await self._dispatch(Stop(log.conversation))


def _in_thread(turn: Turn | None, thread_id: str) -> Turn:
    if turn is None or turn.thread_id != thread_id:
        raise Refusal(NOT_FOUND)
    return turn
