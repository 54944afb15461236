"""Questions as people type them in a hurry, made from well-written ones, the same each time."""

import re
from dataclasses import replace
from random import Random

from pipelines.evaluation.dataset import Query

_LONGER_THAN = 5
_WORD = re.compile(r"[^\W\d_]+")


def with_typos(query: Query, seed: int) -> Query:
    """Return `query` in lower case, without question marks, with typing errors in half of its longer words.

    In half of the words of more than 5 letters, and in at least one where there is any, two neighbouring letters are
    swapped, never the first or the last. `seed` and the question decide which: other questions have no part in it.
    """
    text = query.text.lower().replace("?", "").strip()
    chance = Random(f"{seed} {query.id}")  # noqa: S311 - chance that repeats is what is wanted
    places = [places for word in _WORD.finditer(text) if (places := _swappable(word))]
    count = max(1, len(places) // 2) if places else 0
    letters = list(text)
    for word in chance.sample(places, count):
        at = chance.choice(word)
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return replace(query, text="".join(letters))


def _swappable(word: re.Match[str]) -> list[int]:
    """Return where in the text a letter of `word` stands that may change places with the next."""
    if len(word[0]) <= _LONGER_THAN:
        return []
    text = word.string
    return [at for at in range(word.start() + 1, word.end() - 2) if text[at] != text[at + 1]]
