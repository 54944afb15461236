"""What a library says of a file that it can't open, as an administrator should read it."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from pipelines.converters.refusals import damaged
from pipelines.errors import UnreadableContent


@contextmanager
def opening() -> Iterator[None]:
    """Raise `UnreadableContent` in the place of what a library raises while it opens a file.

    `UnreadableContent`, `MemoryError`, `ImportError` and `RecursionError` pass: those say what is wrong.
    """
    try:
        yield
    except (UnreadableContent, MemoryError, ImportError, RecursionError):
        raise
    except Exception as error:
        if isinstance(error, etree.XMLSyntaxError):
            check_limits(error)
        raise damaged() from error


def check_limits(error: etree.XMLSyntaxError) -> None:
    """Raise `MemoryError` or `UnreadableContent` where the parser came to a limit, and not upon an error in the XML."""
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error
    if "Excessive depth" in str(error):  # libxml2 reads 256 levels; office programs write some 30
        raise UnreadableContent("its elements are nested too deeply", "Simplify the file or exclude it.") from error
