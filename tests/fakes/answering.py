"""`ScriptedAnswering`: answers as told, shown piece by piece as the real one does."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from haystack import GeneratedAnswer

from bot.models import Citation, Link, Show

TIMINGS = {"retrieve_ms": 1.0, "answer_ms": 2.0, "total_ms": 3.0}


@dataclass
class ScriptedAnswering:
    """Keeps what it was asked; what it finds nothing for has no text, no citations and is not shown."""

    outcome: str = "answered"
    language: str = "en"
    pieces: Sequence[str] = ("One. [1]", "\n\nTwo. [2]")
    citations: Sequence[Citation] = ()
    nearest: Sequence[Link] = ()
    related: Sequence[tuple[str, str]] = ()
    asked: list[tuple[str, list[str], frozenset[str]]] = field(default_factory=list)

    async def answer(
        self, question: str, *, earlier_questions: Sequence[str], principals: Iterable[str], show: Show
    ) -> GeneratedAnswer:
        self.asked.append((question, list(earlier_questions), frozenset(principals)))
        pieces = () if self.outcome in ("not_found", "clarification") else self.pieces
        for piece in pieces:
            await show(piece, self.outcome, self.language)
        meta = {
            "outcome": self.outcome,
            "language": self.language,
            "citations": [asdict(citation) for citation in self.citations],
            "nearest": [asdict(link) for link in self.nearest],
            "related": [{"title": title, "section": section} for title, section in self.related],
            "timings": TIMINGS,
        }
        return GeneratedAnswer(data="".join(pieces), query=question, documents=[], meta=meta)
