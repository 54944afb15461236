"""The sample's documents as the corpus of its questions: `python -m tests.scenarios.demo_corpus` writes it anew.

Only what every employee may read is in it, since the questions are asked as an employee in no group.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connectors.base import SourceDocument
from connectors.sources.filesystem.connector import FilesystemConnector
from connectors.sources.filesystem.settings import FilesystemSettings
from pipelines.components.document_converter import DocumentConverter
from tests.fakes.converter import InProcessConverter

DEMO = Path(__file__).parents[2] / "deploy" / "demo"
QUESTIONS = DEMO / "questions"


def corpus() -> list[dict[str, str]]:
    """Return the lines of corpus.jsonl: `_id` is the path in the documents' folder, `text` is Markdown.

    The path of a file in a mail goes on from that of the mail.
    """
    items = [item for item in asyncio.run(_items()) if item.access & {"everyone", "public"}]
    documents = DocumentConverter(InProcessConverter()).run("", items)["documents"]
    return [
        {"_id": document.id.removeprefix("/"), "title": str(document.meta["title"]), "text": document.content or ""}
        for document in documents
    ]


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    for line in file.read_text("utf-8").splitlines():
        yield json.loads(line)


async def _items() -> list[SourceDocument]:
    settings = FilesystemSettings(type="filesystem", name="demo", path=DEMO / "documents", access=("everyone",))
    return [item async for batch in FilesystemConnector(settings).changes(None) for item in batch.items]


if __name__ == "__main__":
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in corpus())
    (QUESTIONS / "corpus.jsonl").write_text(text, "utf-8")
