"""`DocumentLookup`: documents of the index by what people call them.

The first of these that knows a name decides: the document's id (`source/path`), its link, its path within the source,
the name of its file, its title. Capitals do not count, nor does how Unicode writes a letter; in a link neither do its
scheme, its section (`#…`), a slash at its end and how its letters are encoded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import SplitResult, unquote, urlsplit

from haystack import Document

from connectors.base import whole_link
from pipelines.document_store.overview import folded

_KINDS = ("id", "link", "path", "file", "title")
_SHOWN = 3
_ALIKE = 0.75
"""Least similarity (`difflib`'s ratio) of a name that is offered in another's place. Of two titles that begin alike
and end in other words it is about .6; one wrong letter in ten leaves .9, another year at the end .8 and more."""

_SYNC = "If it is new, run kennisbot sync first; kennisbot inspect FILE says why a file is left out."


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why a name leads to no one document; `remedy` says what to do."""

    reason: str
    remedy: str


class DocumentLookup:
    """What the documents of one index are called."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """`documents`: whole ones, with their meta."""
        self._ids: dict[str, dict[str, list[str]]] = {kind: {} for kind in _KINDS}
        self._known: set[str] = set()
        for document in documents:
            self._known.add(document.id)
            for kind, name in _names(document):
                self._ids[kind].setdefault(name, []).append(document.id)

    def find(self, name: str) -> str | NotFound:
        """Return the id of the one document that is called `name`."""
        if name in self._known:
            return name
        for kind in _KINDS:
            if ids := self._ids[kind].get(_spelled(kind, name)):
                return ids[0] if len(ids) == 1 else _ambiguous(ids)
        return self._unknown_link(name) if "://" in name else self._unknown(name)

    def _unknown(self, name: str) -> NotFound:
        names = {called: ids[0] for kind in ("title", "file", "path") for called, ids in self._ids[kind].items()}
        return _missing(_nearest(_spelled("path", name), names))

    def _unknown_link(self, name: str) -> NotFound:
        host, path = _link_parts(name)
        names = {
            link.removeprefix(host): ids[0] for link, ids in self._ids["link"].items() if link.startswith(f"{host}/")
        }
        if names:
            return _missing(_nearest(path, names))
        reason = f"no document of the index has a link to {host or 'a file'}"
        return NotFound(reason, "Name the document by its path or title, or set its source's `url` and sync it.")


def _names(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what a document is called, by kind. One inside another has the other's link, which leads to that."""
    meta = document.meta
    path = folded(document.id.partition("/")[2])
    yield "id", folded(document.id)
    yield "path", path
    yield "file", path.rpartition("/")[2]
    if meta.get("title"):
        yield "title", _spelled("title", meta["title"])
    if meta.get("url") and not meta.get("part_of"):
        yield "link", _spelled("link", meta["url"])


def _spelled(kind: str, name: str) -> str:
    """Return a name so that all spellings of it are the same."""
    if kind == "link":
        return "".join(_link_parts(name))
    if kind == "title":
        return folded(" ".join(name.split()))
    return folded(name.replace("\\", "/").removeprefix("./").strip("/"))


def _link_parts(link: str) -> tuple[str, str]:
    """Return the host ("" for a file) and what follows it."""
    parts = _split(whole_link(link))
    query = f"?{parts.query}" if parts.query else ""
    return folded(parts.netloc), folded(unquote(parts.path)).rstrip("/") + query.casefold()


def _split(link: str) -> SplitResult:
    try:
        return urlsplit(link)
    except ValueError:  # not a link at all
        return SplitResult("", "", link, "", "")


def _nearest(name: str, known: dict[str, str]) -> str | None:
    """Return the id of the document whose name is nearest, None where none is near."""
    return next((known[called] for called in get_close_matches(name, known, n=1, cutoff=_ALIKE)), None)


def _missing(nearest: str | None) -> NotFound:
    if nearest:
        return NotFound(f"it is not in the index; the nearest is {nearest}", f"Write that, if you mean it. {_SYNC}")
    return NotFound("it is not in the index", _SYNC)


def _ambiguous(ids: list[str]) -> NotFound:
    more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
    shown = ids[:_SHOWN] if more else ids
    listed = ", ".join(shown) if more else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return NotFound(f"{len(ids):,} documents are called that: {listed}{more}", "Name the one you mean by its id.")
