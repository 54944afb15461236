"""Thresholds made from the index itself, without labels: how near does a passage come that is no answer?

The index is asked questions of which the answer is known to be absent: sentences from its own
passages, with their own document taken away, and every other document that says the same. What then
still comes nearest is a near miss; the 95 %, 90 % and 20 % quantiles of how near it comes are the thresholds.

A source and language has sentences of its own, asked of that source alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from haystack import Document
from numpy.typing import NDArray

from pipelines.analysis import searched_text, stems
from pipelines.calibration import ALL, Calibration, Means, Thresholds, Vectors
from pipelines.markdown import split_blocks

SENTENCES = 500
"""At most so many are asked of a source and language, and no more than it has chunks. With 200 the share answered
moved by .06 from sample to sample on the Dutch set, with 400 by .04; 500 take 4 to 7 s on two cores."""

_TITLES = 5  # every fifth sentence may be a title
_LENGTH = range(30, 161)
_SAME = 2 / 3
"""A document that has this share of a sentence's words, by their idf mass, says the same. With .75 too few were taken
away: of near misses 3 to 4 % passed for answers where 5 % should have. With 2/3 it is 4.8 %, on both sets."""

_QUANTILES = {"careful": 0.95, "balanced": 0.9, "low": 0.2}
"""`low`: with .35 9 % of the English set's answerable questions were "not found", with .2 it is 4 to 5 %; of off-topic
ones 70 to 90 % still are, and the rest is "closest"."""

_FEWEST_SENTENCES, FEWEST_DOCUMENTS = 20, 10
_AT_ONCE = 64  # sentences compared with all passages together: 13 MB for 50,000 chunks
_NOWHERE = np.empty(0, np.int64)

_Group = tuple[str, str]
"""A source and a language."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    chunk: Document


@dataclass(frozen=True, slots=True)
class _NearMiss:
    """How near the nearest chunk elsewhere came to a sentence, in its own source and anywhere; None: there is none."""

    group: _Group
    in_source: float | None
    anywhere: float | None


def calibrate(
    chunks: Iterable[Document], embed: Callable[[Sequence[str]], Mapping[str, Vectors]]
) -> Calibration | None:
    """Make the calibration of an index from its chunks (with embeddings).

    `embed` gives each text's vector as a question. Returns None for an index without enough text
    to tell (fewer than 20 sentences or 10 documents): nothing is then called an answer.
    """
    corpus = _Corpus(chunks)
    sentences = [sentence for group in corpus.groups() for sentence in corpus.sample(group)]
    if len(sentences) < _FEWEST_SENTENCES or corpus.count_documents(ALL) < FEWEST_DOCUMENTS:
        return None
    vectors = embed(list(dict.fromkeys(sentence.text for sentence in sentences)))
    asked = np.stack([vectors[sentence.text] for sentence in sentences])
    means = _means(corpus, sentences, asked)
    calibration = Calibration(len(corpus.chunks), means, {})
    return replace(
        calibration, thresholds=_thresholds(corpus, list(_near_misses(corpus, sentences, asked, calibration)))
    )


def _means(corpus: "_Corpus", sentences: Sequence[_Sentence], asked: Vectors) -> dict[str, Means]:
    """Return the means of all together, and of each language with enough sentences."""
    spoken = np.array([_language(sentence.chunk) for sentence in sentences])
    written = np.array([_language(chunk) for chunk in corpus.chunks])
    means = {ALL: _mean(asked, corpus.vectors)}
    for language in sorted(set(spoken)):
        if np.count_nonzero(spoken == language) >= _FEWEST_SENTENCES:
            means[language] = _mean(asked[spoken == language], corpus.vectors[written == language])
    return means


def _mean(questions: Vectors, passages: Vectors) -> Means:
    return Means(questions.mean(axis=0).tolist(), passages.mean(axis=0).tolist())


def _near_misses(
    corpus: "_Corpus", sentences: Sequence[_Sentence], asked: Vectors, calibration: Calibration
) -> Iterator[_NearMiss]:
    passages = calibration.centre_passages(corpus.vectors, [_language(chunk) for chunk in corpus.chunks])
    for start in range(0, len(sentences), _AT_ONCE):
        batch = sentences[start : start + _AT_ONCE]
        vectors = zip(asked[start : start + _AT_ONCE], batch, strict=True)
        questions = np.stack([calibration.centre_question(v, _language(s.chunk)) for v, s in vectors])
        for nearness, sentence in zip(questions @ passages.T, batch, strict=True):
            yield corpus.near_miss(nearness, sentence)


def _thresholds(corpus: "_Corpus", misses: Sequence[_NearMiss]) -> dict[str, dict[str, Thresholds]]:
    """Return those of all sources by language and of all together, and of each source where there are several."""
    found: dict[str, dict[str, Thresholds]] = {ALL: {ALL: _quantiles([miss.anywhere for miss in misses])}}
    sources = sorted({source for source, _ in corpus.groups()})
    for language in sorted({miss.group[1] for miss in misses}):
        spoken = [miss for miss in misses if miss.group[1] == language]
        _set_if_enough(found, ALL, language, [miss.anywhere for miss in spoken])
        for source in sources if len(sources) > 1 else ():
            if corpus.count_documents(source) >= FEWEST_DOCUMENTS:
                _set_if_enough(found, source, language, [m.in_source for m in spoken if m.group[0] == source])
    return found


def _set_if_enough(
    found: dict[str, dict[str, Thresholds]], source: str, language: str, nearness: Sequence[float | None]
) -> None:
    if len(nearness) >= _FEWEST_SENTENCES:
        found.setdefault(source, {})[language] = _quantiles(nearness)


def _quantiles(nearness: Sequence[float | None]) -> Thresholds:
    # Where all documents say the same, nothing tells a near miss: only what could not be nearer is then an answer.
    known = [one for one in nearness if one is not None] or [1.0]
    return Thresholds(**{name: float(np.quantile(known, share)) for name, share in _QUANTILES.items()})


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
        self.sources = np.array([_source(chunk) for chunk in self.chunks])
        postings: dict[str, list[int]] = {}
        for i, chunk in enumerate(self.chunks):
            for stem in set(stems(searched_text(chunk), _language(chunk))):
                postings.setdefault(stem, []).append(i)
        self.postings = {stem: np.array(found, np.int64) for stem, found in postings.items()}

    def groups(self) -> list[_Group]:
        return sorted({(_source(chunk), _language(chunk)) for chunk in self.chunks})

    def count_documents(self, source: str) -> int:
        return len(set(self.owners if source == ALL else self.owners[self.sources == source]))

    def sample(self, group: _Group) -> list[_Sentence]:
        """Return sentences of a source and language, titles among them, with their chunks.

        They are those whose hash is lowest: random, the same at every sync, and hardly others
        after a change, so that their vectors can be kept.
        """
        chunks = [chunk for chunk in self.chunks if (_source(chunk), _language(chunk)) == group]
        count = min(SENTENCES, len(chunks))
        titles = {str(chunk.meta.get("title") or ""): chunk for chunk in chunks}
        chosen = _lowest(titles.items(), count // _TITLES)
        asked = _lowest(((searched_text(chunk), chunk) for chunk in chunks), 2 * count, any_length=True)
        sentences = ((text, sentence.chunk) for sentence in asked for text in _sentences(sentence.chunk))
        return chosen + _lowest(sentences, count - len(chosen))

    def near_miss(self, nearness: Vectors, sentence: _Sentence) -> _NearMiss:
        """Return the best of a sentence's cosines (one each chunk) outside its document and those that say the same."""
        masked = np.isin(self.owners, [_number(sentence.chunk.meta["document_id"]), *self._saying_the_same(sentence)])
        source = _source(sentence.chunk)
        in_source = nearness[~masked & (self.sources == source)]
        return _NearMiss((source, _language(sentence.chunk)), _highest(in_source), _highest(nearness[~masked]))

    def _saying_the_same(self, sentence: _Sentence) -> NDArray[np.int64]:
        covered = np.zeros(len(self.chunks))
        total = 0.0
        for stem in set(stems(sentence.text, _language(sentence.chunk))):
            found = self.postings.get(stem, _NOWHERE)
            weight = float(np.log(1 + len(self.chunks) / (1 + len(found))))
            covered[found] += weight
            total += weight
        return self.owners[covered >= _SAME * total]


def _highest(nearness: Vectors) -> float | None:
    return float(nearness.max()) if len(nearness) else None


def _sentences(chunk: Document) -> list[str]:
    """Return what reads as a sentence; a table row does not."""
    return [block.text for block in split_blocks(chunk.content or "", _language(chunk)) if not block.header]


def _lowest(texts: Iterable[tuple[str, Document]], count: int, *, any_length: bool = False) -> list[_Sentence]:
    unique = {text: chunk for text, chunk in texts if any_length or len(text) in _LENGTH}
    return [_Sentence(*item) for item in sorted(unique.items(), key=lambda item: _number(item[0]))[:count]]


def _language(chunk: Document) -> str:
    return str(chunk.meta.get("language", "en"))


def _source(chunk: Document) -> str:
    return str(chunk.meta.get("source", ""))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:7], "big")
