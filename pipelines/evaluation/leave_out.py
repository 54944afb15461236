"""Questions with their answer taken away: the right subject, and nothing there that answers.

What is taken away from a question: the documents that answer it, and their near twins. A twin is a document with a
question of its own (one that it answers, by the dataset) whose cosine with the question asked is at least .905: the
two ask the same. The figure holds for multilingual-e5-small, both embedded as questions; it was set on Dutch
government questions, where below it the answers begin to differ.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pipelines.embedders import Embedder, Vectors, embed_many_questions
from pipelines.evaluation.answers import Asking
from pipelines.evaluation.dataset import Dataset
from pipelines.evaluation.judgement import right_documents

TWIN = 0.905


def left_out(dataset: Dataset, embedder: Embedder, progress: Callable[[int, int], None]) -> list[Asking]:
    """Return each question that has an answer in the dataset, with the answer and its near twins masked; blocks.

    `progress` is told how many questions have been embedded, of how many.
    """
    queries = dataset.judged()
    vectors = embed_many_questions(embedder, [query.text for query in queries], progress)
    answering = [right_documents(dataset, query) for query in queries]
    return [
        Asking(query, frozenset().union(*(answering[i] for i in np.flatnonzero(same))))
        for query, same in zip(queries, _asking_the_same(vectors), strict=True)
    ]


def _asking_the_same(vectors: Vectors) -> NDArray[np.bool_]:
    """Return which questions ask the same as which (n x n); each does as itself, whatever rounding makes of it."""
    same: NDArray[np.bool_] = vectors @ vectors.T >= TWIN
    np.fill_diagonal(same, True)
    return same
