"""`WebParts`: what the page's server is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.adapters.web.settings import WebSettings
from bot.errors import UnknownPerson
from bot.knowledge import KnowledgeAdministration, KnowledgeIndex
from bot.locales import Texts
from bot.models import Directory, User, UserReference
from bot.settings import ServerSettings
from bot.storage.threads import ThreadStore


@dataclass(frozen=True, slots=True)
class WebParts:
    """Everything that the page shows and asks.

    `texts` are of the page's domain; `administration` None: there is no knowledge page. `people` are whom a visitor
    may be (in a demo), or is by the settings. `session_key` is what the function of that name returns. `outages`
    are what the index raises where it can't be used now. `sign_in_pause` is in seconds, after a wrong token.
    """

    server: ServerSettings
    web: WebSettings
    texts: Texts
    threads: ThreadStore
    knowledge: KnowledgeIndex
    administration: KnowledgeAdministration | None
    directory: Directory
    session_key: bytes
    people: Sequence[User] = ()
    suggested_prompts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    languages: Sequence[str] = ("nl", "en")
    outages: tuple[type[Exception], ...] = ()
    sign_in_pause: float = 1.0

    async def principals(self, email: str) -> frozenset[str]:
        """Return all that somebody may be granted access as; nothing for who is no longer in the directory."""
        try:
            return (await self.directory.look_up(UserReference("web", "local", email))).principals
        except UnknownPerson:
            return frozenset()
