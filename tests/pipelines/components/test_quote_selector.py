"""What is quoted of the passages that were found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from haystack import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis import stems
from pipelines.components.quote_selector import Quote, QuoteSelector
from pipelines.components.structure_splitter import StructureSplitter
from pipelines.markdown import split_blocks, split_sections
from tests.pipelines.chunks import chunk, metadata
from tests.pipelines.markdown_texts import documents

_GAP = "\n\n…\n\n"


class _Store:
    """A store in which every stem of a question weighs the same."""

    def stem_weights(self, question: str) -> dict[str, float]:
        return dict.fromkeys(stems(question, "en"), 1.0)


def _quotes(
    question: str,
    *passages: Document,
    max_characters: int = 500,
    outcome: str = "answered",
    language: str = "en",
) -> list[Quote]:
    selector = QuoteSelector(_Store(), max_characters)
    return selector.run(question, language, outcome, list(passages))["quotes"]


def _texts(question: str, *passages: Document, **options: Any) -> list[str]:  # noqa: ANN401 - passed on
    return [quote.text for quote in _quotes(question, *passages, **options)]


_LEAVE = chunk(
    "The office opens at eight each day. Staff meet on Mondays in the hall. "
    "Holidays are requested two weeks before. Your manager answers within three days. "
    "Without an answer they are granted. Parking is free for everybody who comes early.",
    score=0.9,
)


def test_best_sentence_is_quoted_with_its_neighbours() -> None:
    """The one after it and the one before it, so that it can be understood, where there is room for them."""
    best = "Holidays are requested two weeks before. Your manager answers within three days."
    assert _texts("How are holidays requested?", _LEAVE, max_characters=len(best)) == [best]
    whole = f"Staff meet on Mondays in the hall. {best}"
    assert _texts("How are holidays requested?", _LEAVE, max_characters=len(whole)) == [whole]


def test_gap_is_shown() -> None:
    """Where sentences are left out in between, a reader sees it."""
    text = " ".join(f"Sentence number {n} is about nothing in particular." for n in range(8))
    passage = chunk(
        f"Holidays come first in this text, they do. {text} Bonuses come last in this text, they do.",
        score=0.9,
    )
    (quote,) = _texts("holidays bonuses", passage)
    first, last = quote.split(_GAP)
    assert first.startswith("Holidays come first")
    assert last.endswith("Bonuses come last in this text, they do.")


def test_quotes_fit_the_length() -> None:
    """All quotes together; only a single sentence may be longer, and is quoted whole."""
    texts = _texts("How are holidays requested?", _LEAVE, _other("Holidays again, in other words."), max_characters=120)
    assert sum(len(text) for text in texts) <= 120
    long = chunk("Holidays " + "and more and more " * 30 + "end.", score=0.9)
    assert _texts("holidays", long, max_characters=100) == [long.content]


def _other(text: str, document_id: str = "wiki/other", **meta: Any) -> Document:  # noqa: ANN401 - any meta
    return chunk(text, document_id, **{"score": 0.8, **meta})


def test_documents_are_quoted_apart() -> None:
    """Never text of two documents in one quote: each is cited as what it is."""
    one, two = (
        _other("Holidays are 25 days a year.", "wiki/a"),
        _other("Holidays are 30 days a year.", "wiki/b"),
    )
    quotes = _quotes("how many holidays", one, two)
    assert [(quote.chunks, quote.text) for quote in quotes] == [((one,), one.content), ((two,), two.content)]


def test_sections_are_quoted_apart() -> None:
    """Each quote leads to the section that it stands in."""
    one = _other("Holidays are 25 days a year.", section_index=1)
    two = _other("Holidays are 30 days a year.", section_index=2, position=1)
    assert len(_quotes("how many holidays", one, two)) == 2


def test_chunks_of_a_section_are_quoted_in_its_order() -> None:
    """As the page reads, though the later one ranked first; the best is the one that is cited."""
    later = _other("Holidays are granted by your manager in the end.", position=4, score=0.9)
    earlier = _other("Holidays are requested by yourself at the start.", position=2, score=0.8)
    (quote,) = _quotes("holidays", later, earlier)
    assert quote.text == f"{earlier.content}{_GAP}{later.content}"
    assert quote.chunks == (later, earlier)


def test_table_rows_keep_their_header() -> None:
    """A row without the names of its columns says nothing."""
    header = "| Contract | Days |\n| --- | --- |"
    rows = [
        f"| {name} contract, as it is called here | {n} |" for n, name in enumerate(["full", "half", "tiny", "zero"])
    ]
    passage = chunk("\n".join([header, *rows]), score=0.9)
    assert _texts("days of a zero contract", passage, max_characters=60) == [f"{header}\n{rows[3]}"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Holidays are\nlong. They are 25 days.", ("Holidays are\nlong.", "They are 25 days.")),
        ("- holidays\n  - 25 days\n- bonus", ("- holidays\n  - 25 days", "- bonus")),
        ("| a | b |\n| --- | --- |\n| holidays | 25 |\n| bonus | 1 |", ("| holidays | 25 |", "| bonus | 1 |")),
        ("```py\nholidays = 25\n\n```", ("```py\nholidays = 25\n\n```",)),
        ("> Holidays are\n> 25 days.", ("> Holidays are\n> 25 days.",)),
    ],
)
def test_pieces_of_a_quote_are_as_in_the_document(text: str, pieces: tuple[str, ...]) -> None:
    """Sentences, items, rows and code word for word, so that they are found again where they stand."""
    (quote,) = _quotes("holidays", chunk(text, score=0.9))
    assert quote.pieces == pieces
    assert all(piece in text for piece in quote.pieces)


_LIST = chunk(
    "The workshop is cleaned on Fridays by those who used it.\n\nOn your first day you bring:\n\n"
    "- a passport\n- a bank card of your own\n- clothes for outdoors\n- shoes with a steel toe\n- a diploma",
    score=0.9,
)


def _seen(text: str) -> int:
    return len(" ".join(text.split()))


def test_list_items_keep_their_lead_in() -> None:
    """Without the line that says what the items are they mean nothing; what is left out in between is shown."""
    expected = "On your first day you bring:\n\n…\n\n- shoes with a steel toe\n- a diploma"
    assert _texts("Do shoes need a steel toe?", _LIST, max_characters=_seen(expected)) == [expected]


def test_item_that_comes_along_keeps_its_lead_in() -> None:
    """Or stays away: an item that stands before the best sentence is not quoted alone."""
    passage = chunk(f"{_LIST.content}\n\nHolidays are requested two weeks before.", score=0.9)
    expected = "On your first day you bring:\n\n…\n\n- a diploma\n\nHolidays are requested two weeks before."
    assert _texts("holidays", passage, max_characters=_seen(expected)) == [expected]
    shorter = "Holidays are requested two weeks before."
    assert _texts("holidays", passage, max_characters=_seen(expected) - 1) == [shorter]


def test_lead_in_is_followed_by_an_item() -> None:
    """Alone it says nothing."""
    question = "What do I bring on the first day?"
    assert _texts(question, _LIST, max_characters=45) == ["On your first day you bring:\n\n- a passport"]


def test_lead_in_without_room_stays_away() -> None:
    """An item that fills the answer alone is still quoted."""
    item = "- a diploma " + "of some school " * 5 + "or other"
    (quote,) = _quotes("diploma", chunk(f"On your first day you bring:\n\n{item}", score=0.9), max_characters=60)
    assert quote.pieces == (item,)


def test_same_sentence_is_quoted_once() -> None:
    """Where a further document repeats it, the room is for something else."""
    shared = "Holidays are requested two weeks before."
    one, two = _other(shared, "wiki/a"), _other(f"{shared} Late holidays are refused by everybody.", "wiki/b")
    texts = _texts("holidays", one, two, max_characters=90)
    assert texts == [shared, "Late holidays are refused by everybody."]


def test_table_is_counted_as_it_is_read() -> None:
    """Its header counts, for it is shown; the lines between its cells are no text."""
    table = "| Contract | Days |\n| --- | --- |\n| zero | 5 |\n| full | 25 |"
    assert _texts("zero contract", chunk(table, score=0.9), max_characters=len("Contract Days zero 5 full 25")) == [
        table
    ]
    (shorter,) = _texts(
        "zero contract", chunk(table, score=0.9), max_characters=len("Contract Days zero 5 full 25") - 1
    )
    assert "full" not in shorter


def test_answers_are_preferred_to_questions_and_headings() -> None:
    """A heading or question with the same words is not what is asked for."""
    passage = chunk(
        "How many holidays do I have?\n\n**Holidays**\n\nHow many holidays I do have: they are 25.",
        score=0.9,
    )
    (quote,) = _texts("How many holidays do I have?", passage, max_characters=50)
    assert quote == "How many holidays I do have: they are 25."


def test_better_passage_decides_between_equal_sentences() -> None:
    """The rank of a passage counts beside its words."""
    texts = _texts("holidays", _other("Holidays are long and sunny here.", "wiki/a", score=0.4), max_characters=40)
    assert texts == ["Holidays are long and sunny here."]
    low, high = (
        _other("Holidays are short and rainy here.", "wiki/a", score=0.1),
        _other("Holidays are long and sunny here.", "wiki/b", score=0.9),
    )
    assert _texts("holidays", high, low, max_characters=40) == [high.content]


def test_passage_in_another_language_can_be_quoted() -> None:
    """Where words can't be compared, the passage's rank decides."""
    dutch = _other("Vakantiedagen vraag je twee weken van tevoren aan.", language="nl", score=0.9)
    assert _texts("How are holidays requested?", dutch) == [dutch.content]


def test_only_the_first_passages_are_quoted() -> None:
    """What ranks fourth is not quoted, however well its words fit."""
    passages = [_other("Something about the weather in general.", f"wiki/{n}") for n in range(3)]
    assert "Holidays" not in "".join(_texts("holidays", *passages, _other("Holidays are 25 days.", "wiki/z")))


@pytest.mark.parametrize("outcome", ["answered", "closest", "not_found"])
def test_nothing_is_quoted_where_nothing_was_found(outcome: str) -> None:
    """An honest no is not decorated."""
    assert _quotes("holidays", outcome=outcome) == []
    assert bool(_quotes("holidays", _LEAVE, outcome=outcome)) == (outcome != "not_found")


def test_passage_without_text_is_passed_over() -> None:
    """There is nothing in it to quote."""
    assert _texts("holidays", chunk("", score=0.9)) == []


@given(
    st.lists(documents(), min_size=1, max_size=4),
    st.lists(st.sampled_from(["leave", "bonus", "fiets", "office", "days"]), max_size=4).map(" ".join),
    st.integers(min_value=50, max_value=600),
)
@settings(max_examples=60, deadline=None)
def test_quotes_are_word_for_word(sources: Sequence[tuple[str, Any]], question: str, limit: int) -> None:
    """Each block of a quote is a whole block of a passage of its own section, in the page's order."""
    whole = [Document(id=f"wiki/{n}", content=text, meta=metadata(f"wiki/{n}")) for n, (text, _) in enumerate(sources)]
    sections = {document.id: split_sections(document.content or "", "en") for document in whole}
    chunks = StructureSplitter(300).run(whole, sections)["chunks"]
    scored = [replace(passage, score=1.0 / (1 + n % 3)) for n, passage in enumerate(chunks)]
    ranked = sorted(scored, key=lambda passage: -(passage.score or 0.0))
    for quote in _quotes(question, *ranked, max_characters=limit):
        assert len({(c.meta["document_id"], c.meta["section_index"]) for c in quote.chunks}) == 1
        in_order = sorted(quote.chunks, key=lambda c: int(c.meta["position"]))
        page = [block for c in in_order for block in _blocks(c.content or "")]
        quoted = [block for run in quote.text.split(_GAP) for block in _blocks(run)]
        assert quoted
        assert _is_subsequence(quoted, page)
        assert list(quote.pieces) == [text for text, _ in quoted]
        source = whole[int(quote.chunks[0].meta["document_id"].removeprefix("wiki/"))].content or ""
        assert _is_subsequence("".join("".join(quote.pieces).split()), "".join(source.split()))
        assert all("".join(piece.split()) in "".join(source.split()) for piece in quote.pieces)


def _blocks(text: str) -> list[tuple[str, str]]:
    return [(block.text, block.header) for block in split_blocks(text, "en")]


def _is_subsequence(part: Sequence[object], whole: Sequence[object]) -> bool:
    rest = iter(whole)
    return all(any(item == other for other in rest) for item in part)
