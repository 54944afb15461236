"""`AskHandler`: a question to its reply, shown while it is made."""

from collections.abc import Mapping, Sequence
from typing import Any

from haystack import GeneratedAnswer

from bot.knowledge import KnowledgeIndex
from bot.locales import Texts
from bot.models import Answering, Citation, Link, Outcome, Reply, TurnContext


class AskHandler:
    """Asks the pipelines, and puts the words around what they quote."""

    def __init__(
        self,
        answering: Answering,
        index: KnowledgeIndex,
        texts: Texts,
        suggested_prompts: Mapping[str, Sequence[str]],
    ) -> None:
        """`suggested_prompts`: by language, offered where nothing was found; else there are follow-ups.

        To a question that is asked back about they are what it may be about.
        """
        self._answering = answering
        self._index = index
        self._texts = texts
        self._suggested_prompts = suggested_prompts

    async def __call__(self, turn: TurnContext) -> Reply:
        """Return the reply to the turn's question, from what its user may read."""
        question = turn.message.text.strip()
        if not question:
            language = self._texts.language(turn.message.language)
            return Reply(self._texts.text(language, "empty-question"), Outcome.HELPED, language)
        count = await self._index.count_documents(turn.user.principals)
        await turn.responder.status(self._searching(turn.message.language, count))
        answer = await self._answering.answer(
            question,
            earlier_questions=[exchange.question for exchange in turn.history],
            principals=turn.user.principals,
            show=_Growing(turn, self._texts),
        )
        return self._reply(answer, count)

    def _searching(self, language: str, count: int) -> str:
        if count == 0:
            return self._texts.text(language, "status-searching-nothing")
        return self._texts.text(language, "status-searching", count=count)

    def _reply(self, answer: GeneratedAnswer, count: int) -> Reply:
        language, outcome = answer.meta["language"], Outcome(answer.meta["outcome"])
        return Reply(
            text=_framed(self._texts, language, outcome, answer.data) or self._without_quotes(answer, count),
            outcome=outcome,
            language=language,
            citations=tuple(citation_of(citation) for citation in answer.meta["citations"]),
            nearest=tuple(Link(**link) for link in answer.meta["nearest"]),
            suggested_prompts=self._prompts(answer, language, outcome),
            timings=answer.meta["timings"],
        )

    def _prompts(self, answer: GeneratedAnswer, language: str, outcome: Outcome) -> tuple[str, ...]:
        """Return what to ask next: about what else was found, or anything that can be answered at all."""
        if outcome is Outcome.NOT_FOUND:
            return tuple(self._suggested_prompts.get(language, ()))
        return tuple(self._follow_up(language, **related) for related in answer.meta["related"])

    def _follow_up(self, language: str, title: str, section: str) -> str:
        if section.endswith("?"):  # a heading that is a question is the question
            return section
        if section == title:
            return self._texts.text(language, "follow-up", subject=section)
        return self._texts.text(language, "follow-up-in", subject=section, title=title)

    def _without_quotes(self, answer: GeneratedAnswer, count: int) -> str:
        language = answer.meta["language"]
        if answer.meta["outcome"] == Outcome.CLARIFICATION:
            return self._texts.text(language, "clarify-among" if answer.meta["related"] else "clarify")
        return self._not_found(language, count)

    def _not_found(self, language: str, count: int) -> str:
        if count == 0:
            return self._texts.text(language, "not-found-empty")
        return f"{self._texts.text(language, 'not-found')} {self._texts.text(language, 'not-found-advice')}"


class _Growing:
    """Shows the text so far in the turn's message, with the words that stand before it."""

    def __init__(self, turn: TurnContext, texts: Texts) -> None:
        self._responder = turn.responder
        self._texts = texts
        self._text = ""

    async def __call__(self, piece: str, outcome: str, language: str) -> None:
        self._text += piece
        await self._responder.update(_framed(self._texts, language, Outcome(outcome), self._text))


def citation_of(source: Mapping[str, Any]) -> Citation:
    """Return a citation of its mapping in an answer's meta, in which links are mappings, too."""
    newer = source["superseded_by"]
    links = {"also_at": tuple(Link(**link) for link in source["also_at"]), "superseded_by": newer and Link(**newer)}
    return Citation(**{**source, **links})


def _framed(texts: Texts, language: str, outcome: Outcome, text: str) -> str:
    """Return the quotes, after a line that says so where they may not answer the question."""
    return f"{texts.text(language, 'lead-closest')}\n\n{text}" if outcome is Outcome.CLOSEST else text
