"""What else could be asked about: sections that were found for a question and are not quoted.

A section is offered where its own text uses a word of its heading: asked for by that heading ("Wat staat er over X in
Y?") it is then found again. On the sample .95 of 130 follow-ups led to the section that they name, .82 with
their first citation; without this rule .83 of 155, without the document's title in the question .82.
"""

import re
from collections.abc import Iterator, Sequence

from haystack import Document

from pipelines.analysis import searched_text, stems, words
from pipelines.components.follow_up_resolver import leans
from pipelines.components.structure_splitter import SECTION_SEPARATOR
from pipelines.vague_questions import telling_words

RELATED = 3
_RELEVANT = 0.4
"""Share of the best chunk's score; what scores less was about something else."""
_LONGEST = 70
"""Characters: a longer heading makes a question that nobody reads."""

_NUMBER = re.compile(
    r"^(?:(?:artikel|article|hoofdstuk|chapter|paragraaf|section|bijlage|appendix|deel|part|§)\s*[\dIVX]+(?:\.\d+)*"
    r"|\d+(?:\.\d+)*\.?(?=\s|$)|[\dIVXa-zA-Z](?:\.\d+)*[.)](?=\s|$))[\s.:)\u2013-]*",
    re.IGNORECASE,
)
_SHORTEST_WORD = 3
"""Letters of a word that can be a subject ("VPN")."""
_SHORTEST = 4
"""Letters of a word by which a section is found again; shorter ones stand everywhere."""
_SHORTEST_BEGINNING = 5
"""Letters that two words begin with where one is made of the other; fewer are shared by chance."""
_QUESTION = 5
"""Words; a shorter question ("Who has to approve?") leaves open what it is about."""
_DATE_WORDS = frozenset(
    words("""
    januari februari maart april mei juni juli augustus september oktober november december january february
    march may june july august october week kwartaal quarter
    """)
)
_SAYS_NOTHING = frozenset(
    words("""
    inleiding introductie introduction intro overig overige other miscellaneous divers diversen general algemeen
    samenvatting summary overzicht overview inhoud inhoudsopgave contents colofon versie version versiebeheer
    changelog wijzigingen changes bijlage bijlagen appendix notes notities opmerkingen remarks vragen questions
    contact doel purpose scope achtergrond background conclusie conclusion tot slot meer informatie more
    information voorbeeld voorbeelden example examples faq rekenvoorbeeld let op note notice toelichting agenda
    actiepunten rondvraag sheet blad
    """)
)


def related_sections(documents: Sequence[Document], quoted: Sequence[Document]) -> list[dict[str, str]]:
    """Return up to three sections to ask about next, best first, as `title` of the document and `section`.

    `documents` are the chunks that were found, best first; `quoted` those that the answer quotes, none of whose
    sections is returned; where nothing is quoted, nothing is related. `section` is the last heading above the chunk,
    without its number, which may be a question; it is the document's title where there is no heading or it says
    nothing on its own ("Introduction", "1.2", a date).
    """
    return _to_ask_about(documents, quoted) if quoted else []


def possible_subjects(question: str, documents: Sequence[Document]) -> list[dict[str, str]]:
    """Return up to three sections that a vague question may be about, in the form of the related.

    They hold a word of it ("en op zondag?"); what merely comes near "en hoeveel dan?" does so by chance.
    """
    said = " ".join(telling_words(question))
    return _to_ask_about([chunk for chunk in documents if _shares_a_word(chunk, said)], ())


def _shares_a_word(chunk: Document, said: str) -> bool:
    asked, there = _terms(said, chunk), _terms(searched_text(chunk), chunk)
    return not asked.isdisjoint(there) or any(_is_compound(one, other) for one in asked for other in there)


def _is_compound(one: str, other: str) -> bool:
    """Tell whether one word begins with the other: "parttimers" and "parttime", "zondag" and "zondagstoeslag"."""
    return min(len(one), len(other)) >= _SHORTEST_BEGINNING and (one.startswith(other) or other.startswith(one))


def _to_ask_about(documents: Sequence[Document], quoted: Sequence[Document]) -> list[dict[str, str]]:
    sections = {_section_key(chunk) for chunk in quoted}
    subjects = {_terms(subject(chunk), chunk) for chunk in quoted}
    related: list[dict[str, str]] = []
    for chunk in _candidates(documents, quoted):
        section, terms = _section_key(chunk), _terms(subject(chunk), chunk)
        if section not in sections and terms not in subjects:
            sections.add(section)
            subjects.add(terms)
            related.append({"title": str(chunk.meta["title"]), "section": subject(chunk)})
    return related[:RELATED]


def _candidates(documents: Sequence[Document], quoted: Sequence[Document]) -> Iterator[Document]:
    cited = {chunk.meta["document_id"] for chunk in quoted}
    least = _RELEVANT * max((chunk.score or 0.0 for chunk in documents), default=0.0)
    for chunk in documents:
        names_its_document = subject(chunk) == chunk.meta["title"]
        is_new = not (names_its_document and chunk.meta["document_id"] in cited)
        if is_new and (chunk.score or 0.0) >= least and _speaks_of_its_subject(chunk):
            yield chunk


def _speaks_of_its_subject(chunk: Document) -> bool:
    long = " ".join(word for word in words(subject(chunk)) if len(word) >= _SHORTEST)
    return not _terms(long, chunk).isdisjoint(stems(chunk.content or "", str(chunk.meta["language"])))


def subject(chunk: Document) -> str:
    """Return what a chunk is about in a few words: its heading, else its document's title, else ""."""
    heading = str(chunk.meta["section"]).rpartition(SECTION_SEPARATOR)[2]
    return next((found for text in (heading, str(chunk.meta["title"])) if (found := _sensible(text))), "")


def _sensible(heading: str) -> str:
    text = _NUMBER.sub("", " ".join(heading.split())).strip(" :.")
    said = {word for word in words(text) if len(word) >= _SHORTEST_WORD and not word.isdigit()}
    is_subject = bool(said - _SAYS_NOTHING - _DATE_WORDS) and len(text) <= _LONGEST
    return text if is_subject and not _leaves_open(text) else ""


def _leaves_open(text: str) -> bool:
    """Tell whether a question by this subject would not be understood on its own."""
    if text.endswith("?"):
        return leans(text) or len(text.split()) < _QUESTION
    return leans(f"Wat staat er over {text}?")


def _section_key(chunk: Document) -> tuple[str, int]:
    return str(chunk.meta["document_id"]), int(chunk.meta["section_index"])


def _terms(text: str, chunk: Document) -> frozenset[str]:
    """Return the stems of a text, which other forms of its words share."""
    return frozenset(stems(text, str(chunk.meta["language"])))
