"""The newest version of a document goes before older ones."""

from haystack import Document

from pipelines.components.latest_version import LatestVersion
from tests.pipelines.chunks import chunk


def _version(title: str, score: float, updated_at: str | None = None, source: str = "wiki") -> Document:
    return chunk("x", f"{source}/{title} {updated_at}", score=score, title=title, updated_at=updated_at, source=source)


def _ranked(*documents: Document, query: str = "How many days?") -> list[str]:
    found = LatestVersion().run(query, list(documents))["documents"]
    scores = [document.score or 0.0 for document in found]
    assert scores == sorted(scores, reverse=True)
    return [f"{d.meta['title']} {d.meta['updated_at'] or ''}".strip() for d in found]


def test_newest_year_goes_before_older_ones() -> None:
    """Last year's plan may fit the words better; this year's is the one in force."""
    ranked = _ranked(
        _version("Leave 2024", 0.9),
        _version("Bonus", 0.8),
        _version("Leave 2026", 0.6),
        _version("Leave 2025", 0.5),
    )
    assert ranked == ["Leave 2026", "Leave 2024", "Bonus", "Leave 2025"]


def test_year_may_stand_anywhere_in_the_title() -> None:
    """And the case of the title does not matter."""
    ranked = _ranked(_version("2025 Travel policy", 0.9), _version("Travel Policy 2026", 0.8))
    assert ranked == ["Travel Policy 2026", "2025 Travel policy"]


def test_version_with_a_year_is_newer_than_one_without() -> None:
    """The page that was there first carries none."""
    assert _ranked(_version("Leave", 0.9), _version("Leave 2026", 0.8)) == ["Leave 2026", "Leave"]


def test_pages_of_one_title_are_not_versions() -> None:
    """Two pages called "Overview" are about different things, whichever was changed last."""
    ranked = _ranked(_version("Overview", 0.9, "2026-01-01"), _version("Overview", 0.8, "2026-06-01"))
    assert ranked == ["Overview 2026-01-01", "Overview 2026-06-01"]


def test_question_that_names_a_year_is_left_alone() -> None:
    """Who asks about 2024 gets 2024."""
    documents = _version("Leave 2024", 0.9), _version("Leave 2026", 0.8)
    assert _ranked(*documents, query="How many days in 2024?") == ["Leave 2024", "Leave 2026"]


def test_newest_that_says_little_about_it_is_left_alone() -> None:
    """A new edition that dropped the subject does not answer for the old one."""
    assert _ranked(_version("Leave 2025", 0.9), _version("Leave 2026", 0.44)) == ["Leave 2025", "Leave 2026"]
    assert _ranked(_version("Leave 2025", 0.9), _version("Leave 2026", 0.45)) == ["Leave 2026", "Leave 2025"]


def test_other_documents_keep_their_order() -> None:
    """Minutes of several meetings, and pages of several sources, are no versions of each other."""
    minutes = _version("Minutes 12 March 2025", 0.9), _version("Minutes 9 April 2026", 0.8)
    assert _ranked(*minutes) == ["Minutes 12 March 2025", "Minutes 9 April 2026"]
    apart = _version("Leave 2025", 0.9), _version("Leave 2026", 0.8, source="web")
    assert _ranked(*apart) == ["Leave 2025", "Leave 2026"]


def test_number_is_not_a_year() -> None:
    """A room or an amount makes no version."""
    assert _ranked(_version("Room 2512", 0.9), _version("Room 2600", 0.8)) == ["Room 2512", "Room 2600"]


def test_only_the_best_chunk_of_the_newest_moves() -> None:
    """The rest of it stands where its words put it."""
    old, other = _version("Leave 2025", 0.9), _version("Bonus", 0.7)
    new = [chunk("x", "wiki/new", position=n, score=0.8 - n / 5, title="Leave 2026") for n in range(2)]
    found = LatestVersion().run("How many days?", [old, new[0], other, new[1]])["documents"]
    assert [d.id for d in found] == [new[0].id, old.id, other.id, new[1].id]


def test_newest_that_leads_already_stays() -> None:
    """Nothing is moved where nothing needs to be."""
    documents = [_version("Leave 2026", 0.9), _version("Leave 2025", 0.8)]
    assert LatestVersion().run("How many days?", documents)["documents"] == documents
    assert LatestVersion().run("How many days?", [])["documents"] == []
