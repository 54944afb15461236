"""Small evaluations with every kind of outcome, and texts that would spoil a page that trusted them."""

from pipelines.evaluation.answers import GivenAnswer, QuotedSection
from pipelines.evaluation.answers_report import AnswersReport
from pipelines.evaluation.dataset import Dataset, EvaluationDocument, ExpectedAnswer, Query
from pipelines.evaluation.retrieval import RankedQuestion, RetrievalResult
from pipelines.evaluation.run import Change, Comparison, MeasuredQuestion

SCRIPT = "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>"
RIGHT_TO_LEFT = "\u202eكم يوم إجازة لدي؟"
LONG_WORD = "Arbeidsongeschiktheidsverzekering" * 12

DOCUMENTS = (
    EvaluationDocument("leave", "Days of leave", "You get 25 days."),
    EvaluationDocument("bicycles", f"Bicycles {SCRIPT}", "Staff lease a bicycle."),
    EvaluationDocument("untitled", "", f"\n# {RIGHT_TO_LEFT}\n\nText."),
    EvaluationDocument("long", LONG_WORD, "Text."),
)
QUERIES = (
    Query("q-right", "How many days of leave do I get?"),
    Query("q-wrong", f"May I lease a bicycle? {SCRIPT}"),
    Query("q-closest", RIGHT_TO_LEFT),
    Query("q-missed", LONG_WORD),
    Query("q-vague", "And how much then?"),
    Query("q-nobody", "Who won the cup?"),
)
RELEVANT = {
    "q-right": {"leave": 1},
    "q-wrong": {"bicycles": 1},
    "q-closest": {"untitled": 1},
    "q-missed": {"long": 1},
    "q-vague": {"leave": 1, "gone": 1},
}
ANSWERS = {
    "q-right": ExpectedAnswer(answerable=True, section=0, answer="25 days."),
    "q-nobody": ExpectedAnswer(answerable=False, section=None, answer=None),
}
DATASET = Dataset(f"staff {SCRIPT}", DOCUMENTS, QUERIES, RELEVANT, ANSWERS)


def answers_report() -> AnswersReport:
    """Return one with a right and a wrong answer, one of each other outcome, and a wrong one of each further kind."""
    right, wrong, closest, missed, vague, nobody = QUERIES
    return AnswersReport(
        DATASET,
        asked=[
            given(right, "answered", 1.2, "leave"),
            given(wrong, "answered", 1.1, "leave", "bicycles"),
            given(closest, "closest", 0.4, "leave", "untitled"),
            given(missed, "not_found", -0.3),
            given(vague, "clarification", None),
            given(nobody, "answered", 1.05, "bicycles"),
        ],
        left_out=[given(right, "answered", 1.0, "bicycles"), given(wrong, "not_found", -0.5)],
        off_topic=[given(Query("far", f"Far away? {SCRIPT}"), "answered", 1.3, "long")],
    )


def given(query: Query, outcome: str, certainty: float | None, *named: str) -> GivenAnswer:
    """Return what came back for a question; the first document named is quoted."""
    quoted = tuple(QuotedSection(id_, frozenset(), f"Title of {id_}", 1, f"Quote {SCRIPT}") for id_ in named[:1])
    return GivenAnswer(query, outcome, certainty, quoted, named, milliseconds=40.0)


def retrieval_result() -> RetrievalResult:
    """Return one in which a right document is first, third, sixtieth, and not found."""
    ranks = {"q-right": 1, "q-wrong": 3, "q-closest": 60, "q-missed": None}
    return RetrievalResult(DATASET, [_ranked(query, ranks[query.id]) for query in QUERIES if query.id in ranks])


def _ranked(query: Query, rank: int | None) -> RankedQuestion:
    values = dict.fromkeys(("ndcg_at_10", "recall_at_5", "mrr_at_10"), 1 / rank if rank else 0.0)
    return RankedQuestion(query, values, rank, 25.0, ("leave", "untitled", "bicycles") if rank else ())


def comparison(*measures: str) -> Comparison:
    """Return one in which one question is better by each of `measures`, one is worse, and one is the same."""
    changes = [_change(measures, before, now) for before, now in ((0.0, 1.0), (1.0, 0.5), (1.0, 1.0))]
    return Comparison({"answers.strictness": ("careful", None)}, changes)


def _change(measures: tuple[str, ...], before: float, now: float) -> Change:
    old, new = (
        MeasuredQuestion(
            text=f"How many days? {SCRIPT}", values=dict.fromkeys(measures, value), found=f"worth {value:g}"
        )
        for value in (before, now)
    )
    return Change(old, new)
