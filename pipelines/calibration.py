"""When an answer may be called one: thresholds made from the index itself, without labels.

No fixed threshold works: the one that lets 5 % wrong answers through on one company's documents
lets 16 to 67 % through on another's. So the index is asked questions of which the answer is
known to be absent: sentences from its own passages, with their own document taken away, and
every other document that says the same. What then still comes nearest is a near miss; `high` and
`low` are the 95 % and 35 % quantiles of how near it comes.

Nearness is the cosine after each side's mean is taken off (mean question of the question's
language, mean passage of the passage's), which parted answerable from near-miss questions best
of all single signals (AUC .81 to .90 on three sets).
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from haystack import Document
from numpy.typing import NDArray

from pipelines.analysis import searched_text, stems
from pipelines.markdown import split_blocks

Vectors = NDArray[np.float32]

SENTENCES = 200
TITLES = 40
_LENGTH = range(30, 161)
_SAME = 0.75
_FEWEST_SENTENCES, _FEWEST_DOCUMENTS = 20, 10
_HIGH, _LOW = 0.95, 0.35
_ALL = "*"
_NOWHERE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class LanguageCalibration:
    """One language's means (lists of floats, as long as a vector) and thresholds (cosines)."""

    mean_question: list[float]
    mean_passage: list[float]
    high: float
    low: float

    def certainty(self, nearness: float) -> float:
        """Return where a nearness stands between the thresholds: 0 at `low`, 1 at `high`, both exactly."""
        if nearness >= self.high:
            return 1 + nearness - self.high
        return (nearness - self.low) / max(self.high - self.low, 1e-9)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The thresholds by language, and under "*" those of all together; `chunks` is what they were made from."""

    chunks: int
    languages: Mapping[str, LanguageCalibration]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the store."""
        return {"chunks": self.chunks, "languages": {k: asdict(v) for k, v in self.languages.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Calibration":
        """Make it from `to_json`'s values."""
        return cls(data["chunks"], {k: LanguageCalibration(**v) for k, v in data["languages"].items()})

    def of(self, language: str) -> LanguageCalibration:
        """Return the calibration of a language; of all together where it had too few sentences."""
        return self.languages.get(language) or self.languages[_ALL]

    def centre_question(self, question: Vectors, language: str, strength: float = 1.0) -> Vectors:
        """Return a question's vector (d) without `strength` of the mean question, as a unit vector.

        What sets the question's language apart from the others is always taken off whole.
        """
        means = {name: calibration.mean_question for name, calibration in self.languages.items()}
        centred: Vectors = _centred(question[None, :], _offset(means, language, strength))[0]
        return centred

    def centre_passages(self, passages: Vectors, languages: Sequence[str], strength: float = 1.0) -> Vectors:
        """Return passages' vectors (n x d) in their `languages`, centred in the same way."""
        means = {name: calibration.mean_passage for name, calibration in self.languages.items()}
        offsets = {language: _offset(means, language, strength) for language in set(languages)}
        return _centred(passages, np.array([offsets[language] for language in languages]))


def _offset(means: Mapping[str, list[float]], language: str, strength: float) -> Vectors:
    everywhere = np.array(means[_ALL], np.float32)
    own = np.array(means.get(language, means[_ALL]), np.float32)
    offset: Vectors = own - (1 - strength) * everywhere
    return offset


def calibrate(
    chunks: Iterable[Document], embed: Callable[[Sequence[str]], Mapping[str, Vectors]]
) -> Calibration | None:
    """Make the calibration of an index from its chunks (with embeddings).

    `embed` gives each text's vector as a question. Returns None for an index without enough text
    to tell (fewer than 20 sentences or 10 documents): nothing is then called an answer.
    """
    corpus = _Corpus(chunks)
    samples = {language: corpus.sample(language) for language in (*corpus.languages(), _ALL)}
    usable = {language: sample for language, sample in samples.items() if len(sample) >= _FEWEST_SENTENCES}
    if _ALL not in usable or len(set(corpus.owners)) < _FEWEST_DOCUMENTS:
        return None
    vectors = embed(list(dict.fromkeys(text for sample in usable.values() for text, _ in sample)))
    means = {
        language: (_mean([vectors[text] for text, _ in sample]), corpus.mean(language))
        for language, sample in usable.items()
    }
    passages = corpus.centred({language: mean for language, (_, mean) in means.items()})
    languages = {}
    for language, sample in usable.items():
        mean_question, mean_passage = means[language]
        questions = _centred(np.stack([vectors[text] for text, _ in sample]), mean_question)
        nearness = questions @ passages.T
        best = [corpus.best_elsewhere(near, s) for near, s in zip(nearness, sample, strict=True)]
        high, low = np.quantile([b for b in best if b is not None] or [1.0], [_HIGH, _LOW])
        languages[language] = LanguageCalibration(
            mean_question.tolist(), mean_passage.tolist(), float(high), float(low)
        )
    return Calibration(len(corpus.chunks), languages)


class _Corpus:
    """The chunks of an index as arrays, and an inverted index of their stems."""

    def __init__(self, chunks: Iterable[Document]) -> None:
        # A vector as a list of floats takes eight times the room, so that none is held.
        self.chunks: list[Document] = []
        vectors = []
        for chunk in chunks:
            if chunk.embedding:
                vectors.append(np.array(chunk.embedding, np.float32))
                self.chunks.append(replace(chunk, embedding=None))
        self.vectors = np.array(vectors, np.float32)
        self.owners = np.array([_number(chunk.meta["document_id"]) for chunk in self.chunks], np.int64)
        postings: dict[str, list[int]] = {}
        for i, chunk in enumerate(self.chunks):
            for stem in set(stems(searched_text(chunk), _language(chunk))):
                postings.setdefault(stem, []).append(i)
        self.postings = {stem: np.array(found, np.int64) for stem, found in postings.items()}

    def languages(self) -> list[str]:
        return sorted({_language(chunk) for chunk in self.chunks})

    def mean(self, language: str) -> Vectors:
        return _mean([v for v, c in zip(self.vectors, self.chunks, strict=True) if language in (_language(c), _ALL)])

    def centred(self, means: Mapping[str, Vectors]) -> Vectors:
        """Return all passages less the mean of their own language, as unit vectors."""
        own = np.array([means.get(_language(chunk), means[_ALL]) for chunk in self.chunks], np.float32)
        return _centred(self.vectors, own)

    def sample(self, language: str) -> list[tuple[str, Document]]:
        """Return up to 200 sentences, titles among them, with their chunks.

        They are those whose hash is lowest: random, the same at every sync, and hardly others
        after a change, so that their vectors can be kept.
        """
        chunks = [chunk for chunk in self.chunks if language in (_language(chunk), _ALL)]
        titles = {str(chunk.meta.get("title") or ""): chunk for chunk in chunks}
        chosen = _lowest(((text, chunk) for text, chunk in titles.items()), TITLES)
        asked = _lowest(((searched_text(chunk), chunk) for chunk in chunks), 2 * SENTENCES, any_length=True)
        sentences = ((sentence, chunk) for _, chunk in asked for sentence in _sentences(chunk))
        return chosen + _lowest(sentences, SENTENCES - len(chosen))

    def best_elsewhere(self, nearness: Vectors, sample: tuple[str, Document]) -> float | None:
        """Return the best of a sentence's cosines outside its document and those that say the same."""
        text, chunk = sample
        masked = np.isin(self.owners, [_number(chunk.meta["document_id"]), *self._saying_the_same(text, chunk)])
        return None if masked.all() else float(np.max(nearness[~masked]))

    def _saying_the_same(self, text: str, chunk: Document) -> NDArray[np.int64]:
        covered = np.zeros(len(self.chunks))
        total = 0.0
        for stem in set(stems(text, _language(chunk))):
            found = self.postings.get(stem, _NOWHERE)
            weight = float(np.log(1 + len(self.chunks) / (1 + len(found))))
            covered[found] += weight
            total += weight
        return self.owners[covered >= _SAME * total]


def _sentences(chunk: Document) -> list[str]:
    """Return what reads as a sentence; a table row does not."""
    return [block.text for block in split_blocks(chunk.content or "", _language(chunk)) if not block.header]


def _lowest(
    texts: Iterable[tuple[str, Document]], count: int, *, any_length: bool = False
) -> list[tuple[str, Document]]:
    unique = {text: chunk for text, chunk in texts if any_length or len(text) in _LENGTH}
    return sorted(unique.items(), key=lambda item: _number(item[0]))[:count]


def _language(chunk: Document) -> str:
    return str(chunk.meta.get("language", "en"))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7], "big")


def _mean(vectors: Sequence[Vectors]) -> Vectors:
    mean: Vectors = np.mean(np.asarray(vectors, np.float32), axis=0, dtype=np.float32)
    return mean


def _centred(vectors: Vectors, mean: Vectors | list[float]) -> Vectors:
    moved = vectors - np.asarray(mean, np.float32)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = moved / np.maximum(lengths, 1e-9)
    return unit
