"""What the measures are called on the page, and what each says in one plain sentence."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measure:
    """`form`: how its figures are written, as a share in percent, a figure from 0 to 1, or a count of characters."""

    label: str
    meaning: str
    form: Literal["share", "figure", "characters"]


MEASURES = {
    "answered": Measure("Answered", "A passage was near enough to be called the answer.", "share"),
    "closest": Measure(
        "Closest shown", "The closest passage was shown, with the remark that it may not answer the question.", "share"
    ),
    "not_found": Measure("Not found", "The person was told that the documents don't say.", "share"),
    "clarification": Measure(
        "Asked back", "The question was too vague, and the person was asked what it is about.", "share"
    ),
    "cited_right": Measure("Right document quoted", "Of the answers: those that quote a right document.", "share"),
    "named_right": Measure(
        "Right document named", "Of the answers: those that quote a right document or name one beside.", "share"
    ),
    "cited_right_of_all": Measure(
        "Right document quoted, of all",
        "Of all questions, answered or not: those for which a right document was quoted.",
        "share",
    ),
    "section_right": Measure(
        "Right section quoted", "Where anything is quoted: it includes the very section that answers.", "share"
    ),
    "rouge_l": Measure(
        "Likeness to the written answer (ROUGE-L)",
        "How much the quote reads like the answer that a person wrote, word order included; 1 would be word for word. "
        "A good quote in other words scores low: use it to compare two runs.",
        "figure",
    ),
    "token_recall": Measure(
        "Words of the written answer",
        "How many of the words of the answer that a person wrote stand in the quote.",
        "share",
    ),
    "characters": Measure("Length of the quote", "Characters that a person has to read.", "characters"),
    "worth": Measure(
        "Worth to the person",
        "1 for an answer from a right document, a half for the right passage shown as the closest, minus 1 for an "
        "answer that misleads.",
        "figure",
    ),
    "not_answered": Measure(
        "Not answered, rightly", "Of the questions that nothing answers: those not answered.", "share"
    ),
    "ndcg_at_10": Measure(
        "Ranking quality (nDCG@10)",
        "1 when every right document is at the very top; each place lower counts for less, and after the tenth "
        "for nothing.",
        "figure",
    ),
    "recall_at_5": Measure(
        "Found among the first five (recall@5)",
        "The share of a question's right documents among the first five.",
        "share",
    ),
    "mrr_at_10": Measure(
        "Height of the first right one (MRR@10)",
        "1 when a right document comes first, a half when second, a third when third, 0 after the tenth.",
        "figure",
    ),
}
"""By the name that they have with --json. nDCG, recall and MRR: `pipelines.evaluation.metrics`; all others:
`pipelines.evaluation.judgement`."""
