"""`OutcomeDecider`: is what was found an answer, the closest there is, or nothing?"""

from typing import Literal, Protocol, TypedDict

from haystack import Document, component

from pipelines.calibration import Calibration
from pipelines.settings import Strictness

Outcome = Literal["answered", "closest", "not_found"]


class CalibratedStore(Protocol):
    """What the decision needs of a store."""

    def calibration(self) -> Calibration | None:
        """Return the thresholds made when the index was built, None where there was too little text."""


class Decision(TypedDict):
    """An outcome and how certain it is: 1 at the threshold of answered, 0 at that of not found; None: not known."""

    outcome: Outcome
    certainty: float | None


@component
class OutcomeDecider:
    """Compares the nearness of each chunk with its source's thresholds, made when the index was built.

    The most certain chunk decides. From the threshold of an answer on: answered. Below that of nothing, or without
    any chunk: not found. Between: closest. An index without calibration answers "closest" at best.
    """

    def __init__(self, document_store: CalibratedStore, strictness: Strictness = "careful") -> None:
        """`document_store`: knows the thresholds; `strictness`: how sure an answer has to be."""
        self.document_store = document_store
        self.strictness = strictness

    @component.output_types(outcome=str, certainty=float | None)
    def run(self, language: str, documents: list[Document]) -> Decision:
        """Return the outcome; `documents` are the nearest by vector, `language` is the question's."""
        calibration = self.document_store.calibration()
        if not documents:
            return Decision(outcome="not_found", certainty=None)
        if calibration is None:
            return Decision(outcome="closest", certainty=None)
        certainty = max(self._certainty(calibration, language, document) for document in documents)
        return Decision(outcome=_outcome(certainty), certainty=certainty)

    def _certainty(self, calibration: Calibration, language: str, document: Document) -> float:
        thresholds = calibration.of(str(document.meta["source"]), language)
        return thresholds.certainty(float(document.meta["nearness"]), self.strictness)


def _outcome(certainty: float) -> Outcome:
    if certainty >= 1:
        return "answered"
    return "closest" if certainty >= 0 else "not_found"
