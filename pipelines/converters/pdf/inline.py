"""Lines as Markdown: spaces, hyphens at line ends, ligatures, links, and no markup but our own."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipelines.converters.pdf.lines import Line, spaced
from pipelines.converters.pdf.page import Word

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[*`]|<(?=[a-zA-Z/!?])|\](?=\()")
_ANCHOR = re.compile(r"\{(?=#)")
LEADERS = re.compile(r"\s*(?:\s?[.…·_]){5,}\s*")
"""The dots between an entry of a table of contents and its page number."""
_LEADING_MARK = re.compile(r"(?=#|>|~~~|={3,}|_{3,}|[-+](?:\s|$|-))")
_LEADING_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BROKEN_WORD = re.compile(r"(\w+)[-\u2010]$")
_LONGEST_WORD = 80
"""Characters; Dutch compounds in print reach 60."""
_FIRST_WORD = re.compile(r"\w+")
_SUSPENDED = re.compile(r"(?:en|of|tot|and|or|to|und|oder|bis|et|ou)\b")
_LABEL = re.compile(r"([\s(]*)(.*?)([\s.,;:!?)]*)", re.DOTALL)
_HYPHENATED = re.compile(r"\w+-\w+")


def plain(text: str) -> str:
    """Return text without what only typesetting needs: ligatures, soft hyphens, dot leaders."""
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _UNSEEN.sub("", LEADERS.sub(" ", text))


def escaped(text: str) -> str:
    """Return text such that Markdown shows it as it is, wherever in a line it stands."""
    return _ANCHOR.sub("{ ", _ESCAPED.sub(lambda found: f"\\{found[0]}", text))


def escaped_start(markdown: str) -> str:
    """Return a paragraph such that its beginning makes it no heading, list, quotation or rule."""
    if _LEADING_MARK.match(markdown):
        return f"\\{markdown}"
    return re.sub(_LEADING_NUMBER, r"\1\\\2", markdown, count=1) if _LEADING_NUMBER.match(markdown) else markdown


def hyphenated_words(words: Iterable[Word]) -> frozenset[str]:
    """Return the words that have a hyphen in the middle of a line: such keep it at a line's end too."""
    return frozenset(found.lower() for word in words for found in _HYPHENATED.findall(word.text))


class Writer:
    """Writes lines as Markdown, knowing which words of the document have a hyphen of their own."""

    def __init__(self, hyphenated: frozenset[str]) -> None:
        """Keep `hyphenated`, in lower case."""
        self._hyphenated = hyphenated

    def text(self, lines: Sequence[Line]) -> str:
        """Return the lines as one, without markup and unescaped."""
        return self._joined([line.text for line in lines])

    def markdown(self, lines: Sequence[Line]) -> str:
        """Return the lines as one line of Markdown."""
        return self._joined([_written(line.words) for line in lines])

    def _joined(self, pieces: Sequence[str]) -> str:
        parts: list[str] = []
        for piece in pieces:
            if parts:
                parts[-1] = self._before(parts[-1], piece)
            parts.append(piece)
        return _UNSEEN.sub("", "".join(parts)).strip()

    def _before(self, line: str, after: str) -> str:
        """Return a line as it stands before the next one: with a space, or without the hyphen that broke a word."""
        if line.endswith("\u00ad"):
            return line
        broken = _BROKEN_WORD.search(line[-_LONGEST_WORD:])
        if not broken or _SUSPENDED.match(after):
            return f"{line} "
        return line if self._keeps_hyphen(broken[1], after) else line[:-1]

    def _keeps_hyphen(self, start: str, after: str) -> bool:
        """Say whether the hyphen is part of the word: e-mail, Noord-Holland, 2024-2025."""
        end = _FIRST_WORD.match(after)
        own = not after[:1].islower() or len(start) == 1 or start[-1].isdigit()
        return own or (end is not None and f"{start}-{end[0]}".lower() in self._hyphenated)


def _written(words: Sequence[Word]) -> str:
    parts = []
    for link, run in groupby(spaced(words), key=lambda pair: pair[1].link):
        text = _cleaned("".join(gap + word.text for gap, word in run))
        parts.append(_linked(text, link) if link else text)
    return "".join(parts)


def _cleaned(text: str) -> str:
    # A soft hyphen at the end says how the next line joins.
    return escaped(plain(text)) + ("\u00ad" if text.endswith("\u00ad") else "")


def _linked(text: str, link: str) -> str:
    # A word's full stop is no part of what can be clicked.
    gap, label, stop = _LABEL.fullmatch(text).groups()  # type: ignore[union-attr]  # it fits any text
    label = label.replace("[", r"\[").replace("]", r"\]")
    return f"{gap}[{label}]({link.replace('(', '%28').replace(')', '%29')}){stop}" if label else text
