"""Whatever happens to a folder, replaying the batches gives what is in it."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.sources.filesystem.connector import FilesystemConnector
from tests.connectors.sources.filesystem.folder import Folder
from tests.contracts.connector import replay

NAMES = st.sampled_from(["a", "b", "c", "d", "hr/e", "hr/f", "hr/é"])
TEXTS = st.sampled_from(["one", "two", "three", ""])
BROKEN = "---\ntitle: [\n---\n"
STEPS = st.one_of(
    st.tuples(st.just("put"), NAMES, TEXTS),
    st.tuples(st.just("put"), NAMES, st.just(BROKEN)),
    st.tuples(st.just("delete"), NAMES),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("touch"), NAMES),
    st.tuples(st.just("sync"), st.integers(1, 3)),
)


class SmallBatches(FilesystemConnector):
    """So that a few files make several batches."""

    batch_size = 2


class ChangingFolder(Folder):
    """A folder, the cursor that was saved last, and what has been indexed of it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        (root / "hr").mkdir()
        self.cursor: str | None = None
        self.index: dict[str, str] = {}

    def connector(self) -> SmallBatches:
        return SmallBatches(self.settings)

    def take(self, step: tuple[str, ...]) -> None:
        """Do `step` where the files it names are there."""
        action, name, *rest = step
        if action == "put":
            self.put(name, *rest)
        elif (self.root / f"{name}.md").exists():
            getattr(self, action)(f"{name}.md", *rest)

    async def index_changes(self, steps: int | None = None) -> None:
        """Sync, or a part of it; what was indexed is saved."""
        for batch in await self.sync(self.cursor, steps):
            self.index, self.cursor = replay(self.index, [batch]), batch.cursor

    def content(self) -> dict[str, str]:
        """Return what can be read: the texts by id."""
        texts = {str(path.relative_to(self.root)): path.read_text() for path in self.root.rglob("*.md")}
        return {document_id: text for document_id, text in texts.items() if text != BROKEN}


async def _run(root: Path, steps: list[tuple[str, ...]]) -> None:
    folder = ChangingFolder(root)
    for step in steps:
        if step[0] == "sync":
            await folder.index_changes(int(step[1]))
        else:
            folder.take(step)
    await folder.index_changes()
    assert folder.index == folder.content()
    assert all(batch.items == () for batch in await folder.sync(folder.cursor))


@given(st.lists(STEPS, max_size=25))
@settings(max_examples=150, deadline=None)
def test_replayed_batches_equal_the_folder(steps: list[tuple[str, ...]]) -> None:
    """Edits, renames, deletions, breakages and syncs cut short, in any order, end in the folder's content."""
    with tempfile.TemporaryDirectory() as root:
        asyncio.run(_run(Path(root), steps))
