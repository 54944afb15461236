"""`SameText`: a text that stands in several documents is one source."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from haystack import Document, component

from pipelines.versions import YEAR, is_older


@component
class SameText:
    """Keeps one of the chunks whose texts are the same, white space aside, in different documents.

    The first one stays, or with its score the newest version of its document unless the question names a year.
    All are chunks that the asker's searches found, so none is named that the asker may not read.
    """

    @component.output_types(documents=list[Document], twins=dict[str, list[Document]])
    def run(self, query: str, documents: list[Document]) -> dict[str, Any]:
        """Return `documents`, best first, without the repetitions, and by the id of a chunk where else it stands.

        `twins` has a chunk of each further document, best first; older versions of the kept one's are left out.
        """
        names_a_year = bool(YEAR.search(query))
        twins: dict[str, list[Document]] = {}
        kept: dict[str, Document] = {document.id: document for document in documents}
        for same in _by_text(documents):
            chosen = same[0] if names_a_year else _newest(same)
            others = _elsewhere(same, chosen)
            for other in others:
                del kept[other.id]
            if places := _places(others, chosen):
                twins[chosen.id] = places
            if chosen is not same[0]:
                kept[chosen.id] = replace(chosen, score=same[0].score)
        # The sort is stable: of equal scores the one that stood first stays before.
        return {"documents": sorted(kept.values(), key=_score, reverse=True), "twins": twins}


def _by_text(documents: Sequence[Document]) -> Iterable[list[Document]]:
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault("".join((document.content or "").split()) or document.id, []).append(document)
    return groups.values()


def _newest(same: Sequence[Document]) -> Document:
    """Return the newest version of the first one's document."""
    newest = same[0]
    for one in same[1:]:
        newest = one if is_older(newest.meta, one.meta) else newest
    return newest


def _elsewhere(same: Sequence[Document], chosen: Document) -> list[Document]:
    return [other for other in same if other.meta["document_id"] != chosen.meta["document_id"]]


def _places(others: Sequence[Document], chosen: Document) -> list[Document]:
    """Return the best chunk of each document that is no older version of the chosen one's."""
    best: dict[str, Document] = {}
    for other in others:
        if not is_older(other.meta, chosen.meta):
            best.setdefault(str(other.meta["document_id"]), other)
    return list(best.values())


def _score(document: Document) -> float:
    return document.score or 0.0
