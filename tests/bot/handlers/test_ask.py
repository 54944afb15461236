"""The words around an answer, in both languages, from the first status to the reply."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.handlers.ask import AskHandler
from bot.knowledge import KnowledgeDocument
from bot.locales import Texts
from bot.models import Exchange, Outcome, Reply, TurnContext, User
from pipelines.components.follow_up_resolver import leans
from tests.fakes.answering import TIMINGS, ScriptedAnswering
from tests.fakes.channel import MemoryAdapter, message
from tests.fakes.replies import EXPENSES, LEAVE, TRAVEL, answered

TEXTS = Texts(("nl", "en"))
PROMPTS = {"nl": ["Hoeveel verlof heb ik?"], "en": ["How much leave do I get?"]}
SANNE = User("sanne@company.example", "Sanne", frozenset({"hr", "everyone"}))
QUOTES = "One. [1]\n\nTwo. [2]"


class Index:
    """Counts as told, and only for the principals that it is asked for."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.asked: list[frozenset[str]] = []

    async def count_documents(self, principals: Iterable[str]) -> int:
        self.asked.append(frozenset(principals))
        return self._count

    async def document(self, document_id: str, principals: Iterable[str]) -> KnowledgeDocument | None:
        raise NotImplementedError  # no answer needs it


class Asking:
    """A question on a platform in memory, to a handler that answers as told."""

    def __init__(self, answering: ScriptedAnswering, count: int = 12) -> None:
        self.answering = answering
        self.index = Index(count)
        self.adapter = MemoryAdapter()

    async def ask(self, question: str = "how much leave?", history: tuple[Exchange, ...] = ()) -> Reply:
        responder = self.adapter.responder(message(question))
        await responder.open("reading")
        handler = AskHandler(self.answering, self.index, TEXTS, PROMPTS)
        return await handler(TurnContext(message(question), responder, SANNE, history))

    @property
    def shown(self) -> list[str]:
        return self.adapter.posts[0].texts[1:]


async def test_answer_is_quotes_with_their_sources() -> None:
    """An answer stands on its own: no words around it."""
    sources = (replace(LEAVE, also_at=(EXPENSES,)), replace(TRAVEL, superseded_by=EXPENSES))
    asking = Asking(ScriptedAnswering(citations=sources, nearest=[EXPENSES]))
    assert await asking.ask() == Reply(
        QUOTES, Outcome.ANSWERED, "en", citations=sources, nearest=(EXPENSES,), timings=TIMINGS
    )


async def test_answer_grows_while_it_is_made() -> None:
    """First how many documents are searched, then all of the text so far."""
    asking = Asking(ScriptedAnswering())
    await asking.ask()
    assert asking.shown == ["Ik zoek in 12 documenten…", "One. [1]", QUOTES]


@pytest.mark.parametrize(
    ("count", "status"),
    [(0, "Ik zoek…"), (1, "Ik zoek in één document…"), (1234, "Ik zoek in 1.234 documenten…")],
)
async def test_status_counts_what_the_asker_may_read(count: int, status: str) -> None:
    """Never more: a count of all documents would tell of those that are kept from the asker."""
    asking = Asking(ScriptedAnswering(), count)
    await asking.ask()
    assert asking.shown[0] == status
    assert asking.index.asked == [SANNE.principals]


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_closest_says_so_from_the_first_piece_on(language: str) -> None:
    """What may not be an answer never looks like one, not even while it is made."""
    lead = TEXTS.text(language, "lead-closest")
    asking = Asking(ScriptedAnswering("closest", language))
    reply = await asking.ask()
    assert (reply.text, reply.outcome) == (f"{lead}\n\n{QUOTES}", Outcome.CLOSEST)
    assert asking.shown[1:] == [f"{lead}\n\nOne. [1]", f"{lead}\n\n{QUOTES}"]


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_not_found_says_what_to_do_next(language: str) -> None:
    """In the language of the question, with the nearest documents and questions to begin with."""
    asking = Asking(ScriptedAnswering("not_found", language, nearest=[EXPENSES]))
    reply = await asking.ask()
    words = [TEXTS.text(language, key) for key in ("not-found", "not-found-advice")]
    assert reply == Reply(
        " ".join(words),
        Outcome.NOT_FOUND,
        language,
        nearest=(EXPENSES,),
        suggested_prompts=tuple(PROMPTS[language]),
        timings=TIMINGS,
    )
    assert len(asking.shown) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_not_found_where_nothing_may_be_read(language: str) -> None:
    """Other words would not help there, so they are not advised."""
    reply = await Asking(ScriptedAnswering("not_found", language), count=0).ask()
    assert reply.text == TEXTS.text(language, "not-found-empty")


@pytest.mark.parametrize(
    ("language", "choices", "prompt"),
    [
        (
            "nl",
            "Waar gaat je vraag over? Kies hieronder, of noem het onderwerp.",
            "Wat staat er over \u2018Part-timers\u2019 in \u2018Leave\u2019?",
        ),
        (
            "en",
            "What is your question about? Choose below, or name the subject.",
            "What is said about “Part-timers” in “Leave”?",
        ),
    ],
)
async def test_vague_question_gets_one_back(language: str, choices: str, prompt: str) -> None:
    """With what it may be about to choose from; nothing is quoted and no document named."""
    asking = Asking(ScriptedAnswering("clarification", language, related=[("Leave", "Part-timers")]))
    reply = await asking.ask("and for part-timers?")
    assert reply == Reply(choices, Outcome.CLARIFICATION, language, suggested_prompts=(prompt,), timings=TIMINGS)
    assert len(asking.shown) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_vague_question_about_nothing_that_is_there(language: str) -> None:
    """Where nothing comes near it is asked plainly: there is nothing to choose below."""
    reply = await Asking(ScriptedAnswering("clarification", language)).ask("and then?")
    assert (reply.text, reply.suggested_prompts) == (TEXTS.text(language, "clarify"), ())


RELATED = (("Leave", "Part-timers"), ("Travel policy", "Travel policy"), ("Hours", "May I skip my break?"))


@pytest.mark.parametrize("outcome", ["answered", "closest"])
@pytest.mark.parametrize(
    ("language", "in_document", "whole_document"),
    [
        (
            "nl",
            "Wat staat er over \u2018Part-timers\u2019 in \u2018Leave\u2019?",
            "Wat staat er over \u2018Travel policy\u2019?",
        ),
        ("en", "What is said about “Part-timers” in “Leave”?", "What is said about “Travel policy”?"),
    ],
)
async def test_answer_leads_on_to_what_else_was_found(
    outcome: str, language: str, in_document: str, whole_document: str
) -> None:
    """As questions in the reply's language; a heading that is a question is asked as it stands."""
    asking = Asking(ScriptedAnswering(outcome, language, related=RELATED))
    assert (await asking.ask()).suggested_prompts == (in_document, whole_document, "May I skip my break?")


@pytest.mark.parametrize("outcome", ["answered", "closest"])
async def test_nothing_is_made_up_to_ask(outcome: str) -> None:
    """Where nothing else was found, nothing is suggested; whoever got something knows how to ask."""
    assert (await Asking(ScriptedAnswering(outcome)).ask()).suggested_prompts == ()


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_follow_up_stands_on_its_own(language: str) -> None:
    """Asked in the same thread it is searched for in its own words, not those of the question before."""
    asking = Asking(ScriptedAnswering(language=language, related=[("Title", "VPN"), ("VPN", "VPN")]))
    assert [leans(prompt) for prompt in (await asking.ask()).suggested_prompts] == [False, False]


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_empty_question_is_not_looked_into(text: str) -> None:
    """The asker is told how to ask."""
    asking = Asking(ScriptedAnswering())
    assert await asking.ask(text) == Reply(TEXTS.text("nl", "empty-question"), Outcome.HELPED, "nl")
    assert asking.answering.asked == []


async def test_question_goes_with_what_came_before_and_who_asks() -> None:
    """So that a follow-up is understood, and only what the asker may read is searched."""
    asking = Asking(ScriptedAnswering())
    history = (Exchange("how much leave?", answered()), Exchange("and part-timers?", answered()))
    await asking.ask("  and trainees? ", history)
    assert asking.answering.asked == [("and trainees?", ["how much leave?", "and part-timers?"], SANNE.principals)]
