"""`Calibration`: what an index knows of its own vectors, so that an answer can be told from a near miss.

No fixed threshold works: the one that lets 5 % wrong answers through on one company's documents
lets 16 to 67 % through on another's. So each index has its own, by source and language; how they
are made is told in `near_misses.py`.

Nearness is the cosine after each side's mean is taken off (mean question of the question's
language, mean passage of the passage's), which parted answerable from near-miss questions best
of all single signals (AUC .78 to .90 on three sets). The margin to the next chunks, BM25, the share of
the question's words that a chunk has, and vectors of single sentences added nothing that held on both of two sets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.settings import Strictness

Vectors = NDArray[np.float32]

ALL = "*"
"""In the place of a source or a language: all of them together."""

CALIBRATION_VERSION = 3

_NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Means:
    """One language's mean question and mean passage, each as long as a vector."""

    question: list[float]
    passage: list[float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How near (a cosine) a chunk must be: below `low` it is nothing, and from the one of a strictness on an answer."""

    careful: float
    balanced: float
    low: float

    def certainty(self, nearness: float, strictness: Strictness) -> float:
        """Return where a nearness stands on the line from `low`, which is 0, to where it is an answer, which is 1.

        It is never 1 by rounding alone.
        """
        high = self.careful if strictness == "careful" else self.balanced
        certainty = (nearness - self.low) / max(high - self.low, _NEARLY)
        return max(certainty, 1.0) if nearness >= high else min(certainty, 1 - _NEARLY)

    def moved(self, fit: "Fit") -> "Thresholds":
        """Return the thresholds that a fit makes of these."""
        span = self.careful - self.low
        return Thresholds(*(self.low + span * certainty for certainty in (fit.careful, fit.balanced, fit.low)))


@dataclass(frozen=True, slots=True)
class Fit:
    """Where questions with known answers put the thresholds, as certainties on the unfitted ones with `careful`.

    `dataset`, `questions`: the name of where they are from, and how many have an answer. `made_on`: the day, in ISO
    form. `size`: of the index on that day, as the store counts it.
    """

    careful: float
    balanced: float
    low: float
    dataset: str
    questions: int
    made_on: str
    size: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Calibration:
    """An index's means by language, and its thresholds by source and then language, `ALL` among either.

    `chunks`: how many it was made from; `fit`: what moves all thresholds, kept apart from the rest.
    """

    chunks: int
    means: Mapping[str, Means]
    thresholds: Mapping[str, Mapping[str, Thresholds]]
    fit: Fit | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the store, the fit left out."""
        plain = asdict(self)
        return {"version": CALIBRATION_VERSION, **{name: plain[name] for name in ("chunks", "means", "thresholds")}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> "Calibration | None":
        """Make it from `to_json`'s values; None for nothing, and for those of another version of this program."""
        if not data or data.get("version") != CALIBRATION_VERSION:
            return None
        means = {language: Means(**values) for language, values in data["means"].items()}
        thresholds = {
            source: {language: Thresholds(**values) for language, values in languages.items()}
            for source, languages in data["thresholds"].items()
        }
        return cls(data["chunks"], means, thresholds)

    def of(self, source: str, language: str) -> Thresholds:
        """Return the thresholds of a source for questions in a language.

        Where it has too little text in that language they are those of all sources in it, or of all together.
        """
        everywhere = self.thresholds[ALL]
        found = self.thresholds.get(source, {}).get(language) or everywhere.get(language) or everywhere[ALL]
        return found.moved(self.fit) if self.fit else found

    def centre_question(self, question: Vectors, language: str, strength: float = 1.0) -> Vectors:
        """Return a question's vector (d) without `strength` of the mean question, as a unit vector.

        What sets the question's language apart from the others is always taken off whole.
        """
        means = {name: mean.question for name, mean in self.means.items()}
        unit: Vectors = centred(question[None, :], _offset(means, language, strength))[0]
        return unit

    def centre_passages(self, passages: Vectors, languages: Sequence[str], strength: float = 1.0) -> Vectors:
        """Return passages' vectors (n x d) in their `languages`, centred in the same way."""
        means = {name: mean.passage for name, mean in self.means.items()}
        offsets = {language: _offset(means, language, strength) for language in set(languages)}
        return centred(passages, np.array([offsets[language] for language in languages]))


def centred(vectors: Vectors, means: Vectors) -> Vectors:
    """Return vectors (n x d) less `means` (d, or one each), as unit vectors."""
    moved = vectors - means
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = moved / np.maximum(lengths, 1e-9)
    return unit


def _offset(means: Mapping[str, list[float]], language: str, strength: float) -> Vectors:
    everywhere = np.array(means[ALL], np.float32)
    own = np.array(means.get(language, means[ALL]), np.float32)
    offset: Vectors = own - (1 - strength) * everywhere
    return offset
