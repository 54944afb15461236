"""The platform in memory does what every platform does, so that tests on it mean something."""

import itertools
from collections.abc import Sequence

import pytest

from bot.models import ConversationReference, Stop
from tests.contracts.channel_adapter import FIRST, ConversationsContract, Platform
from tests.fakes.channel import MemoryAdapter, conversation, message


class Memory(Platform):
    def __init__(self) -> None:
        self.adapter: MemoryAdapter = MemoryAdapter()
        self._ids = itertools.count()

    async def say(self, text: str, conversation: str = FIRST) -> None:
        await self.adapter.receive(message(text, str(next(self._ids)), where=conversation))

    async def stop(self, conversation: str = FIRST) -> None:
        await self.adapter.receive(Stop(self.reference(conversation)))

    def posts(self, conversation: str = FIRST) -> Sequence[Sequence[str]]:
        where = self.reference(conversation)
        return [post.texts for post in self.adapter.posts if post.conversation == where]

    def reference(self, conversation_name: str = FIRST) -> ConversationReference:
        return conversation(conversation_name)


class TestMemoryAdapter(ConversationsContract):
    @pytest.fixture
    def platform(self) -> Platform:
        return Memory()
