"""What can be set about the index and the answers."""

from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.settings import AnswerSettings, ChunkSettings, RetrievalSettings


def test_one_list_is_enough() -> None:
    """Two of three may be switched off, not all."""
    assert RetrievalSettings(vector_weight=0, stem_weight=0).fourgram_weight > 0
    with pytest.raises(ValidationError, match="nothing would be found"):
        RetrievalSettings(vector_weight=0, stem_weight=0, fourgram_weight=0)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (ChunkSettings, {"max_characters": 10}),
        (AnswerSettings, {"type": "ollama"}),
        (RetrievalSettings, {"topk": 10}),
    ],
)
def test_impossible_values_are_refused(table: Any, values: dict[str, Any]) -> None:  # noqa: ANN401 - a model
    """A value out of bounds, a part that does not exist, a name with a slip in it."""
    with pytest.raises(ValidationError):
        table(**values)
