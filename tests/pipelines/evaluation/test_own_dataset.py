"""A company's own questions, with the documents of its index."""

from pathlib import Path

import pytest

from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.evaluation import own_dataset as module
from pipelines.evaluation.dataset import ExpectedAnswer, Query
from pipelines.evaluation.own_dataset import OwnDataset, indexed_documents, own_dataset
from pipelines.evaluation.own_questions import NamedDocument, OwnQuestion
from tests.pipelines.chunks import put


@pytest.fixture
def store(tmp_path: Path) -> SQLiteDocumentStore:
    """Two sources; one document has no title, and another nobody may read."""
    store = SQLiteDocumentStore(tmp_path / "index.sqlite")
    put(store, "wiki/leave", ["25 days.", "Part-time: less."], title="Leave")
    put(store, "wiki/bonus", ["None."], title=None)
    put(store, "notes/board", ["Secret."], title="Board", access=[])
    return store


def _nothing(_done: int, _total: int) -> None:
    """Nobody looks."""


def _question(line: int, *names: str, answer: str | None = None) -> OwnQuestion:
    documents = tuple(NamedDocument(line + n, name) for n, name in enumerate(names))
    return OwnQuestion(line, f"Question {line}?", documents, answer)


def _made(store: SQLiteDocumentStore, *questions: OwnQuestion) -> OwnDataset:
    return own_dataset("own", questions, indexed_documents(store.overview, _nothing))


@pytest.mark.parametrize("page", [1, 2, 500])
def test_all_documents_are_read_whole(store: SQLiteDocumentStore, monkeypatch: pytest.MonkeyPatch, page: int) -> None:
    """However many fit into a page of the index, and whoever may read them; how far it is is told."""
    monkeypatch.setattr(module, "_A_PAGE", page)
    told: list[tuple[int, int]] = []
    documents = indexed_documents(store.overview, lambda done, total: told.append((done, total)))
    assert {document.id: document.content for document in documents} == {
        "wiki/leave": "25 days.\n\nPart-time: less.",
        "wiki/bonus": "None.",
        "notes/board": "Secret.",
    }
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_document_that_goes_meanwhile_is_not_there(store: SQLiteDocumentStore) -> None:
    """A sync may run beside; the index as it is found is the one that is asked."""

    def remove(done: int, _: int) -> None:
        if done == 1:
            store.delete_documents([f"{id_}#0" for id_ in ("wiki/bonus", "notes/board")])

    found = {document.id for document in indexed_documents(store.overview, remove)}
    assert "wiki/leave" in found
    assert len(found) == 2


def test_questions_meet_their_documents(store: SQLiteDocumentStore) -> None:
    """A question has its line for an id, and what is known of its answer; all documents are there to choose from."""
    questions = [_question(2, "Leave", "wiki/bonus", answer="25"), _question(5)]
    made = _made(store, *questions)
    assert made.dataset.queries == (Query("q2", "Question 2?"), Query("q5", "Question 5?"))
    assert made.dataset.relevant == {"q2": {"wiki/leave": 1, "wiki/bonus": 1}}
    assert made.dataset.answers == {"q2": ExpectedAnswer(True, None, "25"), "q5": ExpectedAnswer(False, None, None)}
    assert {document.id: document.title for document in made.dataset.documents} == {
        "wiki/leave": "Leave",
        "wiki/bonus": "",
        "notes/board": "Board",
    }
    assert (made.asked, made.judged, made.unanswerable, made.left_out) == (2, 1, 1, ())


def test_what_is_not_found_is_left_out(store: SQLiteDocumentStore) -> None:
    """The name alone where another document is found, else the question with it; neither counts as unanswerable."""
    made = _made(store, _question(2, "Leave", "Leavings"), _question(4, "Cars"), _question(5, "Board"))
    assert [(one.question.line, one.named) for one in made.left_out] == [
        (2, NamedDocument(3, "Leavings")),
        (4, NamedDocument(4, "Cars")),
    ]
    assert [query.id for query in made.dataset.queries] == ["q2", "q5"]
    assert list(made.dataset.answers) == ["q2", "q5"]
    assert (made.asked, made.judged, made.unanswerable) == (3, 2, 0)


def test_two_names_of_one_document_are_one(store: SQLiteDocumentStore) -> None:
    """It is not twice as right."""
    assert _made(store, _question(2, "Leave", "wiki/leave")).dataset.relevant == {"q2": {"wiki/leave": 1}}
