"""`ClarificationResolver`: which first question needs one back, and what it and its completion ask together."""

from haystack import component

from pipelines.vague_questions import is_vague


@component
class ClarificationResolver:
    """Finds the first question of a thread that can't be understood, and reads the next one as its completion.

    "En voor parttimers?" is asked back about; "verlof" after it asks "verlof en voor parttimers?". Nobody is asked
    back twice in a row: whatever comes second is searched for.
    """

    @component.output_types(question=str, earlier_questions=list[str], is_vague=bool)
    def run(self, question: str, earlier_questions: list[str]) -> dict[str, str | list[str] | bool]:
        """Return the question and those before it, each as it is meant, and whether to ask back.

        `earlier_questions` are the asker's in this thread, oldest first, the ones that were asked back about too.
        """
        said = [*earlier_questions, question]
        if len(said) > 1 and is_vague(said[0]):
            said = [f"{said[1]} {said[0]}", *said[2:]]
        *earlier, meant = said
        return {
            "question": meant,
            "earlier_questions": earlier,
            "is_vague": not earlier_questions and is_vague(question),
        }
