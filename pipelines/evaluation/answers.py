"""Questions asked the whole way, as a person's are, and what came back for each.

Who may read what is part of a search, so a document is taken away by asking without its principal: the index
stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from haystack import Document, GeneratedAnswer

from pipelines.evaluation.dataset import Dataset, Query
from pipelines.evaluation.index import EVERYONE, dataset_id, document_principal
from pipelines.query import QuestionAnswering


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, and the documents of the dataset that are taken away from it."""

    query: Query
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QuotedSection:
    """What an answer quotes of one section.

    `document_id` is the dataset's, `also_at` are those of documents that are named with it since the same text stands
    there; `title` as people see it ("" where there is none); `section` counts headings from 1, 0 is the text before
    the first.
    """

    document_id: str
    also_at: frozenset[str]
    title: str
    section: int
    text: str

    @property
    def documents(self) -> frozenset[str]:
        """All documents in which it stands, as far as they are named."""
        return self.also_at | {self.document_id}


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What came back for a question, in `milliseconds`.

    `certainty`: how certain the outcome is: from 1 on answered, from 0 on the closest, below 0 not found; None where
    there was nothing to tell it by. `named`: the dataset's ids of all documents that the answer names, in their order:
    each quoted one with those in which the same text stands, then those offered beside.
    """

    query: Query
    outcome: str
    certainty: float | None
    quoted: tuple[QuotedSection, ...]
    named: tuple[str, ...]
    milliseconds: float

    @property
    def text(self) -> str:
        """All that is quoted, without the headings above it."""
        return "\n\n".join(section.text for section in self.quoted)


async def ask_all(
    answering: QuestionAnswering, dataset: Dataset, askings: Sequence[Asking], asked: Callable[[int, int], None]
) -> list[GivenAnswer]:
    """Ask one question after the other, so that each is timed alone.

    `answering`: on the index of `dataset`; `asked` is told how many have been asked, of how many. Raises
    `PipelineError` where the index can't be searched.
    """
    everything = frozenset(document.id for document in dataset.documents)
    answers = []
    for number, asking in enumerate(askings, start=1):
        readable = map(document_principal, everything - asking.masked) if asking.masked else [EVERYONE]
        answer = await answering.answer(asking.query.text, earlier_questions=(), principals=readable)
        answers.append(_given(asking.query, answer))
        asked(number, len(askings))
    return answers


def _given(query: Query, answer: GeneratedAnswer) -> GivenAnswer:
    pairs = zip(answer.documents, answer.meta["citations"], strict=True)
    quoted = tuple(_quoted(chunk, citation) for chunk, citation in pairs)
    meta = answer.meta
    return GivenAnswer(
        query, meta["outcome"], meta["certainty"], quoted, _named(meta), milliseconds=meta["timings"]["total_ms"]
    )


def _named(meta: dict[str, Any]) -> tuple[str, ...]:
    cited = [place for citation in meta["citations"] for place in (citation, *citation["also_at"])]
    return tuple(dict.fromkeys(dataset_id(one["document_id"]) for one in (*cited, *meta["nearest"])))


def _quoted(chunk: Document, citation: dict[str, Any]) -> QuotedSection:
    return QuotedSection(
        document_id=dataset_id(citation["document_id"]),
        also_at=frozenset(dataset_id(place["document_id"]) for place in citation["also_at"]),
        title=citation["title"],
        section=chunk.meta["section_index"],
        text="\n".join(citation["passage"]),
    )
