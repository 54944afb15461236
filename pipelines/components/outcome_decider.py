"""`OutcomeDecider`: is what was found an answer, the closest there is, or nothing?"""

from typing import Literal, Protocol

from haystack import Document, component

from pipelines.calibration import Calibration

Outcome = Literal["answered", "closest", "not_found"]


class CalibratedStore(Protocol):
    """What the decision needs of a store."""

    def calibration(self) -> Calibration | None:
        """Return the thresholds made when the index was built, None where there was too little text."""


@component
class OutcomeDecider:
    """Compares the nearness of the nearest chunk with the thresholds made when the index was built.

    At or above `high`: answered. Below `low`, or without any chunk: not found. Between: closest.
    An index without calibration answers "closest" at best.
    """

    def __init__(self, document_store: CalibratedStore) -> None:
        """`document_store`: knows the thresholds."""
        self.document_store = document_store

    @component.output_types(outcome=str)
    def run(self, language: str, documents: list[Document]) -> dict[str, Outcome]:
        """Return the outcome; `documents` are the nearest by vector, `language` is the question's."""
        calibration = self.document_store.calibration()
        if not documents:
            return {"outcome": "not_found"}
        if calibration is None:
            return {"outcome": "closest"}
        thresholds = calibration.of(language)
        nearest = max(float(document.meta["nearness"]) for document in documents)
        if nearest >= thresholds.high:
            return {"outcome": "answered"}
        return {"outcome": "closest" if nearest >= thresholds.low else "not_found"}
