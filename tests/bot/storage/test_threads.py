"""What the page keeps of somebody's threads, and shows to nobody else."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from bot.models import Link, Message, Outcome, Reply
from bot.storage.database import Database
from bot.storage.threads import Feedback, Thread, ThreadStore, Turn
from tests.fakes.channel import conversation, message
from tests.fakes.replies import LEAVE, TRAVEL, answered

SANNE, JORIS = "sanne", "joris"
NOW = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
HELPFUL = Feedback(True, "", "")


def of_turn(turn_id: str, thread_id: str = "t1", owner: str = SANNE) -> Message:
    where = replace(conversation(owner), thread_id=thread_id)
    return replace(message("", turn_id), conversation=where)


async def answer(store: ThreadStore, question: str, reply: Reply, turn_id: str = "1", thread_id: str = "t1") -> None:
    """Sanne's question, and what is said to it."""
    assert await store.ask(SANNE, thread_id, turn_id, question)
    await store.record(of_turn(turn_id, thread_id), reply)


# Questions and their replies


async def test_first_question_begins_a_thread(database: Database) -> None:
    """It is listed with its question, and waits for its reply."""
    store = ThreadStore(database, lambda: NOW)
    turn = await store.ask(SANNE, "t1", "1", "How much leave do I get?")
    assert turn == Turn("1", "t1", "How much leave do I get?", NOW, reply=None, feedback=None)
    assert await store.threads(SANNE) == (Thread("t1", "How much leave do I get?", NOW),)
    assert await store.thread(SANNE, "t1") == Thread("t1", "How much leave do I get?", NOW)
    assert await store.turns(SANNE, "t1") == (turn,)
    assert await store.turn(SANNE, "1") == turn


async def test_everything_of_a_reply_is_there_after_a_restart(path: Path, database: Database) -> None:
    """A thread that is opened the next day looks as it did."""
    other = Link("Travel 2026", "https://wiki.example.com/travel-2026", "wiki/travel-2026.md")
    old = replace(TRAVEL, also_at=(other,), superseded_by=other)
    reply = Reply(
        "Café: 5 € a day. [1]",
        Outcome.CLOSEST,
        "nl",
        citations=(replace(LEAVE, passage=("One.", "Two."), place="page 3", stale_since="2026-01-01T09:00"), old),
        nearest=(Link("Expenses", "https://wiki.example.com/expenses", "wiki/expenses.md"),),
        notices=("The model is unreachable.",),
        suggested_prompts=("And part-timers?",),
        timings={"retrieval": 12.5, "total": 80.0},
    )
    await answer(ThreadStore(database), "Wat kost het?", reply)
    await database.close()
    again = Database(path)
    await again.open()
    turns = await ThreadStore(again).turns(SANNE, "t1")
    await again.close()
    assert [turn.reply for turn in turns] == [reply]


async def test_latest_asked_thread_comes_first(database: Database) -> None:
    """A thread that somebody goes on with is on top again, under its first question."""
    minutes = count()
    store = ThreadStore(database, lambda: NOW + timedelta(minutes=next(minutes)))
    for turn_id, thread_id in enumerate(("t1", "t2", "t3", "t1")):
        await store.ask(SANNE, thread_id, str(turn_id), f"Question {turn_id}")
    assert [(thread.id, thread.title) for thread in await store.threads(SANNE)] == [
        ("t1", "Question 0"),
        ("t3", "Question 2"),
        ("t2", "Question 1"),
    ]
    assert [thread.id for thread in await store.threads(SANNE, limit=1)] == ["t1"]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("  How much\n leave? ", "How much leave?"),
        ("x" * 80, "x" * 80),
        ("word " * 20, f"{'word ' * 15}word…"),
        ("x" * 200, f"{'x' * 80}…"),
    ],
)
async def test_title_is_the_question_on_one_line(store: ThreadStore, question: str, title: str) -> None:
    """A long one ends between words."""
    await store.ask(SANNE, "t1", "1", question)
    assert [thread.title for thread in await store.threads(SANNE)] == [title]


async def test_same_question_sent_again_changes_nothing(store: ThreadStore) -> None:
    """A browser that tries again gets the turn as it is by now."""
    await answer(store, "How much leave?", answered())
    await store.ask(SANNE, "t1", "2", "And part-timers?")
    before = await store.turns(SANNE, "t1")
    threads = await store.threads(SANNE)
    assert await store.ask(SANNE, "t1", "1", "Something else?") == before[0]
    assert await store.turns(SANNE, "t1") == before
    assert await store.threads(SANNE) == threads


async def test_turn_is_in_one_thread(store: ThreadStore) -> None:
    """A turn's id can't be used in another thread, and begins none there."""
    await store.ask(SANNE, "t1", "1", "How much leave?")
    assert await store.ask(SANNE, "t2", "1", "How much leave?") is None
    assert [thread.id for thread in await store.threads(SANNE)] == ["t1"]


async def test_half_a_character_is_kept_as_a_question_mark(store: ThreadStore) -> None:
    """What no database takes, a browser can send."""
    turn = await store.ask(SANNE, "t1", "1", "Leave \ud83c")
    assert turn
    assert turn.question == "Leave ?"
    assert await store.threads(SANNE, search="\ud83c") != ()


async def test_reply_to_a_turn_that_is_gone_is_passed_over(store: ThreadStore) -> None:
    """A thread that was deleted while its answer was made stays deleted."""
    await store.ask(SANNE, "t1", "1", "How much leave?")
    await store.delete(SANNE, "t1")
    await store.record(of_turn("1"), answered())
    assert await store.threads(SANNE) == ()


async def test_questions_at_once_are_all_kept(store: ThreadStore) -> None:
    """Each keeps its own reply, in the order in which they came."""
    numbers = [str(number) for number in range(50)]

    async def ask(number: str) -> None:
        await answer(store, f"Question {number}", answered(f"Answer {number}"), number, f"t{number[-1]}")

    await asyncio.gather(*map(ask, numbers))
    for last in "0123456789":
        turns = await store.turns(SANNE, f"t{last}")
        assert [(turn.question, turn.reply) for turn in turns] == [
            (f"Question {number}", answered(f"Answer {number}")) for number in numbers if number[-1] == last
        ]


async def test_same_question_twice_at_once_is_one_turn(store: ThreadStore) -> None:
    """A double click asks once."""
    turns = await asyncio.gather(*(store.ask(SANNE, "t1", "1", "How much leave?") for _ in range(10)))
    assert set(turns) == {await store.turn(SANNE, "1")}
    assert len(await store.turns(SANNE, "t1")) == 1


# Deleting


async def test_deleted_thread_is_gone_with_all_that_was_in_it(database: Database, store: ThreadStore) -> None:
    """Other threads stay."""
    await answer(store, "How much leave?", answered())
    await store.rate(SANNE, "1", HELPFUL)
    await answer(store, "And travel?", answered(), "2", "t2")
    assert await store.delete(SANNE, "t1")
    assert await store.turn(SANNE, "1") is None
    assert await database.read(lambda session: session.scalars(text("SELECT id FROM turns")).all()) == ["2"]
    assert [thread.id for thread in await store.threads(SANNE)] == ["t2"]
    assert not await store.delete(SANNE, "t1")


# Feedback


async def test_feedback_is_kept_changed_and_withdrawn(store: ThreadStore) -> None:
    """The last word counts."""
    await answer(store, "How much leave?", answered())
    for feedback in (HELPFUL, Feedback(False, "outdated", "It is 25 days now."), None):
        assert await store.rate(SANNE, "1", feedback)
        turn = await store.turn(SANNE, "1")
        assert turn
        assert turn.feedback == feedback


async def test_only_a_reply_can_be_rated(store: ThreadStore) -> None:
    """Nothing is kept of what has none or is not there."""
    await store.ask(SANNE, "t1", "1", "How much leave?")
    assert not await store.rate(SANNE, "1", HELPFUL)
    assert not await store.rate(SANNE, "2", HELPFUL)
    turn = await store.turn(SANNE, "1")
    assert turn
    assert turn.feedback is None


# Other people's


async def test_what_is_another_owners_is_not_there(store: ThreadStore) -> None:
    """No method shows or changes it, whoever knows its ids."""
    await answer(store, "How much leave?", answered("A private answer."))
    before = await store.turns(SANNE, "t1")
    assert await store.ask(JORIS, "t1", "2", "And I?") is None
    assert await store.ask(JORIS, "t1", "1", "How much leave?") is None
    assert await store.ask(JORIS, "t2", "1", "How much leave?") is None
    assert await store.threads(JORIS) == ()
    assert await store.threads(JORIS, search="private") == ()
    assert await store.thread(JORIS, "t1") is None
    assert await store.turns(JORIS, "t1") == ()
    assert await store.turn(JORIS, "1") is None
    assert not await store.delete(JORIS, "t1")
    assert not await store.rate(JORIS, "1", HELPFUL)
    assert await store.load(of_turn("1", owner=JORIS).conversation) == ()
    await store.record(of_turn("1", owner=JORIS), answered("Changed."))
    await store.record(of_turn("1", thread_id="t2"), answered("Changed."))
    assert await store.turns(SANNE, "t1") == before


# Search


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["cafe", "percent", "path"]),
        ("CAFÉ", ["cafe"]),
        ("cafe", ["cafe"]),
        ("ete", ["cafe"]),  # a part of a word of an answer
        ("straße", ["cafe"]),
        ("strasse", ["cafe"]),
        ("zomer café", ["cafe"]),  # one of the question, one of another turn's answer
        ("café bonus", []),
        ("100%", ["percent"]),
        ("100%bonus", []),
        ("%", ["percent"]),
        ("_", ["path"]),
        ("my_files", ["path"]),
        ("myxfiles", []),
        ("c:\\my", ["path"]),
        ("/", ["path"]),
        (" \n ", ["cafe", "percent", "path"]),
        ("word " * 10_000, []),
    ],
)
async def test_search_finds_each_word_in_questions_and_answers(
    store: ThreadStore, search: str, found: list[str]
) -> None:
    """Case and accents make no difference, and signs are signs."""
    await answer(store, "Wanneer is het café open?", answered("In de zomer: été."), "1", "cafe")
    await answer(store, "Waar?", answered("Hauptstraße 1"), "2", "cafe")
    await answer(store, "Who gets 100% of the bonus?", answered("All do."), "3", "percent")
    await answer(store, "Where is it?", answered("In C:\\my_files and in /home."), "4", "path")
    assert {thread.id for thread in await store.threads(SANNE, search)} == set(found)


# Replies of other versions


async def stored(database: Database, reply: str, turn_id: str) -> None:
    def work(session: Session) -> None:
        session.execute(text("UPDATE turns SET reply = :reply WHERE id = :id"), {"reply": reply, "id": turn_id})

    await database.run(work)


@pytest.mark.parametrize(
    "reply",
    [
        "{not JSON",
        "null",
        '{"text": "Yes.", "language": "en"}',
        '{"text": "Yes.", "language": "en", "outcome": "guessed"}',
        '{"text": "Yes.", "language": "en", "outcome": "answered", "citations": [{"number": 1}]}',
    ],
)
async def test_reply_that_can_not_be_read_leaves_the_others(database: Database, store: ThreadStore, reply: str) -> None:
    """Its question is shown without one, and the log tells what is wrong with it, but none of its text."""
    await answer(store, "First?", answered("One."), "1")
    await answer(store, "Second?", answered("Two."), "2")
    await stored(database, reply, "1")
    with capture_logs() as log:
        assert [turn.reply for turn in await store.turns(SANNE, "t1")] == [None, answered("Two.")]
    assert [line["event"] for line in log] == ["stored_reply_unreadable"]
    assert "Yes." not in str(log)
    assert [exchange.question for exchange in await store.load(of_turn("1").conversation)] == ["Second?"]
    assert not await store.rate(SANNE, "1", HELPFUL)


async def test_reply_of_an_older_or_newer_version_is_read(database: Database, store: ThreadStore) -> None:
    """Fields that it lacks take their defaults; those that this version does not know are left out."""
    await store.ask(SANNE, "t1", "1", "First?")
    link = '{"title": "Travel", "url": "https://wiki.example.com/travel", "new": 1}'
    await stored(database, f'{{"text": "Yes.", "language": "en", "outcome": "answered", "nearest": [{link}]}}', "1")
    turn = await store.turn(SANNE, "1")
    assert turn
    nearest = (Link("Travel", "https://wiki.example.com/travel"),)
    assert turn.reply == Reply("Yes.", Outcome.ANSWERED, "en", nearest=nearest)
