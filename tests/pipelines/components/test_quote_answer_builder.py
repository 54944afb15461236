"""The answer as it is shown, and what it says of its sources."""

from typing import Any

import pytest
from haystack import Document, GeneratedAnswer
from haystack.dataclasses import StreamingChunk
from markdown_it import MarkdownIt

from bot.models import Citation, Link
from pipelines.components.quote_answer_builder import QuoteAnswerBuilder
from pipelines.components.quote_selector import Quote
from pipelines.components.structure_splitter import SECTION_SEPARATOR
from tests.pipelines.chunks import chunk, metadata


def _quote(text: str = "It is 25 days.", document_id: str = "wiki/leave", **meta: Any) -> Quote:  # noqa: ANN401 - any meta
    return Quote((chunk(text, document_id, **{"title": "Leave", **meta}),), text, (text,))


def _answer(
    quotes: list[Quote], documents: list[Document] | None = None, outcome: str = "answered", limit: int = 3
) -> GeneratedAnswer:
    found = documents if documents is not None else [quote.chunks[0] for quote in quotes]
    answer: GeneratedAnswer = QuoteAnswerBuilder(limit).run("How many?", outcome, "en", quotes, found, {}, {})["answer"]
    return answer


def test_quotes_stand_under_their_sections_with_numbers() -> None:
    """Each line is marked as quoted; the number after the heading is that of its citation."""
    answer = _answer(
        [
            _quote("One.\n\n- a\n- b", section=SECTION_SEPARATOR.join(["Days", "Part-timers"])),
            _quote("Two.", "wiki/bonus", title="Bonus"),
        ]
    )
    heading = SECTION_SEPARATOR.join(["Leave", "Days", "Part-timers"])
    assert answer.data == f"**{heading}** [1]\n\n> One.\n>\n> - a\n> - b\n\n**Bonus** [2]\n\n> Two."
    assert [(c["number"], c["document_id"]) for c in answer.meta["citations"]] == [
        (1, "wiki/leave"),
        (2, "wiki/bonus"),
    ]
    assert [d.meta["document_id"] for d in answer.documents] == ["wiki/leave", "wiki/bonus"]


def test_citation_says_what_a_reader_needs_to_judge_it() -> None:
    """Title, section, date, owner, source, the first words and a link to the very section."""
    quote = _quote("It is 25 days. " * 20, section="Days", anchor="days", owner="HR", updated_at="2026-01-31")
    (citation,) = _answer([quote]).meta["citations"]
    snippet = citation.pop("snippet")
    assert citation == {
        "number": 1,
        "document_id": "wiki/leave",
        "chunk_id": "wiki/leave#0",
        "title": "Leave",
        "url": "https://wiki.example/leave#days",
        "section": "Days",
        "place": "",
        "passage": ("It is 25 days. " * 20,),
        "updated_at": "2026-01-31",
        "stale_since": None,
        "owner": "HR",
        "source": "wiki",
        "also_at": (),
        "superseded_by": None,
    }
    assert Citation(**citation, snippet=snippet).passage == quote.pieces
    assert snippet.startswith("It is 25 days. It is")
    assert snippet.endswith("…")
    assert len(snippet) <= 160


@pytest.mark.parametrize(
    ("url", "anchor", "link"),
    [
        ("https://x.example/a#{anchor}", "days", "https://x.example/a#days"),
        ("file:///docs/a.pdf#{anchor}", "page=3", "file:///docs/a.pdf#page=3"),
        ("https://x.example/a#{anchor}", "", "https://x.example/a"),
        ("https://x.example/a#{anchor}", "één dag", "https://x.example/a#%C3%A9%C3%A9n%20dag"),
        ("https://x.example/a?at={anchor}&b=1", "days", "https://x.example/a?at=days&b=1"),
        ("https://x.example/a?at={anchor}", "", "https://x.example/a?at="),
        ("https://x.example/a", "days", "https://x.example/a"),
    ],
)
def test_link_leads_to_the_section(url: str, anchor: str, link: str) -> None:
    """Where the page has anchors and the section has one; else to the page."""
    answer = _answer([_quote(url=url, anchor=anchor)], [chunk("x", "wiki/b", url=url, anchor=anchor)])
    assert [source["url"] for name in ("citations", "nearest") for source in answer.meta[name]] == [
        link,
        link,
    ]


@pytest.mark.parametrize(
    "title",
    ["*Leave*", "_a_ `b`", "[x](https://evil.example)", "<b>Leave</b>", "a\\*b", "**", "![p](q)", "`"],
)
def test_titles_are_shown_as_they_are(title: str) -> None:
    """Nothing in a title is taken for markup, a link or a picture."""
    (inline,) = MarkdownIt("commonmark").parseInline(_answer([_quote(title=title)]).data.split("\n")[0])
    children = inline.children or []
    assert "".join(child.content for child in children) == f"{title} [1]"
    assert {child.type for child in children} <= {"text", "strong_open", "strong_close", "text_special"}


def test_nearest_are_the_other_documents() -> None:
    """Best first, each once, none that is cited, and no more than an answer names in all."""
    found = [chunk(name, f"wiki/{name}", position=n, title=name, anchor=str(n)) for n, name in enumerate("abacbde")]
    answer = _answer([Quote((found[0],), "a", ("a",))], found, limit=4)
    assert answer.meta["nearest"] == [
        {"document_id": "wiki/b", "title": "b", "url": "https://wiki.example/b#1"},
        {"document_id": "wiki/c", "title": "c", "url": "https://wiki.example/c#3"},
        {"document_id": "wiki/d", "title": "d", "url": "https://wiki.example/d#5"},
    ]


def test_nearest_can_be_opened() -> None:
    """They are what the bot's own links are made of."""
    (link,) = _answer([_quote()], [chunk("x", "wiki/b", title="B")]).meta["nearest"]
    assert Link(**link) == Link("B", "https://wiki.example/b", "wiki/b")


def test_related_are_sections_that_are_not_quoted() -> None:
    """What else was found, to be asked about next."""
    found = [
        chunk("Leave.", section="Leave", section_index=1, score=0.9),
        chunk("Bonuses are paid in May.", section="Bonuses", section_index=2, position=1, score=0.8),
    ]
    answer = _answer([Quote((found[0],), "Leave.", ("Leave.",))], found)
    assert answer.meta["related"] == [{"title": "Page", "section": "Bonuses"}]
    assert _answer([], found, outcome="not_found").meta["related"] == []


def test_nothing_nearest_where_the_cited_are_enough() -> None:
    """Quotes of as many documents as are to be named leave no room."""
    quotes = [_quote(document_id="wiki/a"), _quote(document_id="wiki/b")]
    others = [chunk("x", "wiki/c")]
    assert _answer(quotes, others, limit=2).meta["nearest"] == []
    assert _answer(quotes, others, limit=1).meta["nearest"] == []


def test_not_found_quotes_nothing_and_names_the_nearest() -> None:
    """The words around it are the bot's own; what may help is offered."""
    answer = _answer([], [chunk("x", "wiki/a"), chunk("y", "wiki/b")], outcome="not_found")
    assert (answer.data, answer.documents, answer.meta["citations"]) == ("", [], [])
    assert [link["url"] for link in answer.meta["nearest"]] == [
        "https://wiki.example/a",
        "https://wiki.example/b",
    ]
    assert (answer.meta["outcome"], answer.meta["language"], answer.query) == ("not_found", "en", "How many?")


def _places(quote: Quote, found: list[Document], *twins: Document) -> list[dict[str, str]]:
    cited = quote.chunks[0]
    result = QuoteAnswerBuilder().run("Q?", "answered", "en", [quote], [cited, *found], {cited.id: list(twins)}, {})
    answer: GeneratedAnswer = result["answer"]
    assert not {place["url"] for place in answer.meta["citations"][0]["also_at"]} & {
        link["url"] for link in answer.meta["nearest"]
    }
    return list(answer.meta["citations"][0]["also_at"])


def test_other_places_of_the_same_text_are_links() -> None:
    """To the section there; a document that is named so is not offered a second time."""
    quote = _quote("It is 25 days.")
    copy = chunk("It is\n25  days.", "wiki/copy", title="Copy", anchor="days")
    found = [chunk("Travel.", "wiki/travel"), chunk("More of it.", "wiki/copy", position=1)]
    links = _places(quote, found, copy)
    assert links == [{"document_id": "wiki/copy", "title": "Copy", "url": "https://wiki.example/copy#days"}]
    assert Link(**links[0]).title == "Copy"


def test_document_with_all_that_is_quoted_is_a_place_of_it() -> None:
    """Also where other sentences stand around it there, or its pieces are far apart; not where one is missing."""
    one, two = "It is 25 days.", "Part-timers get less."
    quote = Quote((chunk(f"{one} {two}", "wiki/leave"),), f"{one} {two}", (one, two))
    apart = [chunk(f"Before. {one}", "wiki/a"), chunk(f"{two} After.", "wiki/a", position=1)]
    assert [link["document_id"] for link in _places(quote, [*apart, chunk(f"Before. {one}", "wiki/b")])] == ["wiki/a"]


def test_older_version_is_no_other_place() -> None:
    """Nobody is sent to last year's edition for what this year's says too."""
    quote = _quote(title="Leave 2026")
    assert _places(quote, [chunk("It is 25 days.", "wiki/old", title="Leave 2025")]) == []


def test_a_few_places_are_enough() -> None:
    """What stands in every form of a company is not followed by a list of them all."""
    assert len(_places(_quote(), [chunk("It is 25 days.", f"wiki/{n}") for n in range(9)])) == 5


def test_older_version_leads_to_the_newest() -> None:
    """To the document as a whole: what it says of this, if anything, may stand anywhere."""
    newest = Document(id="wiki/new", meta=metadata("wiki/new", title="Leave 2026"))
    quotes = [_quote(title="Leave 2025"), _quote(document_id="wiki/other")]
    answer = QuoteAnswerBuilder().run("Q?", "answered", "en", quotes, [], {}, {"wiki/leave": newest})["answer"]
    old, other = answer.meta["citations"]
    assert old["superseded_by"] == {"document_id": "wiki/new", "title": "Leave 2026", "url": "https://wiki.example/new"}
    assert other["superseded_by"] is None


async def test_pieces_add_up_to_the_answer() -> None:
    """What is shown on the way is the answer itself, with outcome and language, in both ways of running."""
    quotes = [_quote("One.", "wiki/a"), _quote("Two.", "wiki/b"), _quote("Three.", "wiki/c")]
    shown: list[StreamingChunk] = []
    waited: list[StreamingChunk] = []

    async def wait_and_show(piece: StreamingChunk) -> None:
        waited.append(piece)

    builder = QuoteAnswerBuilder()
    inputs: dict[str, Any] = {"query": "How many?", "outcome": "closest", "language": "nl", "quotes": quotes}
    inputs |= {"documents": [], "twins": {}, "newer": {}}
    answer = builder.run(**inputs, streaming_callback=shown.append)["answer"]
    again = (await builder.run_async(**inputs, streaming_callback=wait_and_show))["answer"]
    silent = (await builder.run_async(**inputs))["answer"]
    assert answer == again == silent
    for pieces in (shown, waited):
        assert len(pieces) == 3
        assert "".join(piece.content for piece in pieces) == answer.data
        assert all(piece.meta == {"outcome": "closest", "language": "nl"} for piece in pieces)
