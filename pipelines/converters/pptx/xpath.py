"""XPath over any element of a deck: the library binds its prefixes only to the elements that it knows itself."""

from functools import cache
from typing import Any

from lxml.etree import XPath
from pptx.oxml.ns import _nsmap


def found(element: Any, path: str) -> list[Any]:  # noqa: ANN401 - the library types little of it
    """Return the elements or strings at `path`, in the order of the document."""
    return list(_compiled(path)(element))


@cache
def _compiled(path: str) -> Any:  # noqa: ANN401 - its types leave out that it is called
    return XPath(path, namespaces=_nsmap)
