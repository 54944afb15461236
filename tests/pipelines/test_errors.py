"""Errors carry what an administrator needs."""

import pytest
from haystack import Pipeline, component

from pipelines.errors import IndexMismatch, IndexMissing, IndexUnavailable, PipelineError, UnreadableContent
from pipelines.unwrapping import unwrapping


@pytest.mark.parametrize(
    ("kind", "retryable"),
    [(IndexMissing, False), (IndexMismatch, False), (IndexUnavailable, True), (UnreadableContent, False)],
)
def test_error_says_what_and_what_to_do(kind: type[PipelineError], retryable: bool) -> None:
    """Both halves can be shown apart; whether waiting helps is known of each kind."""
    error = kind("the disk is full", "Make room.")
    assert isinstance(error, PipelineError)
    assert (str(error), error.reason, error.remedy) == (
        "the disk is full. Make room.",
        "the disk is full",
        "Make room.",
    )
    assert error.retryable is retryable


@component
class _Failing:
    def __init__(self, error: Exception) -> None:
        self.error = error

    @component.output_types(nothing=str)
    def run(self, text: str) -> dict[str, str]:
        raise self.error


@pytest.mark.parametrize("error", [IndexUnavailable("locked", "Wait."), ValueError("a fault of ours")])
def test_pipeline_raises_our_own_errors(error: Exception) -> None:
    """What a component says of the index is what its caller sees; a fault keeps Haystack's account of it."""
    pipeline = Pipeline()
    pipeline.add_component("failing", _Failing(error))
    with pytest.raises(Exception, match=r"locked|component failed to run") as caught, unwrapping():
        pipeline.run({"failing": {"text": "x"}})
    assert isinstance(caught.value, IndexUnavailable) == isinstance(error, IndexUnavailable)
