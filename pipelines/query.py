"""The way of one question through one Haystack pipeline, from words to a cited answer.

courtesy taken off → asked back about, or completed → follow-up resolved → embedded → searched three ways, each with
the asker's principals → fused → codes matched exactly → newer versions before older → one of each text → capped per
document → outcome → quotes → newer versions of what is quoted → answer. Wrong wiring fails when the pipeline is built.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from haystack import Document, GeneratedAnswer, Pipeline
from haystack.dataclasses import StreamingChunk

from pipelines.components.clarification_resolver import ClarificationResolver
from pipelines.components.document_cap import DocumentCap
from pipelines.components.exact_codes import ExactCodes
from pipelines.components.follow_up_resolver import FollowUpResolver
from pipelines.components.latest_version import LatestVersion
from pipelines.components.newer_versions import NewerVersions
from pipelines.components.outcome_decider import OutcomeDecider
from pipelines.components.outcome_reviewer import OutcomeReviewer
from pipelines.components.question_cleaner import QuestionCleaner
from pipelines.components.question_embedder import QuestionEmbedder
from pipelines.components.question_language import QuestionLanguage
from pipelines.components.quote_answer_builder import QuoteAnswerBuilder
from pipelines.components.quote_selector import QuoteSelector
from pipelines.components.relative_score_fusion import RelativeScoreFusion
from pipelines.components.same_text import SameText
from pipelines.document_store.sqlite import (
    SQLiteDocumentStore,
    SQLiteEmbeddingRetriever,
    SQLiteLexicalRetriever,
)
from pipelines.embedders import Embedder
from pipelines.settings import AnswerSettings, RetrievalSettings
from pipelines.unwrapping import unwrapping

Show = Callable[[str, str, str], Awaitable[None]]
"""Called with each further piece of the answer's text as it is made, its outcome and its language."""


def build_query_pipeline(
    store: SQLiteDocumentStore,
    embedder: Embedder,
    languages: tuple[str, ...],
    retrieval: RetrievalSettings,
    answers: AnswerSettings,
) -> Pipeline:
    """Put the pipeline together; `languages` are ISO 639-1 codes, the default first."""
    pipeline = Pipeline()
    pipeline.add_component("cleaner", QuestionCleaner())
    pipeline.add_component("clarification", ClarificationResolver())
    pipeline.add_component("follow_up", FollowUpResolver())
    pipeline.add_component("language", QuestionLanguage(languages))
    pipeline.add_component("embedder", QuestionEmbedder(embedder))
    pipeline.add_component("vectors", SQLiteEmbeddingRetriever(store, retrieval.top_k))
    pipeline.add_component("stems", SQLiteLexicalRetriever(store, "stems", retrieval.top_k))
    pipeline.add_component("fourgrams", SQLiteLexicalRetriever(store, "fourgrams", retrieval.top_k))
    pipeline.add_component("fusion", _fusion(retrieval))
    pipeline.add_component("codes", ExactCodes())
    pipeline.add_component("versions", LatestVersion())
    pipeline.add_component("same", SameText())
    pipeline.add_component("cap", DocumentCap(retrieval.chunks_per_document))
    pipeline.add_component("outcome", OutcomeDecider(store, answers.strictness))
    pipeline.add_component("review", OutcomeReviewer())
    pipeline.add_component("quotes", QuoteSelector(store, answers.max_characters))
    pipeline.add_component("newer", NewerVersions(store))
    pipeline.add_component("answer", QuoteAnswerBuilder(answers.documents))
    for sender, receiver in _CONNECTIONS:
        pipeline.connect(sender, receiver)
    return pipeline


def _fusion(retrieval: RetrievalSettings) -> RelativeScoreFusion:
    by_words = {"stems": retrieval.stem_weight, "fourgrams": retrieval.fourgram_weight}
    return RelativeScoreFusion(retrieval.vector_weight, by_words)


_CONNECTIONS = (
    ("cleaner.question", "clarification.question"),
    ("cleaner.earlier_questions", "clarification.earlier_questions"),
    ("clarification.question", "follow_up.question"),
    ("clarification.earlier_questions", "follow_up.earlier_questions"),
    ("follow_up.query", "language.query"),
    ("follow_up.query", "embedder.text"),
    ("follow_up.query", "stems.question"),
    ("follow_up.query", "fourgrams.question"),
    ("follow_up.query", "quotes.query"),
    ("follow_up.query", "answer.query"),
    ("embedder.embedding", "vectors.query_embedding"),
    ("language.language", "fusion.language"),
    ("vectors.documents", "fusion.vectors"),
    ("stems.documents", "fusion.stems"),
    ("fourgrams.documents", "fusion.fourgrams"),
    ("fusion.documents", "codes.documents"),
    ("follow_up.query", "codes.query"),
    ("codes.documents", "versions.documents"),
    ("follow_up.query", "versions.query"),
    ("versions.documents", "same.documents"),
    ("follow_up.query", "same.query"),
    ("same.documents", "cap.documents"),
    ("same.twins", "answer.twins"),
    ("language.language", "vectors.language"),
    ("vectors.documents", "outcome.documents"),
    ("language.language", "outcome.language"),
    ("outcome.outcome", "review.outcome"),
    ("clarification.is_vague", "review.is_vague"),
    ("codes.has_code", "review.has_code"),
    ("codes.only_others", "review.only_others"),
    ("cap.documents", "review.documents"),
    ("review.outcome", "quotes.outcome"),
    ("review.outcome", "answer.outcome"),
    ("cap.documents", "quotes.documents"),
    ("cap.documents", "answer.documents"),
    ("quotes.quotes", "answer.quotes"),
    ("quotes.quotes", "newer.quotes"),
    ("newer.newer", "answer.newer"),
    ("language.language", "quotes.language"),
    ("language.language", "answer.language"),
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Chunks, best first, and how many milliseconds it took from the question to them."""

    chunks: Sequence[Document]
    milliseconds: float


class QuestionAnswering:
    """Answers questions from the index, with what the asker may read."""

    def __init__(self, pipeline: Pipeline) -> None:
        """`pipeline`: what `build_query_pipeline` made."""
        self._pipeline = pipeline

    def warm_up(self) -> None:
        """Load the models, so that the first question waits for nothing (about a second)."""
        self._pipeline.warm_up()

    async def answer(
        self, question: str, *, earlier_questions: Sequence[str], principals: Iterable[str], show: Show | None = None
    ) -> GeneratedAnswer:
        """Return the answer to `question`.

        Its data is Markdown with [n] markers and no link; its meta holds outcome (answered,
        closest, not_found, clarification), language, citations, nearest, related (see `QuoteAnswerBuilder`),
        certainty (see `Decision`) and timings (milliseconds). `earlier_questions` are the asker's in this
        thread, oldest first. Raises `PipelineError` where the index can't be searched.
        """
        started = perf_counter()
        result = await self._run(question, earlier_questions, principals, show)
        answer: GeneratedAnswer = result["answer"]["answer"]
        answer.meta["certainty"] = result["outcome"]["certainty"]
        answer.meta["timings"] = _timings(started, result["cap"]["finished_at"])
        return answer

    async def rank(self, question: str, *, principals: Iterable[str]) -> Ranking:
        """Return all chunks that `question` finds, best first, before any is left out; raises as `answer` does.

        The way is an answer's own, so that what is measured is what people get.
        """
        started = perf_counter()
        result = await self._run(question, (), principals, None)
        return Ranking(result["versions"]["documents"], 1000 * (result["cap"]["finished_at"] - started))

    async def _run(
        self, question: str, earlier_questions: Sequence[str], principals: Iterable[str], show: Show | None
    ) -> dict[str, Any]:
        readers = sorted(principals)
        inputs = {
            "cleaner": {"question": question, "earlier_questions": list(earlier_questions)},
            "vectors": {"principals": readers},
            "stems": {"principals": readers},
            "fourgrams": {"principals": readers},
            "newer": {"principals": readers},
            "answer": {"streaming_callback": _shown_by(show)},
        }
        with unwrapping():
            return await self._pipeline.run_async(inputs, include_outputs_from={"versions", "cap", "outcome"})


def _shown_by(show: Show | None) -> Callable[[StreamingChunk], Awaitable[None]] | None:
    if show is None:
        return None

    async def callback(chunk: StreamingChunk) -> None:
        await show(chunk.content, chunk.meta["outcome"], chunk.meta["language"])

    return callback


def _timings(started: float, retrieved: float) -> dict[str, float]:
    finished = perf_counter()
    spans = {"retrieve_ms": retrieved - started, "answer_ms": finished - retrieved, "total_ms": finished - started}
    return {name: round(1000 * seconds, 1) for name, seconds in spans.items()}
