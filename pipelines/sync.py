"""Bringing the index in step with its sources.

Each batch of a source is indexed before its cursor is saved, so a sync that is cut short goes on
where it was. What did not change costs a comparison; a change of metadata alone (who may read,
title, link, owner, date) rewrites that and embeds nothing.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol

from haystack import Pipeline

from connectors.base import Batch, Connector, DocumentIssue, SourceDocument
from connectors.cursor_store import CursorStore
from connectors.errors import ConnectorError
from pipelines.calibrator import Calibrator
from pipelines.components.document_converter import Converted, content_hash, document_id, source_metadata
from pipelines.document_store.sqlite import SQLiteDocumentStore
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
    """What a sync did with one source; counts are documents. `error` says why a whole source failed."""

    source: str
    added: int = 0
    changed: int = 0
    metadata_changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    skipped: list[DocumentIssue] = field(default_factory=list)
    failed: list[DocumentIssue] = field(default_factory=list)
    unreadable: int = 0
    chunks_embedded: int = 0
    seconds: float = 0.0
    error: ConnectorError | None = None


class Synchronizer:
    """Runs sources through the indexing pipeline, one after the other."""

    def __init__(
        self,
        store: SQLiteDocumentStore,
        pipeline: Pipeline,
        cursors: CursorStore,
        calibrator: Calibrator,
        progress: Progress,
    ) -> None:
        """`pipeline` and `calibrator`: made for `store`."""
        self._store = store
        self._pipeline = pipeline
        self._cursors = cursors
        self._calibrator = calibrator
        self._progress = progress

    async def sync(self, connectors: Sequence[Connector]) -> list[SourceReport]:
        """Sync all sources and return a report of each; one that fails does not stop the others.

        Documents of sources that are no longer configured are removed. Raises `PipelineError`
        where the index itself fails.
        """
        reports = [await self._sync_source(connector) for connector in connectors]
        reports += [await self._drop(name) for name in self._unconfigured(connectors)]
        await asyncio.to_thread(self._calibrator.renew, self._progress.calibration)
        return reports

    def _unconfigured(self, connectors: Sequence[Connector]) -> list[str]:
        return sorted(self._store.sources() - {connector.name for connector in connectors})

    async def _drop(self, name: str) -> SourceReport:
        documents = self._store.document_ids(name)
        await asyncio.to_thread(self._delete, documents)
        await self._cursors.forget(name)
        return SourceReport(name, deleted=len(documents))

    async def _sync_source(self, connector: Connector) -> SourceReport:
        report = SourceReport(connector.name)
        started = perf_counter()
        self._progress.source(connector.name)
        try:
            seen = await self._take_changes(connector, report)
            await self._prune(connector, report)
            report.unchanged += len(await asyncio.to_thread(self._store.document_ids, connector.name) - seen)
        except ConnectorError as error:
            report.error = error
        recorded = await self._cursors.failures(connector.name)
        report.failed = [DocumentIssue(f.document_id, f.reason, f.remedy) for f in recorded]
        report.unreadable = await asyncio.to_thread(self._store.count_unreadable, connector.name)
        report.seconds = perf_counter() - started
        return report

    async def _take_changes(self, connector: Connector, report: SourceReport) -> set[str]:
        """Bring all batches into the index; return the ids of the documents that came in them."""
        before = await asyncio.to_thread(self._store.document_ids, connector.name)
        cursor = await self._cursors.load(connector.name) if before else None
        done, seen = 0, set[str]()
        async for batch in connector.changes(cursor):
            report.failed += await self._take(connector.name, batch, report, done)
            await self._cursors.save(connector.name, batch.cursor)
            done += len(batch.items)
            seen.update(document_id(connector.name, item.id) for item in batch.items)
            self._progress.documents(done, batch.remaining)
        return seen

    async def _take(self, source: str, batch: Batch, report: SourceReport, done: int) -> list[DocumentIssue]:
        """Bring one batch into the index, `done` documents having gone before; return what failed."""
        fresh = await asyncio.to_thread(self._rewrite_unchanged, source, batch.items, report)
        skipped, failures = [], list(batch.failures)
        for start in range(0, len(fresh), _AT_ONCE):
            left = len(fresh) - start
            total_left = None if batch.remaining is None else batch.remaining + left
            self._progress.documents(done + len(batch.items) - left, total_left)
            converted = await asyncio.to_thread(self._index, source, fresh[start : start + _AT_ONCE], report)
            skipped += converted["skipped"]
            failures += converted["failures"]
        await self._withdraw(source, batch, [*skipped, *failures], report)
        resolved = {*(item.id for item in batch.items), *batch.deletions} - {f.document_id for f in failures}
        await self._cursors.record_failures(source, failures, resolved)
        return failures

    async def _withdraw(
        self, source: str, batch: Batch, left_out: Sequence[DocumentIssue], report: SourceReport
    ) -> None:
        """Remove what the source deleted, and what was read and left out: its access may have been narrowed too."""
        read = {item.id for item in batch.items}
        gone = {*batch.deletions, *(issue.document_id for issue in left_out if issue.document_id in read)}
        report.deleted += await asyncio.to_thread(self._delete, [document_id(source, id_) for id_ in gone])

    def _index(self, source: str, items: Sequence[SourceDocument], report: SourceReport) -> Converted:
        known = {id_ for id_ in (document_id(source, item.id) for item in items) if self._store.state(id_)}
        data = {"converter": {"source": source, "items": list(items)}}
        with unwrapping():
            result = self._pipeline.run(data, include_outputs_from={"converter"})
        converted: Converted = result["converter"]
        changed = sum(document.id in known for document in converted["documents"])
        report.changed += changed
        report.added += len(converted["documents"]) - changed
        report.skipped += converted["skipped"]
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
            elif _differs(state.meta, metadata):
                report.metadata_changed += 1
                self._store.rewrite_metadata(document_id(source, item.id), metadata)
            else:
                report.unchanged += 1
        return fresh

    async def _prune(self, connector: Connector, report: SourceReport) -> None:
        """Remove what the index has and the source has not, whatever the cursor said."""
        ids = await connector.list_ids()
        held = {document_id(connector.name, id_) for id_ in ids}
        stray = await asyncio.to_thread(self._store.document_ids, connector.name) - held
        report.deleted += await asyncio.to_thread(self._delete, stray)
        recorded = {failure.document_id for failure in await self._cursors.failures(connector.name)}
        failing = {failure.document_id for failure in report.failed}
        await self._cursors.record_failures(connector.name, (), recorded - ids - failing)

    def _delete(self, document_ids: Iterable[str]) -> int:
        present = [id_ for id_ in sorted(document_ids) if self._store.state(id_)]
        self._store.delete(present)
        return len(present)


def _differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return any(old.get(name) != value for name, value in new.items())


def _lost_title(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether a title that the source stated before must now be found in the text."""
    return old.get("stated_title") is not None and new["stated_title"] is None
