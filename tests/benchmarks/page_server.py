"""The page's server for the benchmarks: `python -m tests.benchmarks.page_server FOLDER [replayed]`.

It is what `kennisbot serve` is, with the sample's settings, an index and threads that lie ready in FOLDER and no
sources, so that no sync runs meanwhile. Beside it runs nothing but a `LoopLag`. `replayed`: a question that was
answered before is answered at once, as it was then, so that what is left is the page's own work.
"""

import asyncio
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from haystack import GeneratedAnswer

from bot import bootstrap, log
from bot.bootstrap import serving
from bot.settings import Settings, load_settings
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.query import QuestionAnswering, Show
from tests.benchmarks.loop_lag import LoopLag, say
from tests.benchmarks.sample import Sample

REPLAYED = "replayed"


def settings(folder: Path) -> Settings:
    """Return the settings of a server on what lies ready in `folder`."""
    flags = {"data_folder": folder, "sources": [], "server": {"port": 0}, "log": {"level": "error"}}
    return load_settings(Sample.config, flags)


class Replaying:
    """Answers as the real one does; what it was asked before, at once."""

    def __init__(self, answering: QuestionAnswering) -> None:
        """`answering`: the real one."""
        self._answering = answering
        self._known: dict[str, tuple[GeneratedAnswer, list[tuple[str, str, str]]]] = {}

    def warm_up(self) -> None:
        """Load the models."""
        self._answering.warm_up()

    async def answer(
        self, question: str, *, earlier_questions: Sequence[str], principals: Iterable[str], show: Show
    ) -> GeneratedAnswer:
        """Return the answer that was given before, or the real one."""
        if question not in self._known:
            self._known[question] = await self._real(question, earlier_questions, principals)
        answer, pieces = self._known[question]
        for piece in pieces:
            await show(*piece)
        return answer

    async def _real(
        self, question: str, earlier: Sequence[str], principals: Iterable[str]
    ) -> tuple[GeneratedAnswer, list[tuple[str, str, str]]]:
        pieces: list[tuple[str, str, str]] = []

        async def keep(*piece: str) -> None:
            pieces.append(piece)  # type: ignore[arg-type]  # three, as `Show` has them

        answer = await self._answering.answer(question, earlier_questions=earlier, principals=principals, show=keep)
        return answer, pieces


def _replay() -> None:
    build = bootstrap.build_answering

    def replaying(configured: Settings, store: SQLiteDocumentStore) -> Replaying:
        return Replaying(build(configured, store))

    bootstrap.build_answering = replaying  # type: ignore[assignment]  # all that is used of it


async def _serve(configured: Settings) -> None:
    watching = asyncio.create_task(LoopLag().watch())
    await serving.serve(configured, on_listening=say)
    watching.cancel()
    asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1)


def main(folder: Path, *, replayed: bool) -> None:
    """Serve until SIGTERM."""
    configured = settings(folder)
    log.configure(configured.log)
    if replayed:
        _replay()
    asyncio.run(_serve(configured))


if __name__ == "__main__":
    main(Path(sys.argv[1]), replayed=sys.argv[2:] == [REPLAYED])
