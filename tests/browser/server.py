"""`python -m tests.browser.server GATES`: `kennisbot serve`, with answers that come piece by piece when a test says so.

A question with a word such as `paced-7f` in it waits before each piece of its text for a file in the folder GATES/7f:
`1` before the first, `2` before the second and so on, `all` for all of them. The rest is as it is for everybody.
"""

import asyncio
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from haystack import GeneratedAnswer

from bot import bootstrap
from bot.cli.app import main
from bot.settings import Settings
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.query import QuestionAnswering, Show

_PACED = re.compile(r"\s*\bpaced-(\w+)\b")
_LOOK_AGAIN = 0.01


class PacedAnswering:
    """Answers as the real one does, when the gates are open."""

    def __init__(self, answering: QuestionAnswering, gates: Path) -> None:
        self._answering = answering
        self._gates = gates

    def warm_up(self) -> None:
        self._answering.warm_up()

    async def answer(
        self, question: str, *, earlier_questions: Sequence[str], principals: Iterable[str], show: Show
    ) -> GeneratedAnswer:
        paced = _PACED.search(question)
        shown = self._paced(show, self._gates / paced[1]) if paced else show
        earlier = [_PACED.sub("", one) for one in earlier_questions]
        asked = _PACED.sub("", question)
        return await self._answering.answer(asked, earlier_questions=earlier, principals=principals, show=shown)

    def _paced(self, show: Show, gates: Path) -> Show:
        pieces = 0

        async def shown(piece: str, outcome: str, language: str) -> None:
            nonlocal pieces
            pieces += 1
            while not ((gates / str(pieces)).exists() or (gates / "all").exists()):  # noqa: ASYNC110 - a file is no event
                await asyncio.sleep(_LOOK_AGAIN)
            await show(piece, outcome, language)

        return shown


def pace(gates: Path) -> None:
    """Let the bot be built with gates before its answers."""
    build = bootstrap.build_answering

    def paced(settings: Settings, store: SQLiteDocumentStore) -> PacedAnswering:
        return PacedAnswering(build(settings, store), gates)

    bootstrap.build_answering = paced  # type: ignore[assignment]  # all that is used of it


if __name__ == "__main__":
    pace(Path(sys.argv.pop(1)))
    main()
