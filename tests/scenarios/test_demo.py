"""The sample, asked all of its questions: what somebody who tries the product may count on."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from haystack import GeneratedAnswer

from bot import bootstrap
from bot.settings import Settings, load_settings
from tests.scenarios.demo_corpus import DEMO, QUESTIONS, corpus, lines

ANSWERABLE_SAME_LANGUAGE = 32
EMPLOYEE = ("everyone", "public")


class _Quiet:
    """Progress that nobody watches."""

    def source(self, name: str) -> None: ...
    def documents(self, done: int, remaining: int | None) -> None: ...
    def calibration(self, done: int, total: int) -> None: ...


@dataclass(frozen=True)
class Asked:
    """A question of the sample, what it should find, and what was answered."""

    number: int
    language: str
    document: str | None
    answer: GeneratedAnswer

    @property
    def outcome(self) -> str:
        return str(self.answer.meta["outcome"])

    @property
    def found_first(self) -> bool:
        citations = self.answer.meta["citations"]
        return bool(citations) and citations[0]["document_id"] == f"lindervaart/{self.document}"


def _settings(folder: Path) -> Settings:
    return load_settings(DEMO / "kennisbot.toml", {"data_folder": folder}, {})


async def _ask_all(settings: Settings) -> list[Asked]:
    synchronizer = bootstrap.build_synchronizer(settings, _Quiet())
    await synchronizer.sync(bootstrap.build_connectors(settings))
    answering = bootstrap.build_answering(settings, bootstrap.build_store(settings))
    answering.warm_up()
    right = dict(
        line.split("\t")[:2] for line in (QUESTIONS / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]
    )
    asked = []
    for query in lines(QUESTIONS / "queries.jsonl"):
        answer = await answering.answer(str(query["text"]), earlier_questions=[], principals=EMPLOYEE)
        language = json.loads(json.dumps(query["metadata"]))["language"]
        asked.append(Asked(int(str(query["_id"])[1:]), language, right.get(str(query["_id"])), answer))
    return asked


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the module's own for the sample's index."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def asked(data_folder: Path) -> list[Asked]:
    """Every question of the sample with its answer, from an index made for it."""
    return asyncio.run(_ask_all(_settings(data_folder)))


@pytest.mark.model
def test_the_samples_questions_are_answered_from_the_right_documents(asked: list[Asked]) -> None:
    """The right document comes first for at least 30 of 32 questions in its language and 5 of 8 in the other."""
    same = [one for one in asked if one.document and one.number <= ANSWERABLE_SAME_LANGUAGE]
    other = [one for one in asked if one.document and one.number > ANSWERABLE_SAME_LANGUAGE]
    assert (len(same), len(other)) == (32, 8)
    assert sum(one.found_first for one in same) >= 30, [one.number for one in same if not one.found_first]
    assert sum(one.found_first for one in other) >= 5, [one.number for one in other if not one.found_first]


@pytest.mark.model
def test_the_outcomes_are_honest(asked: list[Asked]) -> None:
    """Half of what can be answered is answered outright, next to nothing of what can't be."""
    answerable = [one.outcome for one in asked if one.document]
    unanswerable = [one.outcome for one in asked if not one.document]
    assert (len(answerable), len(unanswerable)) == (40, 10)
    assert answerable.count("answered") >= 20
    assert answerable.count("not_found") <= 2
    assert unanswerable.count("answered") <= 1


@pytest.mark.model
def test_the_frame_words_language_is_the_questions(asked: list[Asked]) -> None:
    """The language that an answer is framed in is the one that the question was asked in."""
    wrong = [one.number for one in asked if one.answer.meta["language"] != one.language]
    assert wrong == []


def test_the_corpus_is_that_of_the_documents() -> None:
    """The questions' corpus holds what the documents say now; the module beside this test renews it."""
    assert list(lines(QUESTIONS / "corpus.jsonl")) == corpus()


def test_every_question_has_its_answer() -> None:
    """Each answerable question names a document of the corpus and a section in it; the others name none."""
    ids = {line["_id"] for line in corpus()}
    rows = [line.split("\t") for line in (QUESTIONS / "qrels" / "test.tsv").read_text("utf-8").splitlines()[1:]]
    answers = {answer["query-id"]: answer for answer in lines(QUESTIONS / "answers.jsonl")}
    assert {answers[query]["answerable"] for query, _, _ in rows} == {True}
    assert {document for _, document, _ in rows} <= ids
    assert {query["_id"] for query in lines(QUESTIONS / "queries.jsonl")} == set(answers)
    assert sum(bool(answer["answerable"]) for answer in answers.values()) == len(rows) == 40
