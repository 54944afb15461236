"""The nouns of a conversation, the same for every platform.

Nothing here knows a platform, and nothing knows how answers are found: adapters make events and
responders, handlers make replies, `bot.bootstrap` puts both together.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from haystack import GeneratedAnswer


class Outcome(StrEnum):
    """How a turn ended; every accepted message ends in exactly one of these."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    NOT_FOUND = "not_found"
    CLARIFICATION = "clarification"
    HELPED = "helped"
    REFUSED = "refused"
    STOPPED = "stopped"
    FAILED = "failed"


ANSWERS = frozenset({Outcome.ANSWERED, Outcome.CLOSEST, Outcome.NOT_FOUND})
"""The outcomes of a question that was looked into."""

REMEMBERED = ANSWERS | {Outcome.CLARIFICATION}
"""The outcomes of a question that a later one may refer to, or completes."""


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """Where an answer goes. `thread_id` is empty where the conversation has no threads."""

    platform: str
    tenant_id: str
    channel_id: str
    thread_id: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class UserReference:
    """Who, as the platform verified it; who that is and may read is looked up when the turn runs."""

    platform: str
    tenant_id: str
    id: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the bot. `id` and `revision` are the platform's own and tell deliveries apart.

    `language` (ISO 639-1) is the one that the platform shows itself in to the sender, "" where it does not say.
    """

    id: str
    revision: int
    conversation: ConversationReference
    sender: UserReference
    text: str
    received_at: datetime
    language: str = ""

    @property
    def key(self) -> tuple[ConversationReference, str, int]:
        """What a second delivery of the same message shares with the first."""
        return self.conversation, self.id, self.revision


@dataclass(frozen=True, slots=True)
class Stop:
    """The wish that what runs in a conversation ends now."""

    conversation: ConversationReference


Event = Message | Stop


@dataclass(frozen=True, slots=True)
class User:
    """A person as the directory knows them: `principals` is all that they may be granted access as."""

    email: str
    name: str
    principals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """A document that may help; `document_id` is the index's."""

    title: str
    url: str
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of an answer, under the number that its [n] marker has in the text.

    `url` comes from the index and leads to the section or page; `updated_at` is an ISO date. `place` is "page 3",
    "slide 2", "notes 2" (a speaker's, of that slide) or "". `stale_since` is the ISO moment from which on a newer
    version could not be read, None where this is the newest. `passage` holds what is quoted, as the pieces
    (sentences, list items, table rows) that stand so in the document's Markdown, in its order. `also_at` are other
    documents in which the same text stands. `superseded_by` is the newest version of the document where this is an
    older one. All of them may be read by who asked.
    """

    number: int
    document_id: str
    chunk_id: str
    title: str
    url: str
    section: str
    snippet: str
    updated_at: str | None
    owner: str | None
    source: str
    place: str = ""
    stale_since: str | None = None
    passage: tuple[str, ...] = ()
    also_at: tuple[Link, ...] = ()
    superseded_by: Link | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn says: Markdown in `language` (ISO 639-1) with [n] markers and without links.

    `timings` are milliseconds by name.
    """

    text: str
    outcome: Outcome
    language: str
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Link, ...] = ()
    notices: tuple[str, ...] = ()
    suggested_prompts: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its reply, as a later turn of the same conversation sees them."""

    question: str
    reply: Reply


class Responder(Protocol):
    """Writes one turn's message on its platform: opened once, updated at will, closed once."""

    async def open(self, status: str) -> str:
        """Show that work has begun; return the id of the message that everything goes into."""

    async def status(self, status: str) -> None:
        """Show what is being done, as long as there is no text."""

    async def update(self, text: str) -> None:
        """Show the text so far, all of it."""

    async def close(self, reply: Reply) -> None:
        """Show the reply in the place of all before; a second call changes nothing."""


@dataclass(frozen=True, slots=True)
class TurnContext:
    """A message on its way to its reply; each middleware may hand on a richer one."""

    message: Message
    responder: Responder
    user: User
    history: tuple[Exchange, ...] = ()


Handler = Callable[[TurnContext], Awaitable[Reply]]
"""Makes the reply to a message."""

Selector = Callable[[Message], bool]
"""Tells whether a route's handler is for a message."""

Middleware = Callable[[TurnContext, Handler], Awaitable[Reply]]
"""Does its own small thing around the rest of a turn, which it is given as a handler."""

Dispatch = Callable[[Event], Awaitable[None]]
"""Takes an event in: recorded once, then run."""


class ChannelAdapter(Protocol):
    """A chat platform. What it takes in it dispatches; what it is told it shows."""

    name: str

    async def start(self, dispatch: Dispatch) -> None:
        """Begin to take events in."""

    async def stop(self) -> None:
        """Take nothing more in."""

    def responder(self, message: Message) -> Responder:
        """Return what writes the answer to a message."""


class Directory(Protocol):
    """Who people are."""

    async def look_up(self, reference: UserReference) -> User:
        """Return the person.

        Raises `UnknownPerson` where the directory has none under that reference.
        """


class ConversationHistory(Protocol):
    """What was said in conversations, each one's on its own."""

    async def load(self, conversation: ConversationReference) -> tuple[Exchange, ...]:
        """Return the latest questions that a later one may refer to, with their replies, oldest first."""

    async def record(self, message: Message, reply: Reply) -> None:
        """Keep how a turn ended."""


Show = Callable[[str, str, str], Awaitable[None]]
"""Given each further piece of an answer's text, with the answer's outcome and language."""


class Answering(Protocol):
    """Answers a question from the company's documents."""

    async def answer(
        self, question: str, *, earlier_questions: Sequence[str], principals: Iterable[str], show: Show
    ) -> GeneratedAnswer:
        """Return the answer, shown piece by piece on the way.

        Its meta holds outcome, language, citations and nearest as mappings, timings, and as related what else
        could be asked about: sections with the title of their document.
        """
