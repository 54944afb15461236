"""What every connector promises, whatever it reads from.

A connector's test class inherits `ConnectorContract` and has a fixture `source`: an empty `Source`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import aclosing

import pytest

from connectors.base import Batch, Connector, SourceDocument


class Source(ABC):
    """A source that a test can fill and change."""

    @abstractmethod
    def connector(self) -> Connector:
        """Return a new connector to the source, as after a restart."""

    @abstractmethod
    def put(self, name: str, text: str, access: Iterable[str] | None = None) -> str:
        """Add a document, or edit the one of that name; return its id. Access None: it says nothing of it."""

    @abstractmethod
    def touch(self, document_id: str) -> None:
        """Save the document again as it is."""

    @abstractmethod
    def rename(self, document_id: str, name: str) -> str:
        """Give the document another name; return its id, which may be another one."""

    @abstractmethod
    def delete(self, document_id: str) -> None:
        """Remove the document."""


async def sync(connector: Connector, cursor: str | None = None, steps: int | None = None) -> list[Batch]:
    """Return all batches of a sync, or the first `steps` of one that is cut short there."""
    batches: list[Batch] = []
    async with aclosing(connector.changes(cursor)) as changes:  # type: ignore[type-var]  # is a generator
        async for batch in changes:
            batches.append(batch)
            if len(batches) == steps:
                break
    return batches


def items(batches: Iterable[Batch]) -> list[SourceDocument]:
    """Return the documents of `batches`, in order."""
    return [item for batch in batches for item in batch.items]


def deletions(batches: Iterable[Batch]) -> list[str]:
    """Return the deleted ids of `batches`, in order."""
    return [document_id for batch in batches for document_id in batch.deletions]


def replay(index: dict[str, str], batches: Iterable[Batch]) -> dict[str, str]:
    """Return `index` (texts by id) after indexing `batches`: a failure without access is withdrawn."""
    index = dict(index)
    for batch in batches:
        index |= {item.id: item.content.to_string() for item in batch.items}
        withdrawn = [issue.document_id for issue in batch.failures if issue.access is None]
        for document_id in (*batch.deletions, *withdrawn):
            index.pop(document_id, None)
    return index


class ConnectorContract:
    """Inherit this; the fixture `source` is yours to write."""

    @pytest.fixture
    def source(self) -> Source:
        """An empty source."""
        raise NotImplementedError("each connector's test class makes its own source")

    @staticmethod
    def fill(source: Source, count: int = 40) -> dict[str, str]:
        """Put `count` documents in `source`; return their texts by id."""
        return {source.put(f"page {n:02}", f"Text {n}"): f"Text {n}" for n in range(count)}

    @staticmethod
    async def cursor(source: Source) -> str:
        """Return the cursor after a whole sync."""
        return (await sync(source.connector()))[-1].cursor

    async def test_first_sync_yields_everything(self, source: Source) -> None:
        """Without a cursor every document comes, once, with its text and a link."""
        texts = self.fill(source)
        found = items(await sync(source.connector()))
        assert {item.id: item.content.to_string() for item in found} == texts
        assert len(found) == len(texts)
        assert all(item.url and item.content.mime_type for item in found)

    async def test_order_is_stable(self, source: Source) -> None:
        """Two first syncs yield the same documents in the same order."""
        self.fill(source)
        first, second = await sync(source.connector()), await sync(source.connector())
        assert [item.id for item in items(first)] == [item.id for item in items(second)]

    async def test_empty_source_yields_nothing(self, source: Source) -> None:
        """A source without documents has nothing to index."""
        assert await sync(source.connector()) == []

    async def test_unchanged_source_yields_nothing(self, source: Source) -> None:
        """A second sync has no work, not even an empty batch."""
        self.fill(source)
        assert await sync(source.connector(), await self.cursor(source)) == []

    async def test_sync_that_was_cut_short_goes_on(self, source: Source) -> None:
        """From the cursor of any batch, exactly the documents after that batch come."""
        self.fill(source)
        whole = await sync(source.connector())
        for steps in range(1, len(whole)):
            begun = await sync(source.connector(), steps=steps)
            rest = await sync(source.connector(), begun[-1].cursor)
            assert items(begun) + items(rest) == items(whole)

    async def test_batch_can_be_replayed(self, source: Source) -> None:
        """A batch that was not saved comes again, the same, with the same cursor."""
        self.fill(source)
        (first,) = await sync(source.connector(), steps=1)
        second = await sync(source.connector(), first.cursor, steps=1)
        assert await sync(source.connector(), first.cursor, steps=1) == second

    async def test_remaining_counts_down(self, source: Source) -> None:
        """Where a source knows what is still to come, it says so, down to none."""
        self.fill(source)
        batches = await sync(source.connector())
        for number, batch in enumerate(batches, start=1):
            assert batch.remaining in (None, len(items(batches[number:])))

    async def test_touch_changes_no_content(self, source: Source) -> None:
        """What was saved without a change comes at most itself, with equal content."""
        ids = list(self.fill(source))
        whole = await sync(source.connector())
        source.touch(ids[3])
        again = await sync(source.connector(), whole[-1].cursor)
        before = {item.id: item.content for item in items(whole)}
        assert {item.id for item in items(again)} <= {ids[3]}
        assert all(item.content == before[item.id] for item in items(again))
        assert deletions(again) == []

    async def test_edit_yields_that_document(self, source: Source) -> None:
        """An edited document comes with its new text, and no other."""
        self.fill(source)
        cursor = await self.cursor(source)
        edited = source.put("page 07", "Another text")
        batches = await sync(source.connector(), cursor)
        assert [(item.id, item.content.to_string()) for item in items(batches)] == [(edited, "Another text")]
        assert deletions(batches) == []

    async def test_addition_yields_that_document(self, source: Source) -> None:
        """A new document comes, and no other."""
        self.fill(source)
        cursor = await self.cursor(source)
        added = source.put("page 99", "New")
        batches = await sync(source.connector(), cursor)
        assert [item.id for item in items(batches)] == [added]

    async def test_delete_yields_that_deletion(self, source: Source) -> None:
        """A document that is gone is a deletion, and nothing else comes."""
        ids = list(self.fill(source))
        cursor = await self.cursor(source)
        source.delete(ids[5])
        batches = await sync(source.connector(), cursor)
        assert (items(batches), deletions(batches)) == ([], [ids[5]])

    async def test_rename_yields_that_document(self, source: Source) -> None:
        """A renamed document comes with the same content; where its id is another, the old one is deleted."""
        ids = list(self.fill(source))
        cursor = await self.cursor(source)
        renamed = source.rename(ids[2], "another name")
        batches = await sync(source.connector(), cursor)
        assert [(item.id, item.content.to_string()) for item in items(batches)] == [(renamed, "Text 2")]
        assert deletions(batches) == [ids[2]] * (renamed != ids[2])

    async def test_deletions_come_after_additions(self, source: Source) -> None:
        """No addition comes in a batch after one with deletions, so that vectors can be used again."""
        ids = list(self.fill(source))
        cursor = await self.cursor(source)
        for number, document_id in enumerate(ids):
            source.rename(document_id, f"moved {number:02}")
        batches = await sync(source.connector(), cursor)
        first_deletion = next((n for n, batch in enumerate(batches) if batch.deletions), len(batches))
        assert items(batches[first_deletion + 1 :]) == []

    async def test_deletion_comes_once(self, source: Source) -> None:
        """After a deletion has been indexed, it does not come again."""
        ids = list(self.fill(source))
        cursor = await self.cursor(source)
        source.delete(ids[0])
        batches = await sync(source.connector(), cursor)
        assert await sync(source.connector(), batches[-1].cursor) == []

    async def test_listed_ids_are_those_that_sync_yields(self, source: Source) -> None:
        """`list_ids` and a first sync tell of the same documents, also after changes."""
        ids = list(self.fill(source))
        source.delete(ids[1])
        source.rename(ids[2], "another name")
        found = items(await sync(source.connector()))
        assert await source.connector().list_ids() == {item.id for item in found}

    async def test_unknown_access_means_nobody(self, source: Source) -> None:
        """A document of which nothing says who may read it can be read by nobody."""
        source.put("secret", "Text")
        (document,) = items(await sync(source.connector()))
        assert document.access == frozenset()

    async def test_access_is_in_lower_case(self, source: Source) -> None:
        """Principals come as the index compares them."""
        source.put("page", "Text", access=["HR", "Sanne@X.example"])
        (document,) = items(await sync(source.connector()))
        assert document.access == {"hr", "sanne@x.example"}

    async def test_change_of_access_yields_the_document(self, source: Source) -> None:
        """Who may read is part of a document: a change of that alone comes too, with equal content."""
        source.put("page", "Text", access=["everyone"])
        whole = await sync(source.connector())
        source.put("page", "Text", access=["hr"])
        (document,) = items(await sync(source.connector(), whole[-1].cursor))
        assert (document.access, document.content) == (frozenset({"hr"}), items(whole)[0].content)
