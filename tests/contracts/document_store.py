"""What every store of the index promises, whatever it keeps it in.

A store's test class inherits `DocumentStoreContract` and has a fixture `document_store`: an empty store.
"""

from collections.abc import Iterable

import pytest

from pipelines.document_store.overview import DocumentFilter, SourceCounts
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.errors import IndexMismatch
from tests.pipelines.chunks import contents, put

EAST, NORTH, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
NEAR_EAST = (0.8, 0.6, 0.0)

Searches = dict[str, list[tuple[str, float]]]


def searches(store: SQLiteDocumentStore, question: str, principals: Iterable[str], limit: int = 10) -> Searches:
    """Return what each search finds: ids with scores, best first. The question's vector is `EAST`."""
    readers = list(principals)
    found = {
        "stems": store.search_stems(question, readers, limit),
        "fourgrams": store.search_fourgrams(question, readers, limit),
        "vectors": store.search_vectors(EAST, "en", readers, limit),
    }
    return {name: [(hit.id, hit.score or 0.0) for hit in hits] for name, hits in found.items()}


def ids(found: Searches) -> dict[str, list[str]]:
    """Return the ids alone."""
    return {name: [id_ for id_, _ in hits] for name, hits in found.items()}


def _listed(
    store: SQLiteDocumentStore, *, state: DocumentFilter = "all", search: str = "", after: str = "", limit: int = 10
) -> list[str]:
    listed = store.overview.documents("wiki", state=state, search=search, after=after, limit=limit)
    return [document.id for document in listed]


def everywhere(*chunk_ids: str) -> dict[str, list[str]]:
    """Return what `ids` gives when each search finds just these."""
    return {name: list(chunk_ids) for name in ("stems", "fourgrams", "vectors")}


class DocumentStoreContract:
    """Inherit this; the fixture `document_store` is yours to write."""

    @pytest.fixture
    def document_store(self) -> SQLiteDocumentStore:
        """An empty store."""
        raise NotImplementedError("each store's test class makes its own")

    # Access

    def test_each_search_finds_what_may_be_read(self, document_store: SQLiteDocumentStore) -> None:
        """One principal among the asker's is enough, in every search."""
        put(document_store, "wiki/leave", ["Holidays for all."], [EAST], access=["hr", "everyone"])
        found = searches(document_store, "holidays", ["everyone", "sales"])
        assert ids(found) == everywhere("wiki/leave#0")

    def test_no_principals_find_nothing(self, document_store: SQLiteDocumentStore) -> None:
        """Who is nobody sees nothing, not even what all employees may read."""
        put(document_store, "wiki/leave", ["Holidays."], [EAST])
        assert ids(searches(document_store, "holidays", [])) == everywhere()
        assert document_store.count_readable([]) == 0

    def test_document_without_readers_is_found_by_nobody(self, document_store: SQLiteDocumentStore) -> None:
        """Unknown access means nobody, and the administrator is told how many documents that are."""
        put(document_store, "wiki/secret", ["Holidays."], [EAST], access=[])
        put(document_store, "wiki/open", ["Other words."], [UP])
        put(document_store, "web/secret", ["Holidays."], [EAST], access=[])
        found = ids(searches(document_store, "holidays", ["everyone", "hr", ""]))
        assert found == {"stems": [], "fourgrams": [], "vectors": ["wiki/open#0"]}
        assert document_store.count_unreadable("wiki") == 1

    def test_restricted_chunks_leave_no_gap(self, document_store: SQLiteDocumentStore) -> None:
        """Where better chunks may not be read, the list is as long as it would be without them."""
        for n in range(4):
            put(
                document_store,
                f"board/{n}",
                ["Holidays."],
                [EAST],
                access=["board"],
            )
            put(document_store, f"wiki/{n}", [f"Holidays and {n} other things."], [NEAR_EAST])
        found = ids(searches(document_store, "holidays", ["everyone"], limit=4))
        expected = [f"wiki/{n}#0" for n in range(4)]
        assert {name: sorted(hits) for name, hits in found.items()} == everywhere(*expected)
        assert all(
            id_.startswith("board/")
            for hits in ids(searches(document_store, "holidays", ["everyone", "board"], limit=4)).values()
            for id_ in hits
        )

    def test_counts_are_of_what_may_be_read(self, document_store: SQLiteDocumentStore) -> None:
        """The number of documents that a user is told gives away no restricted one."""
        put(document_store, "wiki/a", ["One.", "Two."], access=["everyone", "hr"])
        put(document_store, "wiki/b", ["Three."], access=["hr"])
        counts = [document_store.count_readable(readers) for readers in (["everyone"], ["hr", "everyone"])]
        assert counts == [1, 2]

    def test_principals_are_compared_without_case(self, document_store: SQLiteDocumentStore) -> None:
        """An address that a directory writes with capitals is the same person, in every search."""
        put(document_store, "wiki/a", ["Holidays."], [EAST], access=["Sanne@Example.com"])
        for reader in ("sanne@example.com", "SANNE@EXAMPLE.COM"):
            assert ids(searches(document_store, "holidays", [reader])) == everywhere("wiki/a#0")
            assert document_store.count_readable([reader]) == 1

    def test_principal_is_compared_whole(self, document_store: SQLiteDocumentStore) -> None:
        """A group whose name begins like another one's is not that other one."""
        put(document_store, "wiki/a", ["Holidays."], [EAST], access=["hr-board"])
        assert ids(searches(document_store, "holidays", ["hr", "board", "%", "hr-boar_"])) == everywhere()

    # Search

    def test_other_forms_of_a_word_are_found(self, document_store: SQLiteDocumentStore) -> None:
        """Each document by the stems of its own language, whatever language asks."""
        put(document_store, "wiki/en", ["Reimbursed expenses."], language="en")
        put(document_store, "wiki/nl", ["Vergoedingen van reiskosten."], language="nl")
        for question, expected in (("reimbursing an expense", "wiki/en#0"), ("vergoeding", "wiki/nl#0")):
            found = document_store.search_stems(question, ["everyone"], 10)
            assert [hit.id for hit in found] == [expected]

    def test_misspelt_words_are_found(self, document_store: SQLiteDocumentStore) -> None:
        """Parts of a word are enough for one of the searches."""
        put(document_store, "wiki/a", ["Thuiswerkvergoeding."], language="nl")
        put(document_store, "wiki/b", ["Parkeren."], language="nl")
        found = document_store.search_fourgrams("thuiswerkvergoding", ["everyone"], 10)
        assert [hit.id for hit in found] == ["wiki/a#0"]

    def test_more_shared_terms_rank_higher(self, document_store: SQLiteDocumentStore) -> None:
        """Both lists of terms rank by how much is shared, wherever a document stands in the store."""
        for number, text in enumerate(["Parking.", "Parking a bicycle.", "Parking a bicycle inside.", "Leave."]):
            put(document_store, f"wiki/{number}", [text])
            put(document_store, f"filler/{number}", ["Other words."])
        question = "parking a bicycle inside"
        for found in (
            document_store.search_stems(question, ["everyone"], 10),
            document_store.search_fourgrams(question, ["everyone"], 10),
        ):
            assert [hit.id for hit in found] == ["wiki/2#0", "wiki/1#0", "wiki/0#0"]
            assert len({hit.score for hit in found}) == 3

    def test_title_and_headings_are_searched(self, document_store: SQLiteDocumentStore) -> None:
        """A chunk is found by what stands above it."""
        put(document_store, "wiki/a", ["It is 25 days."], title="Holidays", section="Part-timers")
        for question in ("holidays", "part-timers"):
            assert document_store.search_stems(question, ["everyone"], 10) != []

    def test_nearest_vectors_come_first(self, document_store: SQLiteDocumentStore) -> None:
        """Without calibration the score is the cosine; chunks without a vector are passed over."""
        put(document_store, "wiki/a", ["A", "B", "C", "D"], [UP, NEAR_EAST, EAST, None])
        found = document_store.search_vectors(EAST, "en", ["everyone"], 10)
        assert [(hit.id, round(hit.score or 0.0, 5)) for hit in found] == [
            ("wiki/a#2", 1.0),
            ("wiki/a#1", 0.8),
            ("wiki/a#0", 0.0),
        ]

    def test_limit_keeps_the_best(self, document_store: SQLiteDocumentStore) -> None:
        """A shorter list is the beginning of the longer one."""
        vectors = [(1.0 - n / 10, n / 10, 0.0) for n in range(5)]
        put(document_store, "wiki/a", [f"Holidays {'x ' * n}" for n in range(5)], vectors)
        long, short = (searches(document_store, "holidays", ["everyone"], limit) for limit in (5, 2))
        assert short == {name: hits[:2] for name, hits in long.items()}
        assert all(hits == sorted(hits, key=lambda hit: -hit[1]) for hits in long.values())

    def test_found_chunks_are_whole_but_for_their_vectors(self, document_store: SQLiteDocumentStore) -> None:
        """What is found can be quoted and cited: text, place, link, date; vectors are not carried along."""
        (written,) = put(document_store, "wiki/a", ["Holidays."], [EAST], owner="HR", section="Leave")
        for found in (
            *document_store.search_stems("holidays", ["everyone"], 10),
            *document_store.search_fourgrams("holidays", ["everyone"], 10),
            *document_store.search_vectors(EAST, "en", ["everyone"], 10),
        ):
            assert (found.id, found.content, found.embedding) == (written.id, written.content, None)
            assert found.meta.items() >= written.meta.items()

    @pytest.mark.parametrize("question", ["", "?!", '"', "a OR b) NEAR(", "stems:x*", "_", "ᦰᦱᦲᦳᦴ", "\0", "🙂"])
    def test_any_question_can_be_asked(self, document_store: SQLiteDocumentStore, question: str) -> None:
        """Nothing in a question is taken for a search operator, and none ends in an error."""
        put(document_store, "wiki/a", ["Holidays."], [EAST])
        found = ids(searches(document_store, question, ["everyone"]))
        assert (found["stems"], found["fourgrams"]) == ([], [])
        assert list(document_store.stem_weights(question).values()) == sorted(
            document_store.stem_weights(question).values()
        )

    def test_long_question_can_be_asked(self, document_store: SQLiteDocumentStore) -> None:
        """A pasted page is searched for like a line."""
        put(document_store, "wiki/a", ["Holidays."])
        question = " ".join(f"word{n}" for n in range(3000)) + " holidays"
        assert [hit.id for hit in document_store.search_stems(question, ["everyone"], 10)] == ["wiki/a#0"]

    def test_rare_stems_weigh_more(self, document_store: SQLiteDocumentStore) -> None:
        """The weight of a stem falls with the chunks that have it; unknown ones weigh most."""
        put(document_store, "wiki/a", ["Leave days.", "Leave.", "Leave."])
        weights = document_store.stem_weights("leave days unknown")
        assert weights["unknown"] > weights["day"] > weights["leav"] > 0

    # Change

    def test_replaced_document_is_found_by_its_new_words_alone(self, document_store: SQLiteDocumentStore) -> None:
        """Nothing of the old text, its vectors or its readers is left; other documents stay."""
        put(document_store, "wiki/a", ["Holidays.", "Bonus."], [EAST, EAST], access=["everyone"])
        put(document_store, "wiki/b", ["Parking."], [UP])
        put(document_store, "wiki/a", ["Bicycle."], [NORTH], access=["hr"])
        assert ids(searches(document_store, "holidays bonus", ["hr"])) == {
            "stems": [],
            "fourgrams": [],
            "vectors": ["wiki/a#0"],
        }
        assert ids(searches(document_store, "bicycle parking", ["everyone"])) == everywhere("wiki/b#0")
        assert contents(document_store.chunks("wiki/a")) == ["Bicycle."]

    def test_deleted_document_is_gone(self, document_store: SQLiteDocumentStore) -> None:
        """From every search, list and count; an id that is unknown is passed over."""
        put(document_store, "wiki/a", ["Holidays."], [EAST])
        put(document_store, "wiki/b", ["Holidays."], [EAST])
        document_store.delete(["wiki/a", "wiki/unknown"])
        assert ids(searches(document_store, "holidays", ["everyone"])) == everywhere("wiki/b#0")
        assert (document_store.state("wiki/a"), document_store.markdown("wiki/a")) == (None, "")
        assert document_store.document_ids("wiki") == {"wiki/b"}
        assert (document_store.count_readable(["everyone"]), document_store.count_documents()) == (1, 1)

    def test_new_title_is_found_and_the_old_one_is_not(self, document_store: SQLiteDocumentStore) -> None:
        """Rewriting metadata changes what a document is found by, and keeps its vectors."""
        put(document_store, "wiki/a", ["Text.", "More."], [EAST, UP], title="Holidays")
        before = [c.embedding for c in document_store.chunks("wiki/a")]
        document_store.rewrite_metadata("wiki/a", {"title": "Bicycles", "url": "https://new.example"})
        assert document_store.search_stems("holidays", ["everyone"], 10) == []
        assert document_store.search_fourgrams("holidays", ["everyone"], 10) == []
        found = document_store.search_stems("bicycles", ["everyone"], 10)
        assert {(hit.id, hit.meta["url"]) for hit in found} == {
            ("wiki/a#0", "https://new.example"),
            ("wiki/a#1", "https://new.example"),
        }
        assert [c.embedding for c in document_store.chunks("wiki/a")] == before

    def test_change_of_readers_takes_effect_at_once(self, document_store: SQLiteDocumentStore) -> None:
        """Who lost access sees nothing of it any more, in every search."""
        put(document_store, "wiki/a", ["Holidays."], [EAST], access=["everyone"])
        assert ids(searches(document_store, "holidays", ["everyone"])) == everywhere("wiki/a#0")
        document_store.rewrite_metadata("wiki/a", {"access": ["HR"]})
        assert ids(searches(document_store, "holidays", ["everyone"])) == everywhere()
        assert ids(searches(document_store, "holidays", ["hr"])) == everywhere("wiki/a#0")

    def test_state_tells_what_is_indexed(self, document_store: SQLiteDocumentStore) -> None:
        """A sync compares with the hash and the metadata in force."""
        put(document_store, "wiki/a", ["Text."], content_hash="abc", title="Old")
        document_store.rewrite_metadata("wiki/a", {"title": "New"})
        state = document_store.state("wiki/a")
        assert state is not None
        assert (state.content_hash, state.meta["title"], state.meta["access"]) == ("abc", "New", ["everyone"])

    def test_documents_are_listed_by_source(self, document_store: SQLiteDocumentStore) -> None:
        """A source whose name begins like another one's has its own documents."""
        for document_id in ("wiki/a", "wiki/b", "wiki2/c"):
            put(document_store, document_id, ["Text."])
        assert document_store.sources() == {"wiki", "wiki2"}
        assert document_store.document_ids("wiki") == {"wiki/a", "wiki/b"}

    def test_whole_text_is_kept(self, document_store: SQLiteDocumentStore) -> None:
        """A document's Markdown and its chunks come back as they were written, in order."""
        written = put(document_store, "wiki/a", ["Een €", "Twee", "Drie"], [EAST, UP, None])
        assert document_store.markdown("wiki/a") == "Een €\n\nTwee\n\nDrie"
        assert document_store.chunks("wiki/a") == written

    def test_vector_of_an_equal_text_is_known(self, document_store: SQLiteDocumentStore) -> None:
        """Equal with all that stands above: another title or section is another text."""
        (known,) = put(document_store, "wiki/a", ["Text."], [NEAR_EAST])
        moved = put(document_store, "wiki/b", ["Text.", "Other."])
        renamed = put(document_store, "wiki/c", ["Text."], title="Else")
        vectors = document_store.known_embeddings([*moved, *renamed])
        assert vectors == [pytest.approx(known.embedding), None, None]

    # Single documents

    def test_documents_are_found_by_the_parts_of_their_titles(self, document_store: SQLiteDocumentStore) -> None:
        """Those of the source alone that the reader may see; no sign in a title stands for any other."""
        titles = {"a": "Prices 100% 2025, Dublin", "b": "prices 100% 2026, Dublin", "c": "Prices 100x 2026, Dublin"}
        for name, title in (*titles.items(), ("d", "Prices 100% 2026, Cork"), ("e", "All prices 100% 2026, Dublin")):
            put(document_store, f"wiki/{name}", ["Text."], title=title)
        put(document_store, "wiki/hr", ["Text."], title="Prices 100% 2027, Dublin", access=["hr"])
        put(document_store, "web/a", ["Text."], title="Prices 100% 2027, Dublin")
        for readers, expected in ((["everyone"], ["a", "b"]), (["everyone", "HR"], ["a", "b", "hr"]), ([], [])):
            found = document_store.documents_titled("wiki", ["Prices 100% ", ", Dublin"], readers)
            assert [document.id for document in found] == [f"wiki/{name}" for name in expected]
        (whole,) = document_store.documents_titled("wiki", ["Prices 100% 2026, Cork"], ["everyone"])
        assert (whole.meta["title"], whole.meta["url"]) == ("Prices 100% 2026, Cork", "https://wiki.example/d#{anchor}")

    def test_readable_document_is_given_whole(self, document_store: SQLiteDocumentStore) -> None:
        """Its text and what is known of it; one principal among the reader's is enough, case aside."""
        put(document_store, "wiki/a", ["Een €", "Twee"], title="Verlof", access=["Sanne@Example.com", "hr"])
        document = document_store.readable_document("wiki/a", ["sales", "SANNE@example.com"])
        assert document is not None
        assert (document.id, document.content, document.meta["title"]) == ("wiki/a", "Een €\n\nTwee", "Verlof")

    @pytest.mark.parametrize("principals", [[], ["everyone"], ["h"], ["hr-board"], ["%"]])
    def test_document_of_others_is_not_there(self, document_store: SQLiteDocumentStore, principals: list[str]) -> None:
        """As one that does not exist: not even that it does is given away."""
        put(document_store, "wiki/a", ["Text."], access=["hr"])
        put(document_store, "wiki/b", ["Text."], access=[])
        found = [document_store.readable_document(id_, principals) for id_ in ("wiki/a", "wiki/b", "wiki/unknown")]
        assert found == [None] * 3

    # For administration

    def test_sources_are_counted(self, document_store: SQLiteDocumentStore) -> None:
        """Each on its own: documents, chunks, documents without readers, documents of before."""
        put(document_store, "wiki/a", ["One.", "Two."])
        put(document_store, "wiki/b", ["Three."], access=[], stale_since="2026-01-01T10:00:00+00:00")
        put(document_store, "wiki/c", [], access=["hr", "board"])
        put(document_store, "web/a", ["Four."])
        assert document_store.overview.sources() == {
            "wiki": SourceCounts(documents=3, chunks=3, unreadable=1, stale=1),
            "web": SourceCounts(documents=1, chunks=1, unreadable=0, stale=0),
        }

    def test_documents_are_listed_with_what_is_known_of_them(self, document_store: SQLiteDocumentStore) -> None:
        """Whoever may read them: their metadata, how many chunks, and who may."""
        put(document_store, "wiki/a", ["One.", "Two."], title="Verlof", language="nl", access=["Tom@Example.com", "hr"])
        (listed,) = document_store.overview.documents("wiki", limit=10)
        assert (listed.id, listed.chunks, listed.readers) == ("wiki/a", 2, ("hr", "tom@example.com"))
        assert (listed.meta["title"], listed.meta["language"], listed.meta["stale_since"]) == ("Verlof", "nl", None)

    def test_documents_are_listed_page_by_page(self, document_store: SQLiteDocumentStore) -> None:
        """By id, each once, also those that were written last; other sources have pages of their own."""
        for name in ("e", "b", "d", "a", "c"):
            put(document_store, f"wiki/{name}", ["Text."])
            put(document_store, f"wiki2/{name}", ["Text."])
        pages = [_listed(document_store, limit=2, after=after) for after in ("", "wiki/b", "wiki/d", "wiki/e")]
        assert pages == [["wiki/a", "wiki/b"], ["wiki/c", "wiki/d"], ["wiki/e"], []]

    def test_documents_are_listed_by_state(self, document_store: SQLiteDocumentStore) -> None:
        """Those that nobody may read, and those that are of before."""
        put(document_store, "wiki/open", ["Text."])
        put(document_store, "wiki/closed", ["Text."], access=[])
        put(document_store, "wiki/old", ["Text."], stale_since="2026-01-01T10:00:00+00:00")
        assert _listed(document_store, state="unreadable") == ["wiki/closed"]
        assert _listed(document_store, state="stale") == ["wiki/old"]
        document_store.rewrite_metadata("wiki/old", {"stale_since": None, "access": []})
        assert _listed(document_store, state="unreadable") == ["wiki/closed", "wiki/old"]
        assert _listed(document_store, state="stale") == []

    @pytest.mark.parametrize(
        "search",
        ["CAFÉ", "cafe\u0301", "éBeleid", "ﬁets", "straSSe", "100%", "HR/Ca", "wiki/hr/CAFÉ", "_a", "É.md"],
    )
    def test_documents_are_searched_by_title_and_id(self, document_store: SQLiteDocumentStore, search: str) -> None:
        """In any case and any spelling that Unicode has for it; no letter stands for another one."""
        put(document_store, "wiki/hr/café.md", ["Text."], title="Cafébeleid: fiets 100% van de Straße, _a")
        put(document_store, "wiki/other.md", ["Café."], title="Cafe and 1000 other things, a")
        assert _listed(document_store, search=search) == ["wiki/hr/café.md"]

    def test_search_goes_with_state_and_page(self, document_store: SQLiteDocumentStore) -> None:
        """A page holds as many of those found as there is room for, however many lie between."""
        for number in range(9):
            put(
                document_store, f"wiki/{number}", ["Text."], title="AB"[number % 2], access=[["hr"], []][number % 3 > 0]
            )
        found = [
            _listed(document_store, search="a", state="unreadable", after=after, limit=2) for after in ("", "wiki/4")
        ]
        assert found == [["wiki/2", "wiki/4"], ["wiki/8"]]

    def test_name_of_a_source_is_not_found_in_all_its_documents(self, document_store: SQLiteDocumentStore) -> None:
        """Every id begins with it; whoever looks for "hr" in the source hr means the word."""
        put(document_store, "hr/a", ["Text."], title="HR policy")
        put(document_store, "hr/b", ["Text."], title="Bonus")
        listed = document_store.overview.documents("hr", search="hr", limit=10)
        assert [document.id for document in listed] == ["hr/a"]

    def test_document_is_given_with_its_chunks(self, document_store: SQLiteDocumentStore) -> None:
        """In order, for an administrator, whoever may read it; vectors are not carried along."""
        written = put(document_store, "wiki/a", ["Een", "Twee"], [EAST, None], access=[], section="Verlof")
        found = document_store.overview.document("wiki/a")
        assert found is not None
        assert (found.document.id, found.document.content, found.readers) == ("wiki/a", "Een\n\nTwee", ())
        assert [(c.id, c.content, c.meta["section"]) for c in found.chunks] == [
            (c.id, c.content, "Verlof") for c in written
        ]
        assert [chunk.embedding for chunk in found.chunks] == [None, None]
        assert document_store.overview.document("wiki/unknown") is None

    def test_document_is_given_with_who_may_read_it(self, document_store: SQLiteDocumentStore) -> None:
        """As in the list of documents: in lower case, by name."""
        put(document_store, "wiki/a", ["Een"], access=["HR@example.com", "everyone"])
        found = document_store.overview.document("wiki/a")
        assert found is not None
        assert found.readers == ("everyone", "hr@example.com")

    # The index as a whole

    def test_facts_are_kept(self, document_store: SQLiteDocumentStore) -> None:
        """The last value under a name counts; a name without one gives None."""
        for value in ({"a": [1, 2.5]}, None, {"b": "é"}):
            document_store.record_fact("name", value)
            assert document_store.fact("name") == value
        assert document_store.fact("other") is None

    def test_other_settings_are_refused(self, document_store: SQLiteDocumentStore) -> None:
        """An index with content can't be extended with other parts: it is said which, and what to do."""
        document_store.fingerprint({"embedder": "one", "chunk_characters": 1200})
        put(document_store, "wiki/a", ["Text."])
        document_store.fingerprint({"embedder": "one", "chunk_characters": 1200})
        with pytest.raises(IndexMismatch, match="embedder was one, is two") as caught:
            document_store.fingerprint({"embedder": "two", "chunk_characters": 1200})
        assert "chunk_characters" not in caught.value.reason
        assert "kennisbot sync" in caught.value.remedy
        assert not caught.value.retryable

    def test_empty_index_takes_other_settings(self, document_store: SQLiteDocumentStore) -> None:
        """Nothing has been made with the old ones yet."""
        document_store.fingerprint({"embedder": "one"})
        document_store.fingerprint({"embedder": "two"})
        put(document_store, "wiki/a", ["Text."])
        with pytest.raises(IndexMismatch, match="embedder was two"):
            document_store.fingerprint({"embedder": "one"})
