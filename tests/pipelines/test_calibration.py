"""Thresholds are made from the index itself."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from haystack import Document

from pipelines.calibration import Calibration, LanguageCalibration, Vectors, calibrate
from tests.fakes.embedder import HashingModel
from tests.pipelines.chunks import chunk

_MODEL = HashingModel()


def _embed(texts: Sequence[str]) -> Mapping[str, Vectors]:
    return dict(zip(texts, _MODEL.query(texts), strict=True))


def _corpus(count: int, language: str = "en", prefix: str = "wiki", copies: int = 1) -> list[Document]:
    """Return chunks of `count` documents: each is about words of its own, and all share some."""
    chunks = []
    for n in range(count):
        text = f"The topic{n} and matter{n} of {prefix} are kept in room{n}. It is theme{n} for people{n} here."
        for copy in range(copies):
            vector = _MODEL.passage([text])[0].tolist()
            document_id = f"{prefix}/{n}-{copy}"
            chunks.append(chunk(text, document_id, embedding=vector, title=f"About {n}", language=language))
    return chunks


def _calibrated(chunks: list[Document]) -> Calibration:
    calibration = calibrate(chunks, _embed)
    assert calibration is not None
    return calibration


def test_thresholds_lie_between_strangers_and_the_thing_itself() -> None:
    """What is nearest when the answer is absent is below `high` mostly, and the answer itself is above."""
    chunks = _corpus(30)
    calibration = _calibrated(chunks)
    thresholds = calibration.of("en")
    assert calibration.chunks == 30
    assert -1.0 <= thresholds.low < thresholds.high < 0.9
    vectors = np.array([c.embedding for c in chunks], np.float32)
    passages = calibration.centre_passages(vectors, ["en"] * 30)
    known = _embed(["topic3 matter3 room3"])["topic3 matter3 room3"]
    unknown = _embed(["zebra xylophone"])["zebra xylophone"]
    nearness = [float(np.max(passages @ calibration.centre_question(q, "en"))) for q in (known, unknown)]
    assert nearness[0] >= thresholds.high > nearness[1]


def test_documents_that_say_the_same_are_masked() -> None:
    """A second copy of every document does not make the thresholds strict."""
    single, double = _calibrated(_corpus(30)).of("en"), _calibrated(_corpus(30, copies=2)).of("en")
    assert double.high == pytest.approx(single.high, abs=0.1)
    assert double.high < 0.9


def test_own_document_is_masked() -> None:
    """The sentence's own passage is not what it is compared with, nor the rest of its document."""
    chunks = _corpus(30)
    of_one = [
        Document(id=f"{c.id}x", content=f"More of {c.content}", meta={**c.meta, "title": ""}, embedding=c.embedding)
        for c in chunks
    ]
    assert _calibrated([*chunks, *of_one]).of("en").high < 0.9


@pytest.mark.parametrize(
    "chunks",
    [[], _corpus(9), [chunk(c.content or "", c.meta["document_id"]) for c in _corpus(30)]],
    ids=["empty", "small", "without vectors"],
)
def test_too_little_text_gives_no_thresholds(chunks: list[Document]) -> None:
    """Fewer than 20 sentences can't tell; nothing is then called an answer."""
    assert calibrate(chunks, _embed) is None


def test_tables_and_fragments_are_no_sentences() -> None:
    """Rows, very short and very long texts are not asked."""
    table = "| a | b |\n| --- | --- |\n| this is a row of some forty characters | 1 |"
    texts = [table, "Too short.", "Much too long " * 20 + "."]
    chunks = [chunk(texts[n % 3], f"wiki/{n}", embedding=[1.0, float(n)], title="T") for n in range(60)]
    assert calibrate(chunks, _embed) is None


def test_few_documents_have_too_little_to_compare_with() -> None:
    """Nine documents, however much text they hold, tell nothing about near misses."""
    chunks = [
        Document(id=c.id, content=c.content, embedding=c.embedding, meta={**c.meta, "document_id": f"wiki/{i % 9}"})
        for i, c in enumerate(_corpus(30))
    ]
    assert calibrate(chunks, _embed) is None


def test_languages_are_calibrated_apart() -> None:
    """Each with enough text has its own thresholds; others, and unknown ones, those of all together."""
    calibration = _calibrated([*_corpus(30), *_corpus(25, "nl", "intranet"), *_corpus(2, "de", "seite")])
    assert set(calibration.languages) == {"*", "en", "nl"}
    assert calibration.of("de") == calibration.of("fr") == calibration.languages["*"]
    assert calibration.of("en") != calibration.of("nl")


def test_same_index_gives_the_same_thresholds() -> None:
    """The sample is no matter of chance or order, and after a small change hardly another one."""
    chunks = _corpus(40)
    asked: list[list[str]] = []

    def embed(texts: Sequence[str]) -> Mapping[str, Vectors]:
        asked.append(sorted(texts))
        return _embed(texts)

    first, second = calibrate(chunks, embed), calibrate(list(reversed(chunks)), embed)
    calibrate(chunks[1:], embed)
    assert first is not None
    assert second is not None
    assert second.of("en").high == pytest.approx(first.of("en").high, abs=1e-5)
    assert asked[0] == asked[1]
    assert set(asked[2]) <= set(asked[0])
    assert len(asked[0]) - len(asked[2]) <= 3


def test_at_most_200_sentences_are_asked() -> None:
    """However large the index is: a sync must not wait for more."""
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> Mapping[str, Vectors]:
        asked.extend(texts)
        return _embed(texts)

    calibrate(_corpus(150), embed)
    assert len(set(asked)) == len(asked) <= 2 * 200


def test_calibration_is_kept_as_json() -> None:
    """What the store gives back is what was made."""
    calibration = _calibrated(_corpus(20))
    stored: dict[str, Any] = json.loads(json.dumps(calibration.to_json()))
    assert Calibration.from_json(stored) == calibration


def _made(**means: list[float]) -> Calibration:
    names = {"every": "*"}
    return Calibration(
        1,
        {
            names.get(k, k): LanguageCalibration(mean_question=v, mean_passage=v, high=1.0, low=0.0)
            for k, v in means.items()
        },
    )


def test_centring_takes_the_means_off() -> None:
    """By hand: each language less its own mean, a language without one less that of all, to length 1."""
    calibration = _made(every=[1.0, 0.0], nl=[0.0, 1.0])
    vectors = np.array([[1.0, 2.0], [1.0, 4.0]], np.float32)
    centred = calibration.centre_passages(vectors, ["en", "nl"])
    assert centred == pytest.approx(np.array([[0.0, 1.0], [1.0 / 10**0.5, 3.0 / 10**0.5]]))
    assert calibration.centre_question(np.array([4.0, 4.0], np.float32), "nl") == pytest.approx([0.8, 0.6])
    assert calibration.centre_question(np.array([1.0, 0.0], np.float32), "en") == pytest.approx([0.0, 0.0])


def test_partial_centring_keeps_part_of_the_mean_of_all() -> None:
    """By hand: the language's difference from all is always taken off whole."""
    calibration = _made(every=[2.0, 0.0], nl=[3.0, 0.0])
    question = np.array([5.0, 4.0], np.float32)
    assert calibration.centre_question(question, "nl", 0.5) == pytest.approx([3 / 5, 4 / 5])
    assert calibration.centre_question(question, "en", 0.5) == pytest.approx([4 / 32**0.5, 4 / 32**0.5])
    assert calibration.centre_question(question, "en", 0.0) == pytest.approx([5 / 41**0.5, 4 / 41**0.5])
