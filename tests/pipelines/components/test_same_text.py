"""A text that stands in several documents is one source."""

from typing import Any

from haystack import Document

from pipelines.components.same_text import SameText
from tests.pipelines.chunks import chunk


def _copy(document_id: str, score: float, content: str = "Full-timers have 25 days.", **meta: Any) -> Document:  # noqa: ANN401 - any meta
    return chunk(content, document_id, score=score, **meta)


def _run(*documents: Document, query: str = "How many days?") -> tuple[list[str], dict[str, list[str]]]:
    found = SameText().run(query, list(documents))
    places = {id_: [str(twin.meta["document_id"]) for twin in twins] for id_, twins in found["twins"].items()}
    return [str(document.meta["document_id"]) for document in found["documents"]], places


def test_best_copy_stays_and_names_the_others() -> None:
    """White space, title and heading make no other text of it."""
    best = _copy("wiki/a", 0.9)
    other = _copy("wiki/b", 0.8, "Full-timers\nhave  25 days.", title="Copy", section="Days")
    third = _copy("web/c", 0.7)
    assert _run(best, _copy("wiki/x", 0.85, "Part-timers have fewer."), other, third) == (
        ["wiki/a", "wiki/x"],
        {best.id: ["wiki/b", "web/c"]},
    )


def test_other_texts_stay_apart() -> None:
    """A word more makes another text, and so does nothing at all."""
    assert _run(_copy("wiki/a", 0.9), _copy("wiki/b", 0.8, "Full-timers have 25 days. Not more.")) == (
        ["wiki/a", "wiki/b"],
        {},
    )
    assert _run(_copy("wiki/a", 0.9, ""), _copy("wiki/b", 0.8, "")) == (["wiki/a", "wiki/b"], {})


def test_repetition_in_one_document_stays() -> None:
    """Each of its sections has an address of its own."""
    first, second = _copy("wiki/a", 0.9), _copy("wiki/a", 0.8, position=1)
    assert SameText().run("How many days?", [first, second]) == {"documents": [first, second], "twins": {}}


def test_document_is_named_once() -> None:
    """Where a text stands twice in the other one, its best chunk leads there."""
    twice = _copy("wiki/b", 0.8), _copy("wiki/b", 0.7, position=1)
    found = SameText().run("How many days?", [_copy("wiki/a", 0.9), *twice])
    assert list(found["twins"].values()) == [[twice[0]]]
    assert len(found["documents"]) == 1


def test_newest_version_stays() -> None:
    """It takes the place of the older one that ranks above it, which is no further place of the text."""
    old, new = _copy("wiki/old", 0.9, title="Leave 2025"), _copy("wiki/new", 0.4, title="Leave 2026")
    other = _copy("wiki/x", 0.6, "Part-timers have fewer.")
    assert _run(old, other, new) == (["wiki/new", "wiki/x"], {})


def test_question_that_names_a_year_keeps_the_best() -> None:
    """Who asks about 2025 gets 2025, and may see that 2026 says the same."""
    old, new = _copy("wiki/old", 0.9, title="Leave 2025"), _copy("wiki/new", 0.8, title="Leave 2026")
    assert _run(old, new, query="How many days in 2025?") == (["wiki/old"], {old.id: ["wiki/new"]})


def test_nothing_found_is_nothing() -> None:
    """There is nothing to choose from."""
    assert _run() == ([], {})
