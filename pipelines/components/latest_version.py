"""`LatestVersion`: where a document stands beside an older version of itself, the newer one comes first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from haystack import Document, component

from pipelines.versions import YEAR, family, years

_RELEVANT = 0.5


@component
class LatestVersion:
    """Moves the best chunk of the newest version before those of older ones.

    Versions are documents of one source whose titles differ in nothing but a year, which tells the
    newest. A question that names a year is left alone, and so is a
    newest version that says little about it (under half of the older one's score).
    """

    @component.output_types(documents=list[Document])
    def run(self, query: str, documents: list[Document]) -> dict[str, list[Document]]:
        """Return `documents`, best first, with their scores as far as their order changed."""
        if YEAR.search(query):
            return {"documents": documents}
        families: dict[tuple[str, str], list[Document]] = defaultdict(list)
        for document in documents:
            families[family(document.meta)].append(document)
        promoted = {chunk.id: chunk for versions in families.values() for chunk in _promoted(versions)}
        changed = [promoted.get(document.id, document) for document in documents]
        # The sort is stable, so of equal scores the promoted one has to stand first already.
        changed.sort(key=lambda document: (-(document.score or 0.0), document.id not in promoted))
        return {"documents": changed}


def _promoted(versions: Sequence[Document]) -> list[Document]:
    """Return the newest version's best chunk with the best score of all, where that moves it."""
    newest = max(years(document.meta) for document in versions)
    best, candidate = versions[0], next(document for document in versions if years(document.meta) == newest)
    moves = years(best.meta) != newest and (candidate.score or 0.0) >= _RELEVANT * (best.score or 0.0)
    return [replace(candidate, score=best.score)] if moves else []
