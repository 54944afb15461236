"""A real folder that a test fills and syncs."""

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from connectors.base import Batch, DocumentIssue, SourceDocument
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.settings import FilesystemSettings
from tests.contracts.connector import Source, items, sync

_SECONDS = count(1_700_000_000)


class Folder(Source):
    """Each save gets a later time: a clock that stands still between two saves is not under test here."""

    def __init__(self, root: Path, **settings: object) -> None:
        self.root = root
        self.settings = FilesystemSettings.model_validate({"name": "wiki", "path": root, **settings})

    def connector(self) -> FilesystemConnector:
        return FilesystemConnector(self.settings)

    def put(self, name: str, text: str, access: Iterable[str] | None = None) -> str:
        front_matter = "" if access is None else f"---\naccess: [{', '.join(access)}]\n---\n"
        self.write(f"{name}.md", front_matter + text)
        return f"{name}.md"

    def touch(self, document_id: str) -> None:
        os.utime(self.root / document_id, (0, next(_SECONDS)))

    def rename(self, document_id: str, name: str) -> str:
        (self.root / document_id).rename(self.root / f"{name}.md")
        return f"{name}.md"

    def delete(self, document_id: str) -> None:
        (self.root / document_id).unlink()

    def write(self, path: str, content: str | bytes = "Text") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.touch(path)
        return file

    async def sync(self, cursor: str | None = None, steps: int | None = None) -> list[Batch]:
        return await sync(self.connector(), cursor, steps)

    async def documents(self) -> dict[str, SourceDocument]:
        return {item.id: item for item in items(await self.sync())}

    async def document(self) -> SourceDocument:
        (document,) = (await self.documents()).values()
        return document

    async def failures(self) -> dict[str, DocumentIssue]:
        return {issue.document_id: issue for batch in await self.sync() for issue in batch.failures}

    async def failure(self) -> DocumentIssue:
        (issue,) = (await self.failures()).values()
        return issue
