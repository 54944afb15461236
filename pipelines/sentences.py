"""Text to sentences: sentencex splits, and what it cut too much of is joined again.

It doesn't know all abbreviations of Dutch and English ("d.w.z.", "incl.", "par. 4"), and nothing of Markdown. Joining
too much costs a longer quote; a cut in the wrong place costs its sense.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from sentencex import segment

_GOES_ON = re.compile(r"(?:[a-z\u00df-\u00f6\u00f8-\u00ff]|[-\u2013,;:)%](?!\s))")
"""The beginning of a text that is no sentence's: a small letter, or a sign that follows a word."""

_GLUED = re.compile(r"[^\W\d_][^\W\d_A-Z\u00c0-\u00de]|[^\W\d_a-z]\s")
"""A word that somebody wrote without the space before it; ".NET" and ".-" are none."""

_ABBREVIATION = re.compile(
    r"""(?:^|[\s(\[\u201c\u2018"'/])(?:
        (?:[a-z]\.){2,}  # d.w.z., o.a., e.g., a.m.
        | (?:afd|afspr|bijv|bv|conf|dhr|dir|drs|excl|fam|incl|inz|ing|mej|mevr|mw|nl|sr|vgl|vlg|viz|zgn)\.
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What is not the end of a sentence, whatever follows."""

_BEFORE_NUMBER = re.compile(
    r"""(?:^|[\s(\[/])(?:
        jan|feb|febr|mrt|mar|apr|aug|sept?|okt|oct|nov|dec
        | ma|di|wo|do|vr|za|zo|mon|tues?|wed|thurs?|thu|fri|sat|sun
        | afb|afd|appx|approx|art|artt|bijl|blz|ca|ch|chap|eq|eqs|ext|fig|figs|hfst|int|max|min|no|nos|nr|nrs
        | par|para|pag|pp?|resp|sec|sect|tab|tel|vol|vols|\u00a7
    )\.$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What is not the end of a sentence where a number follows."""

_CLOSING = re.compile(r"(?:[*_\"')\]\u201d\u2019\u00bb]+)(?:\s+|$)")
"""Marks that close what stands before them."""

_OPENING = re.compile(r"(?<=\s)[*_\"'(\[\u201c\u2018\u00ab]+$")
"""Marks that belong to what follows ("'s Avonds")."""

_WHOLE = re.compile(
    r"""!?\[[^\[\]]*\]\((?:<[^<>\n]*>|[^()\s]*)(?:\s+(?:"[^"]*"|'[^']*'))?\)  # a link or picture
    | <[^<>\s]+>  # an address
    | `[^`\n]+`
    | \*\*[^*\n]{1,300}\*\*  # bold: half of it shows its marks
    """,
    re.VERBOSE,
)


def split_sentences(paragraph: str, language: str) -> list[str]:
    """Return the sentences of a paragraph of Markdown, in order, with the white space after them.

    `language` (ISO 639-1) chooses sentencex' rules. No abbreviation, number, link or piece of code is cut; marks that
    close a sentence (of bold, a quotation, a bracket) stay with it.
    """
    whole = [match.span() for match in _WHOLE.finditer(paragraph)]
    start, sentences = 0, []
    for end in _ends(paragraph, language):
        inside = any(first < end < last for first, last in whole)
        if start < end and not inside and not _goes_on(paragraph[start:end], paragraph[end:]):
            sentences.append(paragraph[start:end])
            start = end
    return sentences


def _ends(paragraph: str, language: str) -> Iterator[int]:
    """Yield where sentencex ends sentences, with the marks around them where they belong."""
    pieces = segment(language, paragraph)
    for piece, end in zip(pieces, accumulate(map(len, pieces)), strict=True):
        opening, closing = _OPENING.search(piece), _CLOSING.match(paragraph, end)
        if opening:
            yield end - len(opening[0])
        else:
            yield closing.end() if closing and not piece[-1:].isspace() else end
    yield len(paragraph)


def _goes_on(sentence: str, following: str) -> bool:
    """Tell whether what follows is of the same sentence."""
    said = sentence.rstrip()
    is_parted = said != sentence or following[:1].isspace()
    if not following.strip():
        return bool(following)
    if not is_parted:
        return said.endswith(".") and not _GLUED.match(following)
    if _ABBREVIATION.search(said) or (following[:1].isdigit() and _BEFORE_NUMBER.search(said)):
        return True
    # Who begins a sentence with a small letter begins others so, too.
    return bool(_GOES_ON.match(following)) and not sentence[:1].islower()
