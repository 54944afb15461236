"""`OutcomeReviewer`: what nearness alone can't tell of an outcome."""

from haystack import Document, component


@component
class OutcomeReviewer:
    """Asks back where a question can't be understood, and knows what a code tells.

    The thresholds say how near the nearest chunk is. To a question about HR-99, which no document knows, that of
    HR-12 is as near as an answer, and is none. To "hr-12?" nothing is near, and what has that very code is found.
    """

    @component.output_types(outcome=str)
    def run(
        self, outcome: str, is_vague: bool, has_code: bool, only_others: bool, documents: list[Document]
    ) -> dict[str, str]:
        """Return `outcome`, or the one that takes its place: clarification or closest.

        `has_code` and `only_others` as `ExactCodes` tells them. Where `documents`, what was found, is empty there is
        nothing that a question could be about.
        """
        if is_vague and documents:
            return {"outcome": "clarification"}
        is_closest = (only_others and outcome == "answered") or (has_code and outcome == "not_found")
        return {"outcome": "closest" if is_closest else outcome}
