"""Text to the terms by which it is searched, the same for documents and questions.

Two kinds of term: stems (Snowball, by language) find other forms of a word; 4-grams inside
words (`_word_`) find misspelt and compound ones. Neither store has these built in the way
they were measured to work, so both are written as plain terms.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer
from haystack import Document

from pipelines.codes import codes

ANALYSER_VERSION = "2"
"""Part of the index's fingerprint: raise it when the terms of a text change."""

_ALGORITHMS = {"nl": "dutch", "en": "english"}
_WORD = re.compile(r"\w+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LINK_TARGET = re.compile(r"(?<=\])\([^)\s]*+(?:\s\"[^\"]*+\")?\)")
_GRAM = 4


def searched_text(chunk: Document) -> str:
    """Return the text by which a chunk is embedded and searched: title, headings and content.

    The addresses of links are left out: nobody asks by them.
    """
    above = (str(chunk.meta.get("title") or ""), str(chunk.meta.get("section") or ""))
    content = _LINK_TARGET.sub("", chunk.content or "")
    return "\n".join(part for part in (*above, content) if part)


def words(text: str) -> list[str]:
    """Return the words of `text`: lower case, without accents, in order."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall(_BEYOND_ASCII.sub(_without_accent, decomposed))


def _without_accent(character: re.Match[str]) -> str:
    return "" if unicodedata.combining(character[0]) else character[0]


@lru_cache(maxsize=16384)
def _stem(word: str, language: str) -> str:
    # A stemmer keeps state between its calls, so each call gets one of its own; the cache makes it rare.
    return str(Stemmer.Stemmer(_ALGORITHMS.get(language, "english"), 0).stemWord(word))


def stems(text: str, language: str) -> list[str]:
    """Return the stem of each word of `text` in `language` (ISO 639-1; unknown ones as English), then its codes.

    A code is one term, however it is written: "HR-12" is `hr`, `12` and `hr12`.
    """
    return [_stem(word, language) for word in (*words(text), *(code.term for code in codes(text)))]


def fourgrams(text: str) -> list[str]:
    """Return the 4-grams inside the words of `text`, word ends marked: `_ver verl erlo rlof lof_`."""
    padded = (f"_{word}_" for word in words(text))
    return [word[i : i + _GRAM] for word in padded for i in range(max(1, len(word) - _GRAM + 1))]


def question_stems(question: str, languages: Iterable[str]) -> list[str]:
    """Return the distinct stems of `question` in each of the index's `languages`, in order."""
    return list(dict.fromkeys(stem for language in languages for stem in stems(question, language)))
