"""The embedded model itself."""

import numpy as np
import pytest

from pipelines.embedders import build_embedder
from pipelines.settings import EmbedderSettings


@pytest.mark.model
def test_model_brings_questions_near_their_answers() -> None:
    """In Dutch, in English and across both: unit vectors of 384 numbers, the right passage nearest."""
    engine = build_embedder(EmbedderSettings())
    passages = engine.embed_passages(
        ["Iedere medewerker heeft 25 vakantiedagen per jaar.", "The password must be changed every year."]
    )
    questions = engine.embed_questions(
        [
            "Hoeveel dagen mag ik vrij nemen?",
            "How many days off do I get?",
            "Wanneer moet mijn wachtwoord anders?",
        ]
    )
    assert passages.shape == (2, 384)
    assert np.allclose(np.linalg.norm([*passages, *questions], axis=1), 1.0, atol=1e-3)
    assert np.argmax(questions @ passages.T, axis=1).tolist() == [0, 0, 1]
