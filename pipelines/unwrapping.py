"""Haystack wraps whatever a component raises; who runs a pipeline is promised the `PipelineError` itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from haystack.core.errors import PipelineRuntimeError

from pipelines.errors import PipelineError


@contextmanager
def unwrapping() -> Iterator[None]:
    """Raise the `PipelineError` in the place of Haystack's wrapping of it; all else passes as it is."""
    try:
        yield
    except PipelineRuntimeError as error:
        if isinstance(error.__cause__, PipelineError):
            raise error.__cause__ from None
        raise
