"""`MemoryAdapter`: a chat platform in memory, as strict as a real one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.models import ConversationReference, Dispatch, Message, Reply, Stop, UserReference

NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
SANNE = UserReference("memory", "company", "sanne@company.example")


def conversation(name: str = "first") -> ConversationReference:
    return ConversationReference("memory", "company", name, "", is_direct=True)


def message(text: str, id_: str = "1", revision: int = 0, where: str = "first") -> Message:
    return Message(id_, revision, conversation(where), SANNE, text, NOW)


@dataclass(eq=False)
class Post:
    """One message of the bot: all that it showed, in order, and the reply that it ended in."""

    conversation: ConversationReference
    texts: list[str] = field(default_factory=list)
    reply: Reply | None = None
    closings: int = 0


class MemoryResponder:
    """Refuses what a platform refuses: a message that is changed before it is there or after it is done."""

    def __init__(self, post: Post, posts: list[Post]) -> None:
        self._post = post
        self._posts = posts

    async def open(self, status: str) -> str:
        if self._post in self._posts:
            raise RuntimeError("opened twice")
        self._posts.append(self._post)
        self._post.texts.append(status)
        return str(len(self._posts))

    async def status(self, status: str) -> None:
        await self.update(status)

    async def update(self, text: str) -> None:
        if self._post not in self._posts or self._post.reply:
            raise RuntimeError("updated before it was opened or after it was closed")
        self._post.texts.append(text)

    async def close(self, reply: Reply) -> None:
        if self._post not in self._posts:  # it could not be opened
            self._posts.append(self._post)
        self._post.closings += 1
        if self._post.reply is None:
            self._post.reply = reply
            self._post.texts.append(rendered(reply))


class MemoryAdapter:
    """Has as many conversations as are spoken in."""

    name = "memory"

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self._dispatch: Dispatch | None = None

    async def start(self, dispatch: Dispatch) -> None:
        self._dispatch = dispatch

    async def stop(self) -> None:
        self._dispatch = None

    def responder(self, message: Message) -> MemoryResponder:
        return MemoryResponder(Post(message.conversation), self.posts)

    async def receive(self, event: Message | Stop) -> None:
        """Take in what the platform brings; after `stop` it is left where it is."""
        if self._dispatch is not None:
            await self._dispatch(event)


def rendered(reply: Reply) -> str:
    sources = [f"[{c.number}] {c.title} {c.section} {c.url}" for c in reply.citations]
    links = [f"{link.title} {link.url}" for link in reply.nearest]
    return "\n".join([reply.text, *sources, *links, *reply.suggested_prompts, *reply.notices])
