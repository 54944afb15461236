"""`FollowUpResolver`: a follow-up question to one that can be searched on its own, by rules."""

import re

from haystack import component

_OPENINGS = re.compile(
    r"^(en|maar|of|dus|ook|and|but|or|so|also)\b"
    r"|^(hoe zit (dat|het)|geldt (dat|dit)|wat als|what about|how about|what if)\b"
    r"|^(does|is) (that|this|(?-i:it))\b",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"\b(dat|dit|die|deze|daar\w*|hier(van|voor|bij|over|mee)|ervan|ervoor|erbij|erover"
    r"|that|this|those|these|(?-i:[Ii]t)|they|them|(?<!\bis )(?<!\bare )there)\b",
    re.IGNORECASE,
)
"""IT is a department, and "is there" asks for nothing that was said before."""

_SHORT = 6
_VERY_SHORT = 2


@component
class FollowUpResolver:
    """Puts the question before in front of one that leans on it.

    A question leans when it opens like a follow-up ("en voor parttimers?"), when it is short and
    refers ("wie keurt dat goed?"), or when it is one or two words. No model: the same question
    in the same thread is always searched for in the same words.
    """

    @component.output_types(query=str)
    def run(self, question: str, earlier_questions: list[str]) -> dict[str, str]:
        """Return what to search for; `earlier_questions` are the asker's in this thread, oldest first."""
        if earlier_questions and leans(question):
            return {"query": f"{_stem_question(earlier_questions)} {question}"}
        return {"query": question}


def leans(question: str) -> bool:
    """Tell whether a question can't be understood without the one before."""
    count = len(question.split())
    refers = count <= _SHORT and bool(_REFERENCES.search(question))
    return bool(_OPENINGS.match(question.strip())) or refers or count <= _VERY_SHORT


def _stem_question(earlier: list[str]) -> str:
    """Return the last question that stands on its own: follow-ups in a row all lean on that one."""
    return next((question for question in reversed(earlier) if not leans(question)), earlier[0])
