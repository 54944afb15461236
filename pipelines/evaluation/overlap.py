"""How much of a written answer a quoted text holds: ROUGE-L (Lin, 2004) and token recall.

Both are from 0 to 1 and compare words without case and accents, links by their text alone. On English the package
rouge-score gives the same ROUGE-L. It isn't used: for the one recurrence below it takes six packages, 75 MB and a
second to load, and it drops every letter with an accent.
"""

from collections import Counter
from collections.abc import Sequence

from haystack import Document

from pipelines.analysis import searched_text, words


def rouge_l(text: str, reference: str) -> float:
    """Return the F1 of the longest common subsequence of words; 0 where either has none."""
    ours, theirs = _tokens(text), _tokens(reference)
    return 2 * _common_subsequence(ours, theirs) / (len(ours) + len(theirs) or 1)


def token_recall(text: str, reference: str) -> float:
    """Return the share of the reference's words that the text holds, each as often as it stands there."""
    theirs = Counter(_tokens(reference))
    return (theirs & Counter(_tokens(text))).total() / (theirs.total() or 1)


def _tokens(text: str) -> list[str]:
    return words(searched_text(Document(content=text)))


def _common_subsequence(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return the length of the longest common subsequence, a row of the table at a time."""
    lengths = [0] * (len(theirs) + 1)
    for word in ours:
        before = 0
        for i, other in enumerate(theirs, 1):
            longest = before + 1 if word == other else max(lengths[i], lengths[i - 1])
            before, lengths[i] = lengths[i], longest
    return lengths[-1]
