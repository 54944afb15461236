"""`ExactCodes`: where a question holds a code, chunks that have it come before those that have another one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from haystack import Document, component

from pipelines.analysis import searched_text
from pipelines.codes import Code, codes


@component
class ExactCodes:
    """Sorts chunks about HR-12 before those about HR-13 for a question about HR-12.

    By meaning these are nearly the same, and by words they share "hr". The two kinds change places among
    themselves; a chunk without such a code stays where it is.
    """

    @component.output_types(documents=list[Document], has_code=bool, only_others=bool)
    def run(self, query: str, documents: list[Document]) -> dict[str, Any]:
        """Return `documents`, best first, each with the score of its place.

        `has_code`: the one that was asked for was found; `only_others`: others of its family were, and it nowhere.
        """
        asked = set(codes(query, any_case=True))
        having, others = _told_apart(asked, documents) if asked else ([], [])
        if not having:
            return {"documents": documents, "has_code": False, "only_others": bool(others)}
        places, sorted_ = sorted([*having, *others]), [*having, *others]
        moved = list(documents)
        for place, source in zip(places, sorted_, strict=True):
            moved[place] = replace(documents[source], score=documents[place].score)
        return {"documents": moved, "has_code": True, "only_others": False}


def _told_apart(asked: set[Code], documents: Iterable[Document]) -> tuple[list[int], list[int]]:
    """Return the places of the documents that have a code that is asked for, and of those that have only others."""
    families = {code.family for code in asked}
    having, others = [], []
    for place, document in enumerate(documents):
        found = {code for code in codes(searched_text(document)) if code.family in families}
        if found & asked:
            having.append(place)
        elif found:
            others.append(place)
    return having, others
