"""Bringing the index in step with its sources.

Each batch of a source is indexed before its cursor is saved, so a sync that is cut short goes on
where it was. What did not change costs a comparison; a change of metadata alone (who may read,
title, link, owner, date) rewrites that and embeds nothing. What can no longer be read stays as it was,
marked stale, where it is known who may read it; else it goes.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Protocol

from haystack import Pipeline

from connectors.base import Batch, Connector, DocumentIssue, SourceDocument
from connectors.cursor_store import CursorStore
from connectors.errors import ConnectorError, SourceShrank
from pipelines.calibrator import Calibrator
from pipelines.components.document_converter import Converted, content_hash, document_id, source_metadata
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.sync.lock import SyncLock
from pipelines.unwrapping import unwrapping

_AT_ONCE = 4
"""Documents that go through the pipeline together: few, so that whoever waits sees it move."""


class Progress(Protocol):
    """Told how a sync goes on, in the order of events."""

    def source(self, name: str) -> None:
        """A source is being listed."""

    def documents(self, done: int, remaining: int | None) -> None:
        """So many of its documents are done, and so many are still to come, where that is known."""

    def calibration(self, done: int, total: int) -> None:
        """So many of the calibration's sentences have been embedded."""


@dataclass
class SourceReport:
    """What a sync did with one source; counts are documents. `error` says why a whole source failed.

    `failed` are those that can't be read or converted now: `stale` of them stay as they were before. `left_out`
    are the documents converted now that hold something no reader sees.
    """

    source: str
    added: int = 0
    changed: int = 0
    metadata_changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    skipped: list[DocumentIssue] = field(default_factory=list)
    failed: list[DocumentIssue] = field(default_factory=list)
    stale: int = 0
    left_out: dict[str, dict[str, int]] = field(default_factory=dict)
    unreadable: int = 0
    chunks_embedded: int = 0
    seconds: float = 0.0
    error: ConnectorError | None = None


@dataclass(frozen=True, slots=True)
class _Inventory:
    """What the index has of a source, and what the source lists, when a sync begins; ids of the index.

    `before` counts what the source listed when a sync last ran to its end: after one that was cut short the index
    may hold more.
    """

    indexed: frozenset[str]
    listed: frozenset[str]
    before: int

    @property
    def gone(self) -> frozenset[str]:
        return self.indexed - self.listed

    def shrank_by(self, lost: Collection[str]) -> bool:
        """Tell whether a source that lost these documents lists nothing, or lost more than half of what it had."""
        return bool(lost) and (not self.listed or 2 * len(lost) > self.before)


class Synchronizer:
    """Runs sources through the indexing pipeline, one after the other."""

    def __init__(  # noqa: PLR0913, PLR0917 - its parts, put together in one place
        self,
        store: SQLiteDocumentStore,
        pipeline: Pipeline,
        cursors: CursorStore,
        calibrator: Calibrator,
        lock: SyncLock,
        progress: Progress,
    ) -> None:
        """`pipeline` and `calibrator`: made for `store`; `lock`: held during each sync."""
        self._store = store
        self._pipeline = pipeline
        self._cursors = cursors
        self._calibrator = calibrator
        self._lock = lock
        self._progress = progress

    async def sync(self, connectors: Sequence[Connector], *, prune: bool = False) -> list[SourceReport]:
        """Sync all sources and return a report of each; one that fails does not stop the others.

        Documents of sources that are no longer configured are removed. `prune`: remove what a source no longer
        lists even where that is more than half of it. Raises `PipelineError` where the index itself fails,
        `SyncRunning` where another sync holds it.
        """
        with self._lock.held():
            reports = [await self._sync_source(connector, prune=prune) for connector in connectors]
            reports += [await self._drop(name) for name in self._unconfigured(connectors)]
            await asyncio.to_thread(self._calibrator.renew, self._progress.calibration)
            return reports

    async def sync_one(self, connector: Connector) -> SourceReport:
        """Sync one source and leave the others as they are. Raises as `sync` does."""
        with self._lock.held():
            report = await self._sync_source(connector, prune=False)
            await asyncio.to_thread(self._calibrator.renew, self._progress.calibration)
            return report

    async def drop_unconfigured(self, connectors: Sequence[Connector]) -> list[SourceReport]:
        """Remove the documents of all sources that are not among `connectors`. Raises as `sync` does."""
        with self._lock.held():
            return [await self._drop(name) for name in self._unconfigured(connectors)]

    def _unconfigured(self, connectors: Sequence[Connector]) -> list[str]:
        return sorted(self._store.sources() - {connector.name for connector in connectors})

    async def _drop(self, name: str) -> SourceReport:
        documents = self._store.document_ids(name)
        await asyncio.to_thread(self._delete, documents)
        await self._cursors.forget(name)
        return SourceReport(name, deleted=len(documents))

    async def _sync_source(self, connector: Connector, *, prune: bool) -> SourceReport:
        report = SourceReport(connector.name)
        started = perf_counter()
        self._progress.source(connector.name)
        try:
            inventory = await self._take_inventory(connector)
            seen, deletions = await self._take_changes(connector, report, inventory)
            lost = await asyncio.to_thread(self._lost, connector.name, inventory)
            if inventory.shrank_by(lost) and not prune:
                report.error = _shrinkage(connector.name, inventory, lost)
            else:
                await self._prune(report, inventory.gone - seen, deletions)
            await self._forget_failures(report, inventory.listed)
            await self._cursors.record_run(connector.name, report.error, len(inventory.listed))
            report.unchanged += len(await asyncio.to_thread(self._store.document_ids, connector.name) - seen)
        except ConnectorError as error:
            report.error = error
            await self._cursors.record_run(connector.name, error)
        await self._complete(report)
        report.seconds = perf_counter() - started
        return report

    async def _complete(self, report: SourceReport) -> None:
        """Add to `report` what is known of the source as a whole."""
        name = report.source
        recorded = await self._cursors.failures(name)
        report.failed = [DocumentIssue(f.document_id, f.reason, f.remedy) for f in recorded]
        report.stale = await asyncio.to_thread(self._store.count_stale, name)
        report.unreadable = await asyncio.to_thread(self._store.count_unreadable, name)

    async def _take_inventory(self, connector: Connector) -> _Inventory:
        indexed = await asyncio.to_thread(self._store.document_ids, connector.name)
        listed = await connector.list_ids()
        last = await self._cursors.last_run(connector.name)
        before = len(indexed) if last is None or last.listed is None else last.listed
        return _Inventory(indexed, frozenset(document_id(connector.name, id_) for id_ in listed), before)

    async def _take_changes(
        self, connector: Connector, report: SourceReport, inventory: _Inventory
    ) -> tuple[set[str], set[str]]:
        """Bring all batches into the index, but for their deletions: what has gone goes last, if it may go at all.

        Return the ids of the documents that came in them, and of those that they say are gone.
        """
        cursor = await self._cursors.load(connector.name) if inventory.indexed else None
        done, seen, deletions = 0, set[str](), set[str]()
        async for batch in connector.changes(cursor):
            await self._take(connector.name, batch, report, done)
            await self._cursors.save(connector.name, batch.cursor)
            done += len(batch.items)
            ids = (*(item.id for item in batch.items), *(failure.document_id for failure in batch.failures))
            seen.update(document_id(connector.name, id_) for id_ in ids)
            deletions.update(document_id(connector.name, id_) for id_ in batch.deletions)
            self._progress.documents(done, batch.remaining)
        return seen, deletions

    async def _take(self, source: str, batch: Batch, report: SourceReport, done: int) -> None:
        """Bring one batch into the index, `done` documents having gone before."""
        fresh = await asyncio.to_thread(self._rewrite_unchanged, source, batch.items, report)
        skipped, failures = [], list(batch.failures)
        for start in range(0, len(fresh), _AT_ONCE):
            left = len(fresh) - start
            total_left = None if batch.remaining is None else batch.remaining + left
            self._progress.documents(done + len(batch.items) - left, total_left)
            converted = await asyncio.to_thread(self._index, source, fresh[start : start + _AT_ONCE], report)
            skipped += [issue.document_id for issue in converted["skipped"]]
            failures += converted["failures"]
        await asyncio.to_thread(self._keep_as_stale, source, failures)
        unusable = [issue.document_id for issue in failures if issue.access is None]
        gone = [document_id(source, id_) for id_ in (*skipped, *unusable)]
        report.deleted += await asyncio.to_thread(self._delete, gone)
        report.failed += failures
        resolved = {*(item.id for item in batch.items), *batch.deletions} - {f.document_id for f in failures}
        await self._cursors.record_failures(source, failures, resolved)

    def _keep_as_stale(self, source: str, failures: Iterable[DocumentIssue]) -> None:
        """Leave in the index what was read before, for those who may read it now."""
        for issue in failures:
            id_ = document_id(source, issue.document_id)
            state = self._store.state(id_)
            if state is None or issue.access is None:
                continue
            since = state.meta.get("stale_since") or datetime.now(UTC).isoformat(timespec="seconds")
            metadata = {"access": sorted(issue.access), "stale_since": since}
            if state.differs_from(metadata):
                self._store.rewrite_metadata(id_, metadata)

    def _index(self, source: str, items: Sequence[SourceDocument], report: SourceReport) -> Converted:
        known = {id_ for id_ in (document_id(source, item.id) for item in items) if self._store.state(id_)}
        data = {"converter": {"source": source, "items": list(items)}}
        with unwrapping():
            result = self._pipeline.run(data, include_outputs_from={"converter"})
        converted: Converted = result["converter"]
        whole = [document.id for document in converted["documents"] if document.meta["part_of"] is None]
        changed = sum(id_ in known for id_ in whole)
        report.changed += changed
        report.added += len(whole) - changed
        report.skipped += converted["skipped"]
        report.left_out |= {d.id: d.meta["left_out"] for d in converted["documents"] if d.meta["left_out"]}
        report.chunks_embedded += result["writer"]["chunks_embedded"]
        return converted

    def _rewrite_unchanged(
        self, source: str, items: Iterable[SourceDocument], report: SourceReport
    ) -> list[SourceDocument]:
        """Bring the metadata of documents up to date whose content is indexed; return the others."""
        fresh = []
        for item in items:
            state = self._store.state(document_id(source, item.id))
            metadata = source_metadata(source, item)
            if state is None or state.content_hash != content_hash(item) or _lost_title(state.meta, metadata):
                fresh.append(item)
            elif state.differs_from(metadata):
                report.metadata_changed += 1
                self._store.rewrite_metadata(document_id(source, item.id), metadata)
            else:
                report.unchanged += 1
        return fresh

    def _lost(self, source: str, inventory: _Inventory) -> list[str]:
        """Return what has gone and is nowhere else in the source; a document that was renamed still is."""
        hashes = self._store.content_hashes(source) if inventory.gone else {}
        there = {hash_ for id_, hash_ in hashes.items() if id_ in inventory.listed}
        return [id_ for id_ in sorted(inventory.gone) if id_ in hashes and hashes[id_] not in there]

    async def _prune(self, report: SourceReport, gone: Set[str], deletions: Set[str]) -> None:
        """Remove what the index had and the source has not; `deletions`: those of it that the source told of."""
        report.deleted += await asyncio.to_thread(self._delete, gone)
        if gone - deletions:
            # The cursor may still count them as read; were they to come back, nobody would look.
            await self._cursors.forget_cursor(report.source)

    async def _forget_failures(self, report: SourceReport, listed: Iterable[str]) -> None:
        """Forget the failures of before of what the source no longer lists."""
        recorded = {failure.document_id for failure in await self._cursors.failures(report.source)}
        failing = {failure.document_id for failure in report.failed}
        there = set(listed)
        gone = {id_ for id_ in recorded - failing if document_id(report.source, id_) not in there}
        await self._cursors.record_failures(report.source, (), gone)

    def _delete(self, document_ids: Iterable[str]) -> int:
        present = [id_ for id_ in sorted(document_ids) if self._store.state(id_)]
        self._store.delete(present)
        return len(present)


def _shrinkage(source: str, inventory: _Inventory, lost: Collection[str]) -> SourceShrank:
    listed, gone = len(inventory.listed), len(lost)
    return SourceShrank(
        source,
        f"it lists {listed:,} documents and had {inventory.before:,}; the {gone:,} missing ones were kept in the index",
        "Check that its folder is mounted whole and that its settings are right; where they are gone for good, "
        "run `kennisbot sync --prune`.",
    )


def _lost_title(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether a title that the source stated before must now be found in the text."""
    return old.get("stated_title") is not None and new["stated_title"] is None
