"""The embedded store keeps Haystack's promises, ours, and its own about files, threads and processes."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from haystack import Document
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DocumentStore, DuplicatePolicy
from haystack.testing.document_store import DocumentStoreBaseTests
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.calibration import ALL, Calibration, Fit, Means, Thresholds
from pipelines.document_store.overview import SourceCounts
from pipelines.document_store.sqlite import IndexSize, SQLiteDocumentStore, overview
from pipelines.document_store.sqlite.rows import chunks_without_vectors
from pipelines.errors import IndexMismatch, IndexMissing, IndexUnavailable
from tests.contracts.document_store import EAST, NORTH, UP, DocumentStoreContract, everywhere, ids, searches
from tests.pipelines.chunks import chunk, contents, metadata, put


class TestHaystackProtocol(DocumentStoreBaseTests):
    """What Haystack asks of every document store, by its own tests."""

    @pytest.fixture
    def document_store(self, tmp_path: Path) -> SQLiteDocumentStore:
        return SQLiteDocumentStore(tmp_path / "index.sqlite")

    @staticmethod
    def assert_documents_are_equal(received: list[Document], expected: list[Document]) -> None:
        """Vectors are kept in single precision."""
        assert [_in_single_precision(d) for d in received] == [_in_single_precision(d) for d in expected]

    def test_write_documents(self, document_store: DocumentStore) -> None:
        """Without a policy an id that exists is refused, and nothing is written."""
        assert document_store.write_documents([Document(id="1", content="a")]) == 1
        with pytest.raises(DuplicateDocumentError, match="1"):
            document_store.write_documents([Document(id="2", content="b"), Document(id="1", content="c")])
        assert contents(document_store.filter_documents()) == ["a"]


class TestSQLiteDocumentStore(DocumentStoreContract):
    """What the pipelines ask of every document store."""

    @pytest.fixture
    def document_store(self, tmp_path: Path) -> SQLiteDocumentStore:
        return SQLiteDocumentStore(tmp_path / "index.sqlite")


def _in_single_precision(document: Document) -> dict[str, Any]:
    fields = document.to_dict()
    vector = fields.pop("embedding")
    return {**fields, "embedding": np.asarray(vector, np.float32).tolist() if vector else None}


# Chunks through Haystack's protocol


def test_chunks_are_gathered_in_their_documents(document_store: SQLiteDocumentStore) -> None:
    """A chunk that is written alone joins its document; the last one that goes takes it along."""
    put(document_store, "wiki/a", ["Holidays."], [EAST])
    document_store.write_documents([chunk("Bonus.", "wiki/a", position=1, embedding=UP)])
    assert contents(document_store.chunks("wiki/a")) == ["Holidays.", "Bonus."]
    document_store.delete_documents(["wiki/a#0"])
    assert ids(searches(document_store, "holidays bonus", ["everyone"])) == everywhere("wiki/a#1")
    assert document_store.markdown("wiki/a") == "Holidays."
    document_store.delete_documents(["wiki/a#1"])
    assert document_store.sources() == frozenset()


def test_skipped_chunks_stay_as_they_are(document_store: SQLiteDocumentStore) -> None:
    """Under SKIP only what is new is written and counted."""
    put(document_store, "wiki/a", ["Holidays."])
    both = [chunk("Changed.", "wiki/a"), chunk("New.", "wiki/a", position=1)]
    assert document_store.write_documents(both, DuplicatePolicy.SKIP) == 1
    assert contents(document_store.chunks("wiki/a")) == ["Holidays.", "New."]


def test_store_can_be_saved_with_a_pipeline(tmp_path: Path) -> None:
    """Its description makes an equal one."""
    store = SQLiteDocumentStore(tmp_path / "index.sqlite", create=False)
    again = SQLiteDocumentStore.from_dict(store.to_dict())
    assert (again.path, again.create) == (store.path, False)


# Size


def test_size_tells_how_much_has_changed(document_store: SQLiteDocumentStore) -> None:
    """Writing and removing both count, also where the number of chunks stays the same."""
    assert document_store.size() == IndexSize(0, 0)
    put(document_store, "wiki/a", ["One.", "Two.", "Three."])
    first = document_store.size()
    assert first.chunks == 3
    assert first.changes_since(IndexSize(0, 0)) == 3
    assert first.changes_since(first) == 0
    put(document_store, "wiki/a", ["Four.", "Five."])
    assert document_store.size().changes_since(first) == 5
    document_store.delete(["wiki/a"])
    assert document_store.size().changes_since(first) == 7


def test_question_vectors_are_kept_as_long_as_they_are_asked(document_store: SQLiteDocumentStore) -> None:
    """Only the last set is kept."""
    vectors = {text: np.array([n, 0.5], np.float32) for n, text in enumerate("abc")}
    document_store.remember_questions(vectors)
    document_store.remember_questions({"b": vectors["b"]})
    known = document_store.question_embeddings(["a", "b"])
    assert {text: vector.tolist() for text, vector in known.items()} == {"b": [1.0, 0.5]}


# Calibration


def _calibration(mean: list[float], high: float = 0.9) -> dict[str, Any]:
    thresholds = Thresholds(careful=high, balanced=high, low=0.1)
    return Calibration(3, {ALL: Means(mean, mean)}, {ALL: {ALL: thresholds}}).to_json()


def test_calibration_takes_effect_at_once(document_store: SQLiteDocumentStore) -> None:
    """Vectors that were read before are centred anew; without a calibration they are as they were."""
    put(document_store, "wiki/a", ["A", "B", "C"], [EAST, NORTH, UP])
    plain = document_store.search_vectors(EAST, "en", ["everyone"], 3)
    assert document_store.calibration() is None
    document_store.record_fact("calibration", _calibration([0.5, 0.5, 0.0]))
    calibration = document_store.calibration()
    assert calibration is not None
    assert calibration.of("wiki", "en").careful == 0.9
    centred = document_store.search_vectors(EAST, "en", ["everyone"], 3)
    assert [hit.meta["nearness"] for hit in centred] == pytest.approx([1.0, 0.0, -1.0], abs=1e-6)
    assert [hit.id for hit in centred] == ["wiki/a#0", "wiki/a#2", "wiki/a#1"]
    document_store.record_fact("calibration", None)
    assert document_store.search_vectors(EAST, "en", ["everyone"], 3) == plain


_FIT = Fit(0.5, 0.25, 0.0, dataset="own", questions=64, made_on="2026-01-05", size={"chunks": 3, "written": 3})


def _careful(store: SQLiteDocumentStore) -> float:
    """Return from which nearness on something is an answer."""
    calibration = store.calibration()
    assert calibration is not None
    return calibration.of("wiki", "en").careful


def test_fit_takes_effect_at_once(document_store: SQLiteDocumentStore) -> None:
    """In this process and in another one that has the index open; None takes it back."""
    document_store.record_fact("calibration", _calibration([0.5, 0.5, 0.0]))
    served = SQLiteDocumentStore(document_store.path)
    assert (document_store.fit(), _careful(served)) == (None, 0.9)
    document_store.record_fit(_FIT)
    assert served.fit() == _FIT
    assert [_careful(store) for store in (document_store, served)] == pytest.approx([0.5, 0.5])
    document_store.record_fit(None)
    assert served.fit() is None
    assert [_careful(store) for store in (document_store, served)] == [0.9, 0.9]


def test_fit_outlives_the_thresholds_that_it_moved(document_store: SQLiteDocumentStore) -> None:
    """A sync that makes them anew has its own moved as far."""
    document_store.record_fact("calibration", _calibration([0.5, 0.5, 0.0]))
    document_store.record_fit(_FIT)
    document_store.record_fact("calibration", _calibration([0.5, 0.5, 0.0], high=0.7))
    assert document_store.fit() == _FIT
    assert _careful(document_store) == pytest.approx(0.4)


def test_fit_without_thresholds_moves_nothing(document_store: SQLiteDocumentStore) -> None:
    """It waits for them."""
    document_store.record_fit(_FIT)
    assert document_store.calibration() is None
    document_store.record_fact("calibration", _calibration([0.5, 0.5, 0.0]))
    assert _careful(document_store) == pytest.approx(0.5)


def test_documents_added_later_are_centred_too(document_store: SQLiteDocumentStore) -> None:
    """An index that grew is searched like one that was read whole."""
    document_store.record_fact("calibration", _calibration([0.5, 0.5, 0.0]))
    for number, vector in enumerate((EAST, NORTH, UP)):
        put(document_store, f"wiki/{number}", ["Text"], [vector])
        grown = document_store.search_vectors(EAST, "en", ["everyone"], 9)
        fresh = SQLiteDocumentStore(document_store.path).search_vectors(EAST, "en", ["everyone"], 9)
        assert grown == fresh
        assert len(grown) == number + 1


# Equal to a store that was made at once

_WORDS = st.sampled_from(["holidays", "bonus", "parking", "vakantie", "fiets", "_x_", "Été"])
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4)
_DOCUMENTS = st.sampled_from(["wiki/a", "wiki/b", "web/c"])
_META = st.fixed_dictionaries(
    {
        "title": _WORDS,
        "access": st.lists(st.sampled_from(["everyone", "hr", "Board"]), unique=True),
    }
)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("replace"), _DOCUMENTS, _TEXTS, _META, st.sampled_from(["en", "nl"])),
        st.tuples(st.just("delete"), _DOCUMENTS),
        st.tuples(st.just("rewrite"), _DOCUMENTS, _META),
        st.tuples(st.just("search")),
    ),
    max_size=14,
)
_VECTORS = [EAST, NORTH, UP, (0.6, 0.8, 0.0)]


class _Twin:
    """A store that is changed step by step, and what it should hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = SQLiteDocumentStore(folder / "changed.sqlite")
        self.expected: dict[str, tuple[list[str], dict[str, Any]]] = {}

    def replace(self, document_id: str, texts: list[str], meta: dict[str, Any], language: str) -> None:
        self.expected.pop(document_id, None)
        self.expected[document_id] = texts, {**meta, "language": language}
        self.write(self.store, document_id)

    def delete(self, document_id: str) -> None:
        self.expected.pop(document_id, None)
        self.store.delete([document_id])

    def rewrite(self, document_id: str, meta: dict[str, Any]) -> None:
        if document_id in self.expected:
            texts, old = self.expected[document_id]
            self.expected[document_id] = texts, {**old, **meta}
            self.store.rewrite_metadata(document_id, meta)

    def search(self) -> None:
        """Read in between: what a reader holds in memory must follow later changes."""
        searches(self.store, "holidays", ["everyone"])

    def write(self, store: SQLiteDocumentStore, document_id: str) -> None:
        texts, meta = self.expected[document_id]
        put(store, document_id, texts, [_VECTORS[len(text) % len(_VECTORS)] for text in texts], **meta)

    def fresh(self) -> SQLiteDocumentStore:
        store = SQLiteDocumentStore(self.folder / "fresh.sqlite")
        for document_id in self.expected:
            self.write(store, document_id)
        return store


def _observed(store: SQLiteDocumentStore) -> list[Any]:
    readers = [["everyone"], ["HR"], ["everyone", "hr", "board"], []]
    question = "holidays bonus parking vakantie fiets _x_ ete"
    return [
        [searches(store, question, principals, limit=50) for principals in readers],
        [store.count_readable(principals) for principals in readers],
        [[store.chunks(id_), store.markdown(id_), store.state(id_)] for id_ in ("wiki/a", "wiki/b", "web/c")],
        store.stem_weights(question),
        store.count_documents(),
        store.sources(),
    ]


@given(steps=_STEPS)
@settings(max_examples=40, deadline=None)
def test_history_leaves_no_trace(steps: list[tuple[Any, ...]]) -> None:
    """After any changes a store gives the same answers as one made anew from what is left.

    Scores are the same too, so no word, vector or reader of what was replaced or deleted still counts.
    """
    with tempfile.TemporaryDirectory() as folder:
        twin = _Twin(Path(folder))
        for name, *arguments in steps:
            getattr(twin, name)(*arguments)
        assert _observed(twin.store) == _observed(twin.fresh())


def test_index_of_words_stays_sound(document_store: SQLiteDocumentStore) -> None:
    """SQLite's own check finds no fault after changes of all kinds."""
    for round_ in range(3):
        put(document_store, "wiki/a", [f"Holidays {round_}", "Bonus"], title=f"Title {round_}")
        document_store.rewrite_metadata("wiki/a", {"title": "Vakantie", "access": []})
    put(document_store, "wiki/b", ["Parking"])
    document_store.delete(["wiki/b"])
    with sqlite3.connect(document_store.path) as connection:
        for table in ("stem_terms", "fourgram_terms"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 - constants
            words = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - constants
            assert words == 2
    connection.close()


# Threads and processes

_WRITE = """
import sys
from pathlib import Path
from pipelines.document_store.sqlite import SQLiteDocumentStore
from tests.pipelines.chunks import put
put(SQLiteDocumentStore(Path(sys.argv[1])), "wiki/b", ["Holidays."], [(1.0, 0.0, 0.0)])
"""


def test_write_of_another_process_is_seen_at_once(document_store: SQLiteDocumentStore) -> None:
    """A sync beside the running bot needs no restart of it."""
    put(document_store, "wiki/a", ["Holidays."], [UP])
    assert searches(document_store, "holidays", ["everyone"])["vectors"] != []
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _WRITE, str(document_store.path)], check=True, timeout=60
    )
    found = ids(searches(document_store, "holidays", ["everyone"]))
    assert {name: sorted(hits) for name, hits in found.items()} == everywhere("wiki/a#0", "wiki/b#0")
    assert found["vectors"][0] == "wiki/b#0"


def _together(*works: Callable[[], None]) -> None:
    """Run `works` at the same time; raise what one of them raised."""
    errors: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised again below
            errors.append(error)

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_readers_see_whole_documents_during_writes(document_store: SQLiteDocumentStore) -> None:
    """A document of which all chunks change together is never seen half changed."""

    def write(version: int) -> None:
        texts = [f"Holidays version{version}"] * 4
        put(document_store, "wiki/a", texts, [EAST] * 4, title=f"Version {version}")

    def rewrite() -> None:
        for version in range(1, 20):
            write(version)

    def read() -> None:
        for _ in range(15):
            for found in (
                document_store.search_stems("holidays", ["everyone"], 10),
                document_store.search_vectors(EAST, "en", ["everyone"], 10),
            ):
                seen.append({(hit.content, hit.meta["title"]) for hit in found})

    seen: list[set[tuple[str | None, str]]] = []
    write(0)
    _together(read, read, rewrite)
    assert len(seen) == 60
    assert all(len(versions) <= 1 for versions in seen)


def test_writers_wait_for_each_other(document_store: SQLiteDocumentStore) -> None:
    """Nothing is lost where several threads write."""
    put(document_store, "wiki/a", ["Text."])

    def write(writer: int) -> None:
        for number in range(10):
            put(document_store, f"wiki/{writer}-{number}", ["Text."])

    _together(*(lambda writer=writer: write(writer) for writer in range(3)))
    assert document_store.count_documents() == 31


# Files that can't be used


def test_index_that_was_removed_is_told_and_a_new_one_is_found(tmp_path: Path) -> None:
    """Whoever has it built anew need not stop what answers from it, and nothing is answered from what is gone."""
    path = tmp_path / "index.sqlite"
    put(SQLiteDocumentStore(path), "wiki/old", ["parking"], [EAST])
    reader = SQLiteDocumentStore(path, create=False)
    assert ids(searches(reader, "parking", ["everyone"])) == everywhere("wiki/old#0")
    path.unlink()
    with pytest.raises(IndexMissing):
        reader.search_stems("parking", ["everyone"], 5)
    with pytest.raises(IndexMissing):
        reader.search_vectors(EAST, "en", ["everyone"], 5)
    put(SQLiteDocumentStore(path), "wiki/new", ["parking"], [EAST])
    assert ids(searches(reader, "parking", ["everyone"])) == everywhere("wiki/new#0")


def test_missing_index_is_told(tmp_path: Path) -> None:
    """Who only reads does not make an empty index, and is told to sync first."""
    path = tmp_path / "data" / "index.sqlite"
    with pytest.raises(IndexMissing, match=r"no index at .*index\.sqlite") as caught:
        SQLiteDocumentStore(path, create=False).count_documents()
    assert "kennisbot sync" in caught.value.remedy
    assert not caught.value.retryable
    assert not path.parent.exists()


def test_index_and_its_folder_are_made(tmp_path: Path) -> None:
    """A first sync needs no preparation."""
    path = tmp_path / "new" / "data" / "index.sqlite"
    put(SQLiteDocumentStore(path), "wiki/a", ["Text."])
    assert SQLiteDocumentStore(path, create=False).count_documents() == 1


def _damaged(tmp_path: Path) -> Path:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"This is no database but a text that is long enough. " * 50)
    return path


def _blocked(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("Text")
    return tmp_path / "file" / "index.sqlite"


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "index.sqlite").mkdir()
    return tmp_path / "index.sqlite"


@pytest.mark.parametrize(
    ("make", "remedy"),
    [(_damaged, "Remove that file"), (_blocked, "may be written"), (_folder, "the right to read and write")],
)
def test_unusable_file_is_told(tmp_path: Path, make: Callable[[Path], Path], remedy: str) -> None:
    """No database, no folder, no file: each names the path and what to do."""
    path = make(tmp_path)
    with pytest.raises(IndexUnavailable) as caught:
        SQLiteDocumentStore(path).count_documents()
    assert str(path) in caught.value.reason
    assert remedy in caught.value.remedy
    assert caught.value.retryable


def test_full_disk_is_told(document_store: SQLiteDocumentStore) -> None:
    """With the way on; what was written before is still there."""
    put(document_store, "wiki/a", ["Text."])
    with document_store._pool.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(IndexUnavailable, match="can't grow, as its disk is full") as caught:
        put(document_store, "wiki/b", ["Much text. " * 10_000])
    assert "goes on where it was" in caught.value.remedy
    assert document_store.document_ids("wiki") == {"wiki/a"}


def test_index_that_may_not_be_written_is_told(document_store: SQLiteDocumentStore) -> None:
    """A read-only index can still be searched, and says whose right is missing when it is to be written."""
    put(document_store, "wiki/a", ["Text."])
    with document_store._pool.reading() as connection:
        connection.execute("PRAGMA query_only = 1")
    with pytest.raises(IndexUnavailable, match="may not be written") as caught:
        put(document_store, "wiki/b", ["More."])
    assert "the right to write" in caught.value.remedy
    assert len(document_store.search_stems("text", ["everyone"], 10)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder_is_told(tmp_path: Path) -> None:
    """A data folder that belongs to somebody else is reported as such."""
    tmp_path.chmod(0o500)
    with pytest.raises(IndexUnavailable, match="can't be used"):
        SQLiteDocumentStore(tmp_path / "index.sqlite").count_documents()


def test_damage_that_shows_later_is_told(document_store: SQLiteDocumentStore) -> None:
    """A table that is gone is an unusable index, in words, from any method; the transaction is undone."""
    put(document_store, "wiki/a", ["Text."])
    with sqlite3.connect(document_store.path) as connection:
        connection.execute("DROP TABLE access")
    connection.close()
    with pytest.raises(IndexUnavailable, match="no such table"):
        document_store.search_stems("text", ["everyone"], 10)
    with pytest.raises(IndexUnavailable, match="no such table"):
        put(document_store, "wiki/b", ["Text."])
    assert document_store.document_ids("wiki") == {"wiki/a"}


def test_index_of_another_version_is_refused(document_store: SQLiteDocumentStore) -> None:
    """A layout that this version doesn't know is left alone, with the way out."""
    put(document_store, "wiki/a", ["Text."])
    with sqlite3.connect(document_store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexMismatch, match="has layout 99, this version reads 3") as caught:
        SQLiteDocumentStore(document_store.path).count_documents()
    assert "Remove that file" in caught.value.remedy


def test_failed_write_leaves_the_old_document(document_store: SQLiteDocumentStore) -> None:
    """A document is replaced whole or not at all."""
    put(document_store, "wiki/a", ["Holidays."], [EAST])
    before = searches(document_store, "holidays", ["everyone"])
    clash = chunk("New.", "wiki/a", position=1)
    with pytest.raises(IndexUnavailable):
        document_store.replace(Document(id="wiki/a", content="New.", meta=clash.meta), [clash, clash])
    assert searches(document_store, "holidays", ["everyone"]) == before


# Documents inside documents


def _mail_with_attachment(store: SQLiteDocumentStore, *attachments: str) -> None:
    def one(id_: str, text: str, part_of: str | None) -> tuple[Document, list[Document]]:
        whole = Document(id=id_, content=text, meta=metadata(id_, title=text, part_of=part_of))
        return whole, [chunk(text, id_, title=text, part_of=part_of)]

    parts = [one(f"wiki/mail/{name}", f"attached {name}", "wiki/mail") for name in attachments]
    store.replace(*one("wiki/mail", "mail text", None), parts)


def test_parts_are_found_and_go_with_their_whole(document_store: SQLiteDocumentStore) -> None:
    """An attachment is a hit of its own; one that a new version lacks goes, and all go with the mail."""
    _mail_with_attachment(document_store, "a", "b")
    found = document_store.search_stems("attached mail", ["everyone"], 10)
    assert {hit.meta["document_id"] for hit in found} == {"wiki/mail", "wiki/mail/a", "wiki/mail/b"}
    _mail_with_attachment(document_store, "b")
    found = document_store.search_stems("attached", ["everyone"], 10)
    assert [hit.meta["document_id"] for hit in found] == ["wiki/mail/b"]
    document_store.delete(["wiki/mail"])
    assert document_store.count_documents() == 0
    assert document_store.search_stems("attached", ["everyone"], 10) == []


def test_parts_are_not_documents_of_the_source(document_store: SQLiteDocumentStore) -> None:
    """The source knows the mail alone, and what it compares and counts is that; readers count all they may read."""
    _mail_with_attachment(document_store, "a", "b")
    assert document_store.document_ids("wiki") == {"wiki/mail"}
    assert document_store.count_readable(["everyone"]) == 3


def test_parts_follow_the_access_of_their_whole(document_store: SQLiteDocumentStore) -> None:
    """Narrowed for the mail is narrowed for its attachments; their titles are their own."""
    _mail_with_attachment(document_store, "a")
    document_store.rewrite_metadata("wiki/mail", {"access": ["hr"], "title": "New", "stale_since": "2026-01-01"})
    assert document_store.search_stems("attached", ["everyone"], 10) == []
    (hit,) = document_store.search_stems("attached", ["hr"], 10)
    assert (hit.meta["document_id"], hit.meta["title"]) == ("wiki/mail/a", "attached a")
    assert hit.meta["stale_since"] == "2026-01-01"
    assert document_store.count_stale("wiki") == 1


def test_parts_are_documents_of_their_own_to_administration(document_store: SQLiteDocumentStore) -> None:
    """Figures and lists hold the mail and what is attached to it, each with its chunks and its readers."""
    _mail_with_attachment(document_store, "a", "b")
    document_store.rewrite_metadata("wiki/mail", {"access": [], "stale_since": "2026-01-01"})
    assert document_store.overview.sources() == {"wiki": SourceCounts(documents=3, chunks=3, unreadable=3, stale=3)}
    listed = document_store.overview.documents("wiki", state="unreadable", search="attached", limit=10)
    assert [(document.id, document.chunks, document.readers) for document in listed] == [
        ("wiki/mail/a", 1, ()),
        ("wiki/mail/b", 1, ()),
    ]


def test_part_can_be_read_by_who_may_read_its_whole(document_store: SQLiteDocumentStore) -> None:
    """An attachment opens as a document, and is closed with its mail."""
    _mail_with_attachment(document_store, "a")
    part = document_store.readable_document("wiki/mail/a", ["everyone"])
    assert part is not None
    assert part.content == "attached a"
    document_store.rewrite_metadata("wiki/mail", {"access": ["hr"]})
    assert document_store.readable_document("wiki/mail/a", ["everyone"]) is None


def test_document_that_another_program_wrote_is_listed(document_store: SQLiteDocumentStore) -> None:
    """It has no title and no source; that ends no list and no search."""
    document_store.write_documents([Document(id="1", content="Text.")])
    assert document_store.overview.sources() == {"": SourceCounts(documents=1, chunks=1, unreadable=1, stale=0)}
    (listed,) = document_store.overview.documents("", search="1", limit=10)
    assert (listed.id, dict(listed.meta), listed.chunks, listed.readers) == ("1", {}, 1, ())


def test_document_and_its_chunks_are_of_one_moment(
    document_store: SQLiteDocumentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator who looks while it is replaced sees one version of it."""

    def chunks_after_a_write(connection: sqlite3.Connection, document_id: str) -> list[Document]:
        put(document_store, "wiki/a", ["New."])
        return chunks_without_vectors(connection, document_id)

    put(document_store, "wiki/a", ["Old."])
    monkeypatch.setattr(overview, "chunks_without_vectors", chunks_after_a_write)
    found = document_store.overview.document("wiki/a")
    assert found is not None
    assert (found.document.content, contents(found.chunks)) == ("Old.", ["Old."])
    assert document_store.markdown("wiki/a") == "New."
