"""A data set of a company's own questions, with all documents of its index as what each has to be found among."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from haystack import Document

from pipelines.document_store.overview import IndexOverview
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, ExpectedAnswer, Query
from pipelines.evaluation.document_lookup import DocumentLookup, NotFound
from pipelines.evaluation.own_questions import NamedDocument, OwnQuestion

FEW = 30
"""Questions below which intervals are too wide to tell much: the 95 % interval of a share of one half is ±.18 at 30
(1.96 · √(.25 / 30)), ±.14 at 50 and ±.31 at 10."""

_A_PAGE = 500


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that was named for a question and that no one document of the index answers to."""

    question: OwnQuestion
    named: NamedDocument
    why: NotFound


@dataclass(frozen=True, slots=True)
class OwnDataset:
    """What became of the questions; a question is in `dataset` unless none of the documents named for it is.

    `asked`: how many questions there were.
    """

    dataset: Dataset
    left_out: tuple[LeftOut, ...]
    asked: int

    @property
    def judged(self) -> int:
        """How many questions have a document."""
        return len(self.dataset.judged())

    @property
    def unanswerable(self) -> int:
        """How many questions nothing answers."""
        return len(self.dataset.queries) - self.judged


def indexed_documents(overview: IndexOverview, progress: Callable[[int, int], None]) -> list[Document]:
    """Return all documents of the index, whole, whoever may read them; `progress` is told how many, of how many.

    One that goes meanwhile is not among them. Raises what the store raises.
    """
    sources = overview.sources()
    total = sum(counts.documents for counts in sources.values())
    documents = []
    for done, id_ in enumerate((id_ for source in sources for id_ in _ids(overview, source)), start=1):
        found = overview.document(id_)
        documents += [found.document] if found else []
        progress(done, max(done, total))
    return documents


def _ids(overview: IndexOverview, source: str) -> Iterator[str]:
    page = overview.documents(source, limit=_A_PAGE)
    while page:
        yield from (listed.id for listed in page)
        page = overview.documents(source, after=page[-1].id, limit=_A_PAGE)


def own_dataset(name: str, questions: Sequence[OwnQuestion], documents: Sequence[Document]) -> OwnDataset:
    """Return the questions with the documents that they name; a question's id is `q` and its line."""
    lookup = DocumentLookup(documents)
    relevant: dict[str, dict[str, int]] = {}
    left_out: list[LeftOut] = []
    for question in questions:
        for named in question.documents:
            found = lookup.find(named.name)
            if isinstance(found, NotFound):
                left_out.append(LeftOut(question, named, found))
            else:
                relevant.setdefault(_id(question), {})[found] = 1
    kept = [question for question in questions if not question.documents or _id(question) in relevant]
    return OwnDataset(_dataset(name, kept, documents, relevant), tuple(left_out), len(questions))


def _id(question: OwnQuestion) -> str:
    return f"q{question.line}"


def _dataset(
    name: str, questions: Sequence[OwnQuestion], documents: Sequence[Document], relevant: dict[str, dict[str, int]]
) -> Dataset:
    return Dataset(
        name,
        tuple(EvaluationDocument(one.id, one.meta.get("title") or "", one.content or "") for one in documents),
        tuple(Query(_id(one), one.text) for one in questions),
        relevant,
        {_id(one): ExpectedAnswer(bool(one.documents), section=None, answer=one.answer) for one in questions},
    )
